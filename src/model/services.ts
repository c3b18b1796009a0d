import { distinct, entries } from "../order.ts";
import type { HttpSpec, ServiceSpec, Topology } from "../topology.ts";
import { groupNamed } from "./datastores.ts";
import { resolveEnvironment, resolveSecretEnvironment } from "./environment.ts";
import type { Http, NodeGroup, Registry, Route, Scale, Service, Uses } from "./model.ts";
import { hasRoomOn, type Placement } from "./placement.ts";
import { resolveResources } from "./quantity.ts";
import { resolveImage } from "./registry.ts";
import { GRACE, LEAVING, serviceStop } from "./stopping.ts";

/** The word in `uses` that stands for every HTTPS server of the world. */
export const INTERNET = "internet";

/** What services are resolved against. */
export interface ServiceContext {
  readonly topology: Topology;
  readonly groups: readonly NodeGroup[];
  readonly registry: Registry;
  readonly routes: readonly Route[];
  readonly placement: Placement;
}

export function resolveServices(context: ServiceContext): readonly Service[] {
  return entries(context.topology.services).map(([name, spec]) => resolveService(context, name, spec));
}

function resolveService(context: ServiceContext, name: string, spec: ServiceSpec): Service {
  const { topology, groups, registry, routes, placement } = context;
  const resources = resolveResources(spec.resources);
  const group = groupNamed(groups, spec.on);
  const scale = resolveScale(spec);
  const replicas = spec.replicas ?? group.nodes.filter((node) => node.state === "active").length;
  return {
    name,
    namespace: group.role.namespace,
    group,
    image: resolveImage(registry, name, spec),
    replicas: scale ? null : replicas,
    scale,
    maxPods: scale?.max ?? replicas,
    surge: hasRoomOn(placement, spec.on, resources),
    resources,
    command: spec.command ?? null,
    alive: spec.alive ?? null,
    http: spec.http ? resolveHttp(spec.http, routes.find((route) => route.name === name) ?? null) : null,
    env: resolveEnvironment(topology, spec),
    secretEnv: resolveSecretEnvironment(topology, name, spec),
    writable: distinct(spec.writable ?? ["/tmp"]),
    leaveSeconds: LEAVING,
    graceSeconds: spec.graceSeconds ?? GRACE,
    stopSeconds: serviceStop(spec),
    uses: resolveUses(topology, spec),
  };
}

function resolveHttp(spec: HttpSpec, route: Route | null): Http {
  return {
    port: spec.port,
    health: spec.health ?? "/health",
    metrics: spec.metrics ?? null,
    nodePort: route?.nodePort ?? null,
    route,
  };
}

function resolveScale({ scale }: ServiceSpec): Scale | null {
  return scale ? { min: scale.min ?? 1, max: scale.max, cpuPercent: scale.cpuPercent ?? 70 } : null;
}

function resolveUses(topology: Topology, { uses = [] }: ServiceSpec): Uses {
  const among = (map: object | undefined) => distinct(uses.filter((name) => map && Object.hasOwn(map, name)));
  return {
    datastores: among(topology.datastores),
    services: among(topology.services),
    buckets: among(topology.buckets),
    internet: uses.includes(INTERNET),
  };
}
