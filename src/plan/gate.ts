import type { Tree } from "../compile.ts";
import type { Finding } from "../diagnostic.ts";
import type { Drift } from "../drift.ts";
import { changedFiles } from "./files.ts";
import { ifReadable, previousFiles } from "./previous-files.ts";
import { resourceLine } from "./resource-line.ts";
import { planTerraform } from "./terraform.ts";
import type { ResourceChange } from "./terraform/changes.ts";

/**
 * What must not be generated just so: the end of a node that is not draining, and of a resource that Terraform protects.
 * The tree on the disk says what there was. Names that are allowed are left out.
 */
export function gate(drift: readonly Drift[], tree: Tree, allowed: readonly string[]): readonly Finding[] {
  const vanishing = vanishingNodes(drift, tree).filter((node) => !allowed.includes(node));
  const isKnown = (name: string): boolean => allowed.includes(name) || vanishing.includes(name);
  const refused = protectedChanges(drift, tree).filter(({ address }) => !isKnown(keyOf(address)));
  return [...vanishing.map(vanishes), ...refused.map(isProtected)];
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

function protectedChanges(drift: readonly Drift[], tree: Tree): readonly ResourceChange[] {
  const prefix = `${tree.model.paths.terraform}/`;
  if (!drift.some(({ path, is }) => path.startsWith(prefix) && is !== null)) return [];
  const roots = ifReadable(() => planTerraform(changedFiles(previousFiles(drift, tree), tree.files), tree));
  return (roots ?? []).flatMap(({ resources }) => resources).filter(({ isRefused }) => isRefused);
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
