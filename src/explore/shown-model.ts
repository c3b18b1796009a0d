/** The model as `topogen show` prints it: docs/show.md describes it. Other programs read it. */
import type { Http, Model } from "../model/model.ts";

/** Changes when a member goes or means something else. Members may be added at any time. */
export const SHOWN_MODEL = "v1";

/** Lists of named things become maps by their name; a thing within another is only named there. */
export function shownModel(model: Model): object {
  const { network, groups, nodes, services, datastores, edge, platform, registry } = model;
  return {
    model: SHOWN_MODEL,
    ...model,
    network: { ...network, zones: by("letter", network.zones) },
    roles: by("name", model.roles),
    groups: by(
      "name",
      groups.map((group) => ({ ...group, role: group.role.name, nodes: group.nodes.map(({ name }) => name) })),
    ),
    nodes: by(
      "name",
      nodes.map((node) => ({ ...node, zone: node.zone.letter })),
    ),
    namespaces: by("name", model.namespaces),
    registry: { ...registry, repositories: by("name", registry.repositories) },
    services: by(
      "name",
      services.map((service) => ({
        ...service,
        group: service.group.name,
        http: service.http && shownHttp(service.http),
      })),
    ),
    datastores: by(
      "name",
      datastores.map((datastore) => ({ ...datastore, group: datastore.group.name })),
    ),
    buckets: by("name", model.buckets),
    secrets: by("name", model.secrets),
    edge: { ...edge, routes: by("name", edge.routes) },
    platform: { ...platform, group: platform.group.name, components: by("id", platform.components) },
    firewall: by("id", model.firewall),
  };
}

function shownHttp({ route, ...http }: Http): object {
  return { ...http, route: route?.name ?? null };
}

function by<Key extends string, T extends { readonly [key in Key]: string }>(
  key: Key,
  list: readonly T[],
): Readonly<Record<string, T>> {
  return Object.fromEntries(list.map((item) => [item[key], item]));
}
