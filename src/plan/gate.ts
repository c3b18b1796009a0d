import type { Tree } from "../compile.ts";
import type { Finding } from "../diagnostic.ts";
import type { Drift } from "../drift.ts";
import { type ApplicationChange, type ObjectChange, planApplications } from "./argocd.ts";
import { changedFiles } from "./files.ts";
import { ifReadable, previousFiles } from "./previous-files.ts";
import { resourceLine } from "./resource-line.ts";
import { planTerraform } from "./terraform.ts";
import type { ResourceChange } from "./terraform/changes.ts";

/**
 * What must not be generated just so: the end of a node that is not draining, and of a resource that Terraform protects; a
 * smaller disk; a datastore that could not read its own data; a service that would be left behind; a Kubernetes that cannot follow
 * the one there is. The tree on the disk says what there was. Names that are allowed are left out.
 */
export function gate(drift: readonly Drift[], tree: Tree, allowed: readonly string[]): readonly Finding[] {
  const vanishing = vanishingNodes(drift, tree).filter((node) => !allowed.includes(node));
  const isKnown = (name: string): boolean => allowed.includes(name) || vanishing.includes(name);
  const resources = resourceChanges(drift, tree).filter(({ address }) => !isKnown(keyOf(address)));
  const objects = objectChanges(drift, tree).filter(({ application }) => !isKnown(application));
  return [
    ...vanishing.map(vanishes),
    ...resources.filter(({ isRefused }) => isRefused).map(isProtected),
    ...resources.filter(({ shrinks }) => shrinks).map(isSmaller),
    ...objects.flatMap(({ application, objects: list }) => list.flatMap((object) => isLost(application, object))),
    ...objects.flatMap((application) => isForgotten(application, tree)),
    ...(isKnown(KUBERNETES) ? [] : cannotFollow(drift, tree)),
  ];
}

/** Nodes that are active on the disk and that the topology no longer has. */
function vanishingNodes(drift: readonly Drift[], { model }: Tree): readonly string[] {
  const prefix = `${model.paths.ansible}/inventory/host_vars/`;
  const renamed = model.nodes.map(({ renamedFrom }) => renamedFrom);
  return drift
    .filter(({ path, kind }) => kind === "orphaned" && path.startsWith(prefix))
    .filter(({ is }) => /^node_state: active$/m.test(is ?? ""))
    .map(({ path }) => path.slice(prefix.length, path.lastIndexOf(".")))
    .filter((node) => !renamed.includes(node));
}

function resourceChanges(drift: readonly Drift[], tree: Tree): readonly ResourceChange[] {
  const prefix = `${tree.model.paths.terraform}/`;
  if (!drift.some(({ path, is }) => path.startsWith(prefix) && is !== null)) return [];
  const roots = ifReadable(() => planTerraform(changedFiles(previousFiles(drift, tree), tree.files), tree));
  return (roots ?? []).flatMap(({ resources }) => resources);
}

function objectChanges(drift: readonly Drift[], tree: Tree): readonly ApplicationChange[] {
  const prefix = `${tree.model.paths.kubernetes}/`;
  if (!drift.some(({ path, is }) => path.startsWith(prefix) && is !== null)) return [];
  const changed = () => changedFiles(previousFiles(drift, tree), tree.files);
  return ifReadable(() => planApplications(changed(), tree)) ?? [];
}

/** The name by which another version of Kubernetes is allowed. */
const KUBERNETES = "kubernetes";

/** https://kubernetes.io/releases/version-skew-policy */
function cannotFollow(drift: readonly Drift[], { model }: Tree): readonly Finding[] {
  const path = `${model.paths.ansible}/inventory/group_vars/all/topology.yml`;
  const is = drift.find((each) => each.path === path)?.is ?? "";
  const minor = /^kubernetes_minor: "1\.(\d+)"$/m.exec(is)?.[1];
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

/** `master-1` of `aws_instance.protected["master-1"]`; the address itself where it has no key. */
function keyOf(address: string): string {
  return /\["(.*)"\]$/.exec(address)?.[1] ?? address;
}

function vanishes(node: string): Finding {
  return {
    code: "node-not-drained",
    path: ["nodes", node.replace(/-\d+$/, "")],
    message: `The node \`${node}\` is active, and would be destroyed with what runs on it.`,
    remedy: `Set \`state: draining\` for it and let Atlantis and Ansible act; then remove it. Or name it: --allow-destroy ${node}.`,
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
