import type { Tree } from "../compile.ts";
import { reasonsForAdministrator } from "./administrator.ts";
import type { GeneratedFile } from "../generated-file.ts";
import { changedFiles, type FileChange } from "./files.ts";
import { terraformChanges, type ResourceChange } from "./terraform/changes.ts";

/** What changes in one Terraform root. */
export interface RootChange {
  /** Its folder, `out/terraform`. */
  readonly folder: string;
  /** Atlantis' name for it, `backend-prod`. */
  readonly project: string;
  /** Whether Atlantis plans it on a pull request; a person applies it by hand otherwise. */
  readonly isPlanned: boolean;
  /** Why an administrator applies it all the same; empty where Atlantis does, or does not plan it. */
  readonly beyondAtlantis: readonly string[];
  /** Whether its state stands in another place than before: `terraform init -migrate-state` comes first. */
  readonly movesState: boolean;
  /** Whether a second run is needed, when the controller in the cluster has built the load balancer. */
  readonly runsAgain: boolean;
  readonly resources: readonly ResourceChange[];
}

/** The files in which people give values to the variables of a root, on both sides. */
export interface Variables {
  readonly before: readonly GeneratedFile[];
  readonly after: readonly GeneratedFile[];
}

/** The roots in which something changes: the one that makes the bucket of the state, and the platform's own. */
export function planTerraform(
  files: readonly FileChange[],
  { files: tree, model }: Pick<Tree, "files" | "model">,
  variables: Variables = { before: [], after: [] },
): readonly RootChange[] {
  const { id, paths } = model;
  const roots = [
    { folder: paths.bootstrap, project: `${id}-bootstrap`, isPlanned: false },
    { folder: paths.terraform, project: id, isPlanned: true },
  ];
  const all = [...files, ...changedFiles(variables.before, variables.after)];
  return roots.flatMap((root) => {
    const changed = all.filter(({ path }) => isIn(root.folder, path));
    if (changed.length === 0) return [];
    const present = [...tree, ...variables.after].filter(({ path }) => isIn(root.folder, path));
    const after = new Map(present.map(({ path, text }) => [path, text]));
    const before = new Map<string, string | null>([
      ...after,
      ...changed.map((file) => [file.path, file.before] as const),
    ]);
    const runsAgain = changed.some((file) => asksForLoadBalancer(file.after) && !asksForLoadBalancer(file.before));
    const resources = terraformChanges(filesOf(before), filesOf(after));
    const beyondAtlantis = root.isPlanned ? reasonsForAdministrator(resources, model) : [];
    const backend = changed.find(({ path }) => path.endsWith("/backend.tf"));
    const movesState = backend !== undefined && backend.before !== null;
    return resources.length > 0 || movesState ? [{ ...root, beyondAtlantis, movesState, runsAgain, resources }] : [];
  });
}

/** Of a load balancer that the controller builds, Terraform is told by a variable when it is there. */
function asksForLoadBalancer(text: string | null): boolean {
  return text?.includes('variable "load_balancer_exists"') === true;
}

/** Whether a file is of the root: Terraform reads the files of its folder, and of none below. */
function isIn(folder: string, path: string): boolean {
  return /\.(?:tf|tfvars|tfvars\.json)$/.test(path) && path.slice(0, path.lastIndexOf("/")) === folder;
}

function filesOf(texts: ReadonlyMap<string, string | null>): readonly GeneratedFile[] {
  return [...texts].flatMap(([path, text]) => (text === null ? [] : [{ path, text }]));
}
