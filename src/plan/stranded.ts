import type { GeneratedFile } from "../generated-file.ts";
import type { Model } from "../model/model.ts";
import { distinct } from "../order.ts";
import { textAt, textsAt } from "../read/at.ts";
import { readYaml } from "../read/yaml.ts";

/** What has volumes and is led to nodes of another zone: an EBS volume stays in the zone in which it was made. */
export interface Stranded {
  /** A datastore's name, or `platform`. */
  readonly owner: string;
  /** The zones of the nodes that it was on, and of those that it is to be on, `ap-northeast-2a`. */
  readonly from: readonly string[];
  readonly to: readonly string[];
}

/** The datastores, and the platform, whose volumes no node reaches that they may be on from now on. */
export function strandedVolumes(before: readonly GeneratedFile[], model: Model): readonly Stranded[] {
  const { datastores, nodes, paths, platform } = model;
  const earlier = zonesByGroup(before, `${paths.ansible}/inventory/host_vars/`);
  const owners = [
    ...datastores.map(({ name, group }) => ({ owner: name, group, old: groupOfStore(before, paths, name) })),
    { owner: "platform", group: platform.group, old: groupOfPlatform(before, paths) },
  ];
  return owners.flatMap(({ owner, group, old }) => {
    const from = earlier.get(old) ?? [];
    const to = distinct(nodes.filter((node) => node.group === group.name).map(({ zone }) => zone.name));
    return from.length > 0 && !to.some((zone) => from.includes(zone)) ? [{ owner, from, to }] : [];
  });
}

/** What says on which nodes pods run. */
const SELECTOR = "node-group";

function zonesByGroup(files: readonly GeneratedFile[], folder: string): ReadonlyMap<string, readonly string[]> {
  const zones = new Map<string, readonly string[]>();
  for (const [variables] of files.filter(({ path }) => path.startsWith(folder)).map(({ text }) => readYaml(text))) {
    const group = textsAt(variables, "node_labels")[SELECTOR] ?? "";
    zones.set(group, distinct([...(zones.get(group) ?? []), textAt(variables, "node_zone")]));
  }
  return zones;
}

function groupOfStore(files: readonly GeneratedFile[], { kubernetes }: Model["paths"], name: string): string {
  return groupIn(files, `${kubernetes}/database/${name}-deployment.yaml`, "spec.template.spec.nodeSelector");
}

/** Atlantis and Prometheus have volumes, and run on the same group. */
function groupOfPlatform(files: readonly GeneratedFile[], { ansible }: Model["paths"]): string {
  const atlantis = groupIn(files, `${ansible}/values/atlantis.yml`, "nodeSelector");
  const prometheus = `${ansible}/values/kube-prometheus-stack.yml`;
  return atlantis || groupIn(files, prometheus, "prometheus.prometheusSpec.nodeSelector");
}

function groupIn(files: readonly GeneratedFile[], path: string, selector: string): string {
  const objects = readYaml(files.find((file) => file.path === path)?.text ?? "");
  return objects.map((object) => textsAt(object, selector)[SELECTOR]).find((group) => group !== undefined) ?? "";
}
