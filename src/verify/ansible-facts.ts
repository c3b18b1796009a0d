import type { GeneratedFile } from "../generated-file.ts";
import type { Paths } from "../model/model.ts";
import { listAt, textAt, textsAt } from "../read/at.ts";
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
    labels: textsAt(variables, "node_labels"),
    taints: listAt(variables, "node_taints").map((taint) => ({
      key: textAt(taint, "key"),
      value: textAt(taint, "value"),
      effect: textAt(taint, "effect"),
    })),
  };
}
