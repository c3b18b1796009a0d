import type { Path } from "../diagnostic.ts";
import { lookup } from "../lookup.ts";
import { builtInRoles } from "../model/built-in-roles.ts";
import { regions } from "../model/catalogue/regions.ts";
import { INTERNET } from "../model/services.ts";
import { zoneSubnets } from "../model/zones.ts";
import { distinct } from "../order.ts";
import type { Topology } from "../topology.ts";
import { didYouMean, listed, type Violation, written } from "./rule.ts";

export function* theRegionExists({ aws }: Topology): Iterable<Violation> {
  if (regions.includes(aws.region)) return;
  const remedy = didYouMean(aws.region, regions, `Use a region that topogen knows, such as ${listed(regions, "or")}.`);
  yield { path: ["aws", "region"], message: `There is no AWS region \`${aws.region}\`.`, remedy };
}

export function* everythingRunsOnGroupsThatExist(topology: Topology): Iterable<Violation> {
  const groups = Object.keys(topology.nodes);
  for (const { path, on } of placements(topology)) {
    if (lookup(topology.nodes, on)) continue;
    const remedy = didYouMean(on, groups, `Name a group under \`nodes\`: ${listed(groups, "or")}.`);
    yield { path, message: `There is no node group \`${on}\`.`, remedy };
  }
}

/** Whatever runs on a group: where the topology says so, and what it says. */
export function placements(topology: Topology): { path: Path; on: string }[] {
  return [
    ...written(topology.datastores).map(([name, { on }]) => ({ path: ["datastores", name, "on"], on })),
    ...written(topology.services).map(([name, { on }]) => ({ path: ["services", name, "on"], on })),
    { path: ["platform", "on"], on: topology.platform.on },
  ];
}

export function* nodeGroupsHaveRolesThatExist(topology: Topology): Iterable<Violation> {
  const roles = distinct([...builtInRoles, ...Object.keys(topology.roles ?? {})]);
  for (const [name, { role }] of written(topology.nodes)) {
    if (roles.includes(role)) continue;
    const remedy = didYouMean(role, roles, `Use ${listed(roles, "or")}, or add it: \`roles: { ${role}: {} }\`.`);
    yield { path: ["nodes", name, "role"], message: `There is no role \`${role}\`.`, remedy };
  }
}

/** A misspelt role would go unnoticed: it changes the nodes of nobody. */
export function* everyRoleIsThatOfANode(topology: Topology): Iterable<Violation> {
  const used = new Set(Object.values(topology.nodes).map(({ role }) => role));
  for (const [name] of written(topology.roles)) {
    if (used.has(name)) continue;
    const others = distinct([...builtInRoles, ...used]).filter((other) => other !== name);
    const remedy = didYouMean(name, others, "Remove it, or give it to a node group.");
    yield {
      path: ["roles", name],
      atKey: true,
      message: `No node has the role \`${name}\`.`,
      remedy,
      severity: "warning",
    };
  }
}

export function* servicesUseThingsThatExist(topology: Topology): Iterable<Violation> {
  const maps = [topology.datastores, topology.services, topology.buckets];
  const names = new Set([...maps.flatMap((map) => Object.keys(map ?? {})), INTERNET]);
  for (const [name, { uses = [] }] of written(topology.services)) {
    for (const [index, used] of uses.entries()) {
      if (names.has(used)) continue;
      const others = [...names].filter((other) => other !== name && !uses.includes(other));
      const remedy = didYouMean(
        used,
        others,
        `Remove it, or add it under \`datastores\`, \`services\` or \`buckets\`.`,
      );
      yield {
        path: ["services", name, "uses", index],
        message: `There is no datastore, service or bucket \`${used}\`.`,
        remedy,
      };
    }
  }
}

/** Only what answers requests can be used: a worker has no port, and a service need not be told of itself. */
export function* servicesUseOtherThingsThatAnswer(topology: Topology): Iterable<Violation> {
  for (const [name, { uses = [] }] of written(topology.services)) {
    for (const [index, used] of uses.entries()) {
      const service = lookup(topology.services, used);
      if (!service || lookup(topology.datastores, used) || lookup(topology.buckets, used)) continue;
      const path = ["services", name, "uses", index];
      const remedy = `Remove \`${used}\` from \`uses\`.`;
      if (used === name) yield { path, message: `The service \`${name}\` uses itself.`, remedy };
      else if (!service.http)
        yield {
          path,
          message: `The service \`${used}\` is a worker: it has no \`http\` and cannot be called.`,
          remedy,
        };
    }
  }
}

export function* nodesStandInZonesOfTheNetwork(topology: Topology): Iterable<Violation> {
  const letters: readonly string[] = zoneSubnets(topology.network).map((zone) => zone.letter);
  for (const { path, zone } of zonesOfNodes(topology)) {
    if (letters.includes(zone)) continue;
    const remedy = `Use one of the network's zones (${listed(letters, "or")}), or add \`${zone}\` to \`network.zones\`.`;
    yield { path, message: `The network has no zone \`${zone}\`.`, remedy };
  }
}

function zonesOfNodes(topology: Topology): { path: Path; zone: string }[] {
  return written(topology.nodes).flatMap(([name, group]) => {
    const at = (zone: string | undefined, ...rest: Path) => (zone ? [{ path: ["nodes", name, ...rest], zone }] : []);
    return [
      ...(group.zones ?? []).flatMap((zone, index) => at(zone, "zones", index)),
      ...at(group.zone, "zone"),
      ...written(group.members).flatMap(([number, { zone }]) => at(zone, "members", number, "zone")),
    ];
  });
}
