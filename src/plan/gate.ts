import type { Tree } from "../compile.ts";
import type { Finding } from "../diagnostic.ts";
import type { Drift } from "../drift.ts";
import type { GeneratedFile } from "../generated-file.ts";
import { type ApplicationChange, type ObjectChange, planApplications } from "./argocd.ts";
import { changedFiles, type FileChange } from "./files.ts";
import { ifReadable, previousFiles } from "./previous-files.ts";
import { resourceLine } from "./resource-line.ts";
import { type Stranded, strandedVolumes } from "./stranded.ts";
import { planTerraform } from "./terraform.ts";
import type { ResourceChange } from "./terraform/changes.ts";

/** What the gate goes by, beside the tree on the disk. */
export interface Precaution {
  /** Names that may be destroyed all the same. */
  readonly allowed: readonly string[];
  /** The tree of the main branch that may run already, where git knows it. */
  readonly merged: readonly GeneratedFile[] | null;
}

/**
 * What must not be generated just so: the end of a node that is not draining, and of a resource that Terraform protects; a
 * smaller disk; a datastore that could not read its own data; a service that would be left behind; a Kubernetes that cannot follow
 * the one there is. What was merged says what there is, and where nobody knows that, the tree on the disk. Only what this run
 * changes is asked about: what has been allowed once is not asked about again.
 */
export function gate(drift: readonly Drift[], tree: Tree, { allowed, merged }: Precaution): readonly Finding[] {
  const onDisk = previousFiles(drift, tree);
  const earlier = merged ?? onDisk;
  const vanishing = vanishingNodes(drift, tree, earlier).filter((node) => !allowed.includes(node));
  const isKnown = (name: string): boolean => allowed.includes(name) || vanishing.includes(name);
  const now = consequences(onDisk, tree);
  const all = merged ? consequences(merged, tree) : now;
  const resources = all.resources.filter(
    ({ address }) => !isKnown(keyOf(address)) && now.resources.some((change) => change.address === address),
  );
  const objects = all.applications.filter(
    ({ application: name }) => !isKnown(name) && now.applications.some(({ application }) => application === name),
  );
  const isTold = (name: string): boolean =>
    objects.some(({ application, objects: list }) => application === name && list.some((it) => it.obstacle !== null));
  const stranded = all.stranded.filter(
    ({ owner }) => !isKnown(owner) && !isTold(owner) && now.stranded.some((volume) => volume.owner === owner),
  );
  return [
    ...vanishing.map((node) => vanishes(node, merged ? ` on the branch \`${tree.model.git.branch}\`` : "")),
    ...resources.filter(({ isRefused }) => isRefused).map(isProtected),
    ...resources.filter(({ shrinks }) => shrinks).map(isSmaller),
    ...objects.flatMap(({ application, objects: list }) => list.flatMap((object) => isLost(application, object))),
    ...stranded.map(isStranded),
    ...objects.flatMap((application) => isForgotten(application, tree)),
    ...(isKnown(KUBERNETES) ? [] : cannotFollow(onDisk, earlier, tree)),
  ];
}

/** Nodes that this run takes away and that were active. */
function vanishingNodes(
  drift: readonly Drift[],
  { model }: Tree,
  earlier: readonly GeneratedFile[],
): readonly string[] {
  const prefix = `${model.paths.ansible}/inventory/host_vars/`;
  const renamed = model.nodes.map(({ renamedFrom }) => renamedFrom);
  const gone = drift.filter(({ path, kind }) => kind === "orphaned" && path.startsWith(prefix));
  return gone
    .filter(({ path }) => earlier.some((file) => file.path === path && /^node_state: active$/m.test(file.text)))
    .map(({ path }) => path.slice(prefix.length, path.lastIndexOf(".")))
    .filter((node) => !renamed.includes(node));
}

/** What becomes of resources and of what Argo CD syncs, from one tree to this one. */
function consequences(earlier: readonly GeneratedFile[], tree: Tree) {
  const changed = changedFiles(earlier, tree.files);
  const { terraform, kubernetes } = tree.model.paths;
  const roots = isIn(changed, terraform) ? ifReadable(() => planTerraform(changed, tree)) : [];
  const applications = isIn(changed, kubernetes) ? ifReadable(() => planApplications(changed, tree)) : [];
  const stranded = ifReadable(() => strandedVolumes(earlier, tree.model)) ?? [];
  return { resources: (roots ?? []).flatMap(({ resources }) => resources), applications: applications ?? [], stranded };
}

/** Whether a file of the folder was there before and differs. */
function isIn(changed: readonly FileChange[], folder: string): boolean {
  return changed.some(({ path, before }) => before !== null && path.startsWith(`${folder}/`));
}

/** The name by which another version of Kubernetes is allowed. */
const KUBERNETES = "kubernetes";

/** https://kubernetes.io/releases/version-skew-policy */
function cannotFollow(
  onDisk: readonly GeneratedFile[],
  earlier: readonly GeneratedFile[],
  { model }: Tree,
): readonly Finding[] {
  const minor = minorOf(earlier, model);
  if (minorOf(onDisk, model) === model.kubernetes.minor.split(".")[1]) return [];
  const steps = minor === undefined ? 0 : Number(model.kubernetes.minor.split(".")[1]) - Number(minor);
  if (steps === 0 || steps === 1) return [];
  return [
    {
      code: "version-jump",
      path: ["kubernetes", "version"],
      message: `The cluster has Kubernetes 1.${minor}, and no playbook brings it to ${model.kubernetes.minor}.`,
      remedy: `Go up by one minor version at a time, each with its upgrade; there is no way down. Or name it: --allow-destroy ${KUBERNETES}.`,
    },
  ];
}

/** The `32` of the 1.32 that a tree was made for. */
function minorOf(files: readonly GeneratedFile[], { paths }: Tree["model"]): string | undefined {
  const path = `${paths.ansible}/inventory/group_vars/all/topology.yml`;
  const text = files.find((file) => file.path === path)?.text ?? "";
  return /^kubernetes_minor: "1\.(\d+)"$/m.exec(text)?.[1];
}

/** `master-1` of `aws_instance.protected["master-1"]`; the address itself where it has no key. */
function keyOf(address: string): string {
  return /\["(.*)"\]$/.exec(address)?.[1] ?? address;
}

function vanishes(node: string, place: string): Finding {
  return {
    code: "node-not-drained",
    path: ["nodes", node.replace(/-\d+$/, "")],
    message: `The node \`${node}\` is active${place}, and would be destroyed with what runs on it.`,
    remedy: `Set \`state: draining\` for it, merge that and let Atlantis and Ansible act; then remove it in another change. Or name it: --allow-destroy ${node}.`,
  };
}

function isProtected(change: ResourceChange): Finding {
  const name = keyOf(change.address);
  const isNode = change.address.startsWith("aws_instance.");
  const way = isNode
    ? "Set `state: draining` for it and let Atlantis and Ansible act; then remove it, or make this change."
    : "Keep it.";
  return {
    code: "protected",
    path: isNode ? ["nodes", name.replace(/-\d+$/, "")] : [],
    message: `Terraform refuses to ${change.action} what is protected: \`${resourceLine(change).text}\`.`,
    remedy: `${way} Or name it: --allow-destroy ${name}.`,
  };
}

function isSmaller({ address, arguments: list }: ResourceChange): Finding {
  const name = keyOf(address);
  const { before = null, after = null } = list.find(({ path }) => path.endsWith("volume_size")) ?? {};
  return {
    code: "smaller-disk",
    path: ["nodes", name.replace(/-\d+$/, ""), "disk"],
    message: `The disk of the node \`${name}\` has ${before} GiB, and AWS makes none smaller (${after} GiB).`,
    remedy: `Keep ${before}Gi, or make another group of nodes with smaller disks. Or name it: --allow-destroy ${name}.`,
  };
}

function isLost(application: string, { action, kind, obstacle }: ObjectChange): readonly Finding[] {
  if (obstacle === null) return [];
  if (kind === "Service") return [staysBehind(application, obstacle)];
  const changed = action === "delete" ? "on" : kind === "PersistentVolumeClaim" ? "storage" : "version";
  return [
    {
      code: "data-left-behind",
      path: ["datastores", application, changed],
      message: `The data of \`${application}\` would be left behind: ${obstacle}.`,
      remedy: `Add another datastore beside it, move the data, and remove this one then. Or name it: --allow-destroy ${application}.`,
    },
  ];
}

function isStranded({ owner, from, to }: Stranded): Finding {
  const isPlatform = owner === "platform";
  const way = isPlatform
    ? "Name a group of nodes in that zone; or restore the volumes from snapshots in the other one, and go on"
    : "Name nodes in that zone; or add another datastore, move the data, and remove this one then";
  return {
    code: "data-left-behind",
    path: isPlatform ? ["platform", "on"] : ["datastores", owner, "on"],
    message: `The data of \`${owner}\` would be left behind: its volume stays in the zone \`${from.join(", ")}\`, and its nodes are in \`${to.join(", ")}\`.`,
    remedy: `${way}. Or name it: --allow-destroy ${owner}.`,
  };
}

function staysBehind(service: string, why: string): Finding {
  return {
    code: "service-left-behind",
    path: ["services", service, "on"],
    message: `The service \`${service}\` does not leave its namespace: ${why}.`,
    remedy: `Remove it and let Argo CD act, then add it again; or give it another name. Or name it: --allow-destroy ${service}.`,
  };
}

/** Argo CD deletes nothing in a namespace that its projects do not admit any more. */
function isForgotten({ application, objects }: ApplicationChange, { model }: Tree): readonly Finding[] {
  if (objects.some(({ obstacle }) => obstacle !== null)) return [];
  const left = objects.find(({ action, kind }) => action === "delete" && kind === "Deployment")?.namespace;
  if (left === undefined || model.workloadNamespaces.includes(left)) return [];
  return [
    staysBehind(application, `no role has the namespace \`${left}\` any more, and Argo CD may not delete it there`),
  ];
}
