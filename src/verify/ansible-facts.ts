import type { GeneratedFile } from "../generated-file.ts";
import type { Paths } from "../model/model.ts";
import { mebibytes, milliCpu } from "../model/quantity.ts";
import { at, listAt, textAt, textsAt } from "../read/at.ts";
import { readYaml } from "../read/yaml.ts";
import type { AnsibleNode } from "./facts.ts";

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
  };
}
