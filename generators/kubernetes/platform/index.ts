import type { GeneratedFile } from "../../../src/generated-file.ts";
import type { Model } from "../../../src/model/model.ts";
import { manifestFile } from "../manifest.ts";
import { namespace, ownNamespaces, quota } from "./namespaces.ts";
import { allowDns, defaultDeny } from "./network.ts";
import { priorityClasses } from "./priority-classes.ts";

/** What all workloads stand on. */
export function platformFiles(model: Model): readonly GeneratedFile[] {
  const folder = `${model.paths.kubernetes}/platform`;
  const namespaces = ownNamespaces(model);
  return [
    ...manifestFile(
      `${folder}/namespaces.yaml`,
      namespaces.map((it) => namespace(model, it)),
    ),
    ...manifestFile(
      `${folder}/network-policies.yaml`,
      namespaces.flatMap((it) => [defaultDeny(model, it), allowDns(model, it)]),
    ),
    ...manifestFile(`${folder}/priority-classes.yaml`, priorityClasses(model)),
    ...manifestFile(
      `${folder}/quotas.yaml`,
      namespaces.map((it) => quota(model, it)),
    ),
  ];
}
