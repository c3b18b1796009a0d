import type { Tree } from "../compile.ts";
import type { GeneratedFile } from "../generated-file.ts";
import type { AnsibleChange } from "./ansible.ts";
import type { ApplicationChange } from "./argocd.ts";
import type { FileChange } from "./files.ts";
import type { TopologyEdit } from "./edits.ts";
import type { ImageChange } from "./images.ts";
import type { SecretChange } from "./secrets.ts";
import type { RootChange } from "./terraform.ts";
import type { WorkflowChange } from "./workflows.ts";
import { planAnsible } from "./ansible.ts";
import { planApplications } from "./argocd.ts";
import { topologyEdits } from "./edits.ts";
import { changedFiles } from "./files.ts";
import { planImages } from "./images.ts";
import { type Stranded, strandedVolumes } from "./stranded.ts";
import { planSecrets } from "./secrets.ts";
import { planTerraform } from "./terraform.ts";
import { planWorkflows } from "./workflows.ts";

/** What there was before: the topology's value, and the files that it was rendered into. */
export interface Before {
  readonly topology: unknown;
  readonly files: readonly GeneratedFile[];
  /** The folder that most of them are in, `out`. */
  readonly output: string;
  /** The files beside them in which people give values to Terraform's variables. */
  readonly variables?: readonly GeneratedFile[];
}

export interface After {
  readonly topology: unknown;
  readonly tree: Tree;
  /** As before. */
  readonly variables?: readonly GeneratedFile[];
}

/** What an edit of the topology leads to, in the order in which people must act. */
export interface Plan {
  /** The values of the topology that differ. */
  readonly edits: readonly TopologyEdit[];
  /** The folder that the generated files leave for another one; null where they stay. A person moves them before `gen` runs. */
  readonly movedFrom: string | null;
  /** The folder that they are in from now on. */
  readonly output: string;
  /** Before the merge: Atlantis plans on the pull request, and applies when a person tells it to. */
  readonly terraform: readonly RootChange[];
  /** After the merge, by the hook of Argo CD or by hand. */
  readonly ansible: AnsibleChange;
  /** Before the merge: values that a person puts into AWS Secrets Manager. */
  readonly secrets: readonly SecretChange[];
  /** What must be in the registry before Argo CD asks for it. */
  readonly images: readonly ImageChange[];
  /** GitHub Actions: what comes, changes and goes. */
  readonly workflows: readonly WorkflowChange[];
  /** Volumes that do not follow those who use them. `gen` refuses this. */
  readonly stranded: readonly Stranded[];
  /** Argo CD, by itself. */
  readonly applications: readonly ApplicationChange[];
  readonly files: readonly FileChange[];
}

/** Compares two topologies by what they are rendered into. */
export function plan(before: Before, { topology, tree, variables = [] }: After): Plan {
  const move = mover(before.output, tree.output);
  const old = before.files.map(move);
  const files = changedFiles(old, tree.files);
  const terraform = planTerraform(files, tree, { before: (before.variables ?? []).map(move), after: variables });
  return {
    edits: topologyEdits(before.topology, topology),
    movedFrom: before.files.length > 0 && before.output !== tree.output ? before.output : null,
    output: tree.output,
    terraform,
    ansible: planAnsible(files, tree.model, terraform),
    secrets: planSecrets(old, tree.files),
    images: planImages(old, tree.model),
    workflows: planWorkflows(files),
    stranded: strandedVolumes(old, tree.model),
    applications: planApplications(files, tree),
    files,
  };
}

/** A file as if it had been in this folder already: who moves the folder changes nothing in it. */
function mover(from: string, to: string): (file: GeneratedFile) => GeneratedFile {
  if (from === to) return (file) => file;
  return (file) => (file.path.startsWith(`${from}/`) ? { ...file, path: to + file.path.slice(from.length) } : file);
}
