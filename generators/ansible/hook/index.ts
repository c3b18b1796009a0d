import type { GeneratedFile } from "../../../src/generated-file.ts";
import type { Model } from "../../../src/model/model.ts";
import { type YamlValue, yaml, yamlDocuments } from "../../../src/output/yaml.ts";
import { access } from "./access.ts";
import { job } from "./job.ts";
import { kustomization } from "./kustomization.ts";
import run from "./run.sh";

/**
 * Lets Argo CD run the playbooks. The folder is a kustomization that puts the tree into ConfigMaps: ordinary ones, by which
 * Argo CD sees that the tree has changed and syncs only then, and the same again as hooks, so that the Job before the sync runs
 * exactly the tree of that commit and needs no access to git.
 */
export function hook(model: Model, tree: readonly GeneratedFile[]): readonly GeneratedFile[] {
  return [
    { path: "kustomization.yaml", text: yaml(kustomization(tree)) },
    { path: "hook/access.yaml", text: yamlDocuments(access(model) as readonly YamlValue[]) },
    { path: "hook/job.yaml", text: yaml(job(model) as unknown as YamlValue) },
    { path: "hook/run.sh", text: run, executable: true },
  ];
}
