import type { ThingId } from "../../generators/docs/page-data.ts";
import { leadsTo } from "../../generators/docs/workload-things.ts";
import type { Model } from "../model/model.ts";
import { resolve } from "../model/resolve.ts";
import type { ServiceSpec, Topology } from "../topology.ts";

/** What a topology means, and what it would mean without one thing. */
export interface Platform {
  readonly topology: Topology;
  readonly model: Model;
}

/**
 * The platform without one thing, and without every mention of it; it need not be valid. Some outputs cannot be written
 * without one, such as Argo CD: a second model has it with other values.
 */
export function modelsWithout(platform: Platform, id: ThingId): readonly Model[] {
  const { topology, model } = platform;
  const [kind, name] = [id.slice(0, id.indexOf("/")), id.slice(id.indexOf("/") + 1)];
  switch (kind) {
    case "node":
      return [withoutNode(model, name)];
    case "service":
      return [resolve(withoutUses({ ...topology, services: omit(topology.services, name) }, name))];
    case "datastore":
      return [resolve(withoutUses({ ...topology, datastores: omit(topology.datastores, name) }, name))];
    case "bucket":
      return withoutBucket(platform, name);
    case "component":
      return withoutComponent(model, name);
    default:
      return withoutEdge(platform, name);
  }
}

/** Its group and its zone stay. */
function withoutNode(model: Model, name: string): Model {
  const others = <Item extends { readonly name: string }>(nodes: readonly Item[]) =>
    nodes.filter((node) => node.name !== name);
  return {
    ...model,
    nodes: others(model.nodes),
    groups: model.groups.map((group) => ({ ...group, nodes: others(group.nodes) })),
  };
}

/** Those for backups and logs are in no topology. */
function withoutBucket({ topology, model }: Platform, name: string): readonly Model[] {
  const others = resolve(withoutUses({ ...topology, buckets: omit(topology.buckets, name) }, name));
  const renamed = model.buckets.map((bucket) =>
    bucket.name === name ? { ...bucket, fullName: `${bucket.fullName}x` } : bucket,
  );
  return [
    { ...others, buckets: others.buckets.filter((bucket) => bucket.name !== name) },
    { ...model, buckets: renamed },
  ];
}

function withoutComponent(model: Model, id: string): readonly Model[] {
  const { platform, edge } = model;
  const component = platform.components.find((one) => one.id === id);
  if (!component) return [];
  const { release, chart, version, namespace } = component;
  const other = {
    ...component,
    release: `${release}x`,
    chart: `${chart}x`,
    version: `${version}1`,
    namespace: `${namespace}x`,
  };
  const withComponents = (components: Model["platform"]["components"]) => ({
    ...model,
    platform: { ...platform, components },
  });
  return [
    {
      ...withComponents(platform.components.filter((one) => one !== component)),
      edge: { ...edge, routes: edge.routes.filter((route) => !leadsTo(route, component)) },
    },
    withComponents(platform.components.map((one) => (one === component ? other : one))),
  ];
}

function withoutEdge({ topology, model }: Platform, name: string): readonly Model[] {
  const { edge } = model;
  if (name === "internet") return [resolve(withoutUses(topology, name))];
  if (name === "cdn")
    return [resolve({ ...topology, edge: { ...topology.edge, cdn: false }, buckets: withoutCdn(topology) })];
  const loadBalancer = edge.owner === "terraform" ? "controller" : "terraform";
  return [
    { ...model, edge: { ...edge, routes: [] } },
    resolve({ ...topology, edge: { ...topology.edge, loadBalancer } }),
  ];
}

function withoutCdn({ buckets = {} }: Topology): Topology["buckets"] & object {
  return Object.fromEntries(Object.keys(buckets).map((name) => [name, {}]));
}

function withoutUses(topology: Topology, name: string): Topology {
  const services = Object.entries(topology.services ?? {}).map(([key, service]): [string, ServiceSpec] => {
    return [key, { ...service, uses: (service.uses ?? []).filter((used) => used !== name) }];
  });
  return { ...topology, services: Object.fromEntries(services) };
}

function omit<Value>(map: Readonly<Record<string, Value>> | undefined, name: string): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(map ?? {}).filter(([key]) => key !== name));
}
