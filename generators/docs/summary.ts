import type { Model } from "../../src/model/model.ts";
import { counted } from "./facts.ts";

/** The platform in a few words each. */
export function summary({ nodes, network, services, datastores, region, kubernetes }: Model): readonly string[] {
  return [
    counted(nodes.length, "node"),
    `${counted(network.zones.length, "zone")} of ${region}`,
    counted(services.length, "service"),
    counted(datastores.length, "datastore"),
    `Kubernetes ${kubernetes.version}`,
    `Calico ${kubernetes.calico}`,
  ];
}
