import type { GeneratedFile } from "../generated-file.ts";
import type { Paths } from "../model/model.ts";
import { mebibytes, milliCpu } from "../model/quantity.ts";
import { at, listAt, textAt, textsAt } from "../read/at.ts";
import { readYaml } from "../read/yaml.ts";
import type { AnsibleNode, InventoryHost } from "./facts.ts";

/** What the variables of each host say: one file a host. */
export function ansibleFacts(files: readonly GeneratedFile[], { ansible }: Paths): ReadonlyMap<string, AnsibleNode> {
  const folder = `${ansible}/inventory/host_vars/`;
  return new Map(
    files
      .filter(({ path }) => path.startsWith(folder))
      .map((file) => [file.path.slice(folder.length).replace(/\.yml$/, ""), node(file)]),
  );
}

function node({ path, text }: GeneratedFile): AnsibleNode {
  const [variables] = readYaml(text);
  return {
    file: path,
    address: textAt(variables, "node_address"),
    zone: textAt(variables, "node_zone"),
    controlPlane: at(variables, "node_is_control_plane") === true,
    state: textAt(variables, "node_state"),
    labels: textsAt(variables, "node_labels"),
    taints: listAt(variables, "node_taints").map((taint) => ({
      key: textAt(taint, "key"),
      value: textAt(taint, "value"),
      effect: textAt(taint, "effect"),
    })),
    reserved: {
      cpu: milliCpu(textAt(variables, "node_reserved.cpu")),
      memory: mebibytes(textAt(variables, "node_reserved.memory")),
    },
    stopSeconds: Number(at(variables, "node_stop_seconds")),
  };
}

const SECTION = /^\[(\w+)(?::children)?\]$/;
/** A group, or a host with its address. */
const MEMBER = /^([\w-]+)(?: ansible_host=(\S+))?$/;

/** The hosts of the inventory, an INI file. */
export function inventoryHosts(
  files: readonly GeneratedFile[],
  { ansible }: Paths,
): ReadonlyMap<string, InventoryHost> {
  const path = `${ansible}/inventory/hosts.ini`;
  const lines = files.find((file) => file.path === path)?.text.split("\n") ?? [];
  const hosts = new Map<string, string>();
  const groupsOf = new Map<string, string[]>();
  let group = "";
  for (const line of lines) {
    group = SECTION.exec(line)?.[1] ?? group;
    const [, member, address] = MEMBER.exec(line) ?? [];
    if (member === undefined) continue;
    groupsOf.set(member, [...(groupsOf.get(member) ?? []), group]);
    if (address !== undefined) hosts.set(member, address);
  }
  const above = (member: string): string[] =>
    (groupsOf.get(member) ?? []).flatMap((parent) => [parent, ...above(parent)]);
  return new Map([...hosts].map(([name, address]) => [name, { file: path, address, groups: new Set(above(name)) }]));
}
