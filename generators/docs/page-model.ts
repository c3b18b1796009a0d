import { byCodeUnit } from "../../src/order.ts";
import type { Model, Node } from "../../src/model/model.ts";
import { edgeThings } from "./edge-things.ts";
import { nodeThings } from "./node-things.ts";
import type { Fact, PageData, Stage, Thing, ThingId, ZoneView } from "./page-data.ts";
import { workloadThings } from "./workload-things.ts";

/** Everything that the page says of the topology. */
export function pageData(model: Model): PageData {
  const things = Object.fromEntries(
    withoutDangling([...edgeThings(model), ...workloadThings(model), ...nodeThings(model)]),
  );
  return { roles: roleCounts(model), zones: zones(model), stages: stages(model, things), things, lines: null };
}

/** A load balancer's routes lead to components as well as to services: only those that exist are kept. */
function withoutDangling(things: readonly [ThingId, Thing][]): [ThingId, Thing][] {
  const known = new Set(things.map(([id]) => id));
  return things.map(([id, { to, ...thing }]) => [
    id,
    to ? { ...thing, to: to.filter((target) => known.has(target)) } : thing,
  ]);
}

function roleCounts({ roles, nodes }: Model): PageData["roles"] {
  return roles.map(({ name }) => ({ name, nodes: nodes.filter((node) => node.role === name).length }));
}

/** Control-plane nodes first, then role by role. */
function zones({ network, nodes }: Model): readonly ZoneView[] {
  const inOrder = nodes.toSorted((one, other) => byCodeUnit(rank(one), rank(other)));
  return network.zones.map((zone) => ({
    name: zone.name,
    subnets: [
      ["Public", `${zone.publicCidr}${zone.hasNat ? " · NAT gateway" : ""}`],
      ["Private", zone.privateCidr],
    ] satisfies Fact[],
    nodes: inOrder.filter((node) => node.zone.letter === zone.letter).map((node): ThingId => `node/${node.name}`),
  }));
}

function rank({ controlPlane, role }: Node): string {
  return controlPlane ? "" : role;
}

function stages({ services, datastores, buckets }: Model, things: Readonly<Record<ThingId, Thing>>): readonly Stage[] {
  const existing = (...ids: readonly ThingId[]) => ids.filter((id) => Object.hasOwn(things, id));
  const served = services.filter(({ http }) => http?.route);
  const inner = services.filter(({ http }) => http && !http.route);
  const workers = services.filter(({ http }) => !http);
  const asIds = (kind: "service" | "datastore" | "bucket", list: readonly { readonly name: string }[]) =>
    list.map(({ name }): ThingId => `${kind}/${name}`);
  const components = things["edge/load-balancer"]?.to?.filter((id) => id.startsWith("component/")) ?? [];
  return withoutEmpty([
    { title: "Content delivery", lists: [{ title: "", things: existing("edge/cdn") }] },
    { title: "Load balancing", lists: [{ title: "", things: existing("edge/load-balancer") }] },
    {
      title: "Services",
      lists: [
        { title: "Public", things: asIds("service", served) },
        { title: "Inside only", things: asIds("service", inner) },
        { title: "Workers", things: asIds("service", workers) },
        { title: "Platform", things: components },
      ],
    },
    {
      title: "What they keep and call",
      lists: [
        { title: "Datastores", things: asIds("datastore", datastores) },
        { title: "Buckets", things: asIds("bucket", buckets) },
        { title: "Outside", things: existing("edge/internet") },
      ],
    },
  ]);
}

function withoutEmpty(list: readonly Stage[]): readonly Stage[] {
  return list
    .map(({ title, lists }) => ({ title, lists: lists.filter(({ things }) => things.length > 0) }))
    .filter(({ lists }) => lists.length > 0);
}
