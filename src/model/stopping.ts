/** How long pods may take to end: what Kubernetes grants them, and what a node that is shut down waits for. All in seconds. */
import { entries } from "../order.ts";
import type { ServiceSpec, Topology } from "../topology.ts";

/** How long a service's pod that is told to stop keeps answering, until every node has taken it out of its Service. */
export const LEAVING = 10;

/** How long it then has, where the topology does not say; what Kubernetes grants a pod that says nothing. */
export const GRACE = 30;

/** How long a datastore may take to write everything down. */
export const DATASTORE_STOP = 120;

/** From when a service's pod is told to stop until it is killed. */
export function serviceStop({ graceSeconds = GRACE }: ServiceSpec): number {
  return LEAVING + graceSeconds;
}

/** The longest that any pod on the group's nodes is granted. */
export function groupStop(topology: Topology, group: string): number {
  const services = entries(topology.services).flatMap(([, spec]) => (spec.on === group ? [serviceStop(spec)] : []));
  const datastores = entries(topology.datastores).flatMap(([, spec]) => (spec.on === group ? [DATASTORE_STOP] : []));
  return Math.max(GRACE, ...services, ...datastores);
}
