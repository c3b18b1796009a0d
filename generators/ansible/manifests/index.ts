import type { GeneratedFile } from "../../../src/generated-file.ts";
import type { Model } from "../../../src/model/model.ts";
import { type YamlValue, yamlDocuments } from "../../../src/output/yaml.ts";
import { argoCdObjects } from "./argo-cd.ts";
import { edgeObjects } from "./edge.ts";
import { namespaces } from "./namespaces.ts";
import { networkPolicies } from "./network-policies.ts";
import { atlantisCredentials, grafanaAdministrator, secretStore } from "./secrets.ts";

/** The objects that Ansible owns: what has to be there before Argo CD works. All others are Argo CD's. */
export function manifests(model: Model): readonly GeneratedFile[] {
  const { platform } = model;
  return [
    file("namespaces", namespaces(model)),
    file("network-policies", networkPolicies(model)),
    file("secret-store", [secretStore(model)]),
    file("argo-cd", argoCdObjects(model)),
    file("edge", edgeObjects(model)),
    ...(platform.prometheus === null ? [] : [file("monitoring", [grafanaAdministrator(model)])]),
    ...(platform.atlantisHost === null ? [] : [file("atlantis", [atlantisCredentials(model)])]),
  ];
}

function file(name: string, objects: readonly object[]): GeneratedFile {
  return { path: `manifests/${name}.yml`, text: yamlDocuments(objects as readonly YamlValue[]) };
}
