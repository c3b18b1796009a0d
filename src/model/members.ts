import { lookup } from "../lookup.ts";
import type { MemberSpec, NodeGroupSpec, NodeState, RoleSpec, Topology, ZoneLetter } from "../topology.ts";
import { parseAddress } from "./ipv4.ts";
import { type ZoneSubnets, zoneSubnets } from "./zones.ts";

/** One node as its group declares it. What it is follows from its group and its number alone. */
export interface Member {
  readonly name: string;
  readonly group: string;
  readonly number: number;
  readonly zone: ZoneLetter;
  /** As a whole number: see ipv4.ts. */
  readonly address: number;
  readonly instanceType: string;
  readonly disk: string;
  readonly state: NodeState;
}

const ROLE_INSTANCES: Readonly<Record<string, string>> = { "control-plane": "t3.medium", monitoring: "t3.large" };

/** What a role says, with what every role has from the start. */
export function roleWithDefaults(topology: Topology, role: string): RoleSpec & { instance: string; disk: string } {
  const spec = lookup(topology.roles, role);
  return {
    ...spec,
    instance: spec?.instance ?? lookup(ROLE_INSTANCES, role) ?? "t3.small",
    disk: spec?.disk ?? "30Gi",
  };
}

/** All nodes of a group by number, the removed ones too. */
export function groupMembers(topology: Topology, name: string, group: NodeGroupSpec): readonly Member[] {
  const subnets = zoneSubnets(topology.network);
  const role = roleWithDefaults(topology, group.role);
  return Array.from({ length: group.count ?? 1 }, (_, index) => {
    const number = index + 1;
    const own = lookup(group.members, number) ?? {};
    return {
      name: `${name}-${number}`,
      group: name,
      number,
      ...place(group, own, index, subnets),
      instanceType: own.instance ?? group.instance ?? role.instance,
      disk: own.disk ?? group.disk ?? role.disk,
      state: own.state ?? group.state ?? "active",
    };
  });
}

/** The group's first address, counted on; in another zone, from the same place in that zone's subnet. */
function place(group: NodeGroupSpec, own: MemberSpec, index: number, subnets: readonly ZoneSubnets[]) {
  const first = parseAddress(group.address);
  const home = subnets.find((zone) => zone.private.first <= first && first <= zone.private.last) ?? subnets[0];
  const turn = group.zones?.[index % group.zones.length];
  const letter = own.zone ?? turn ?? group.zone ?? home?.letter ?? "a";
  const zone = subnets.find((candidate) => candidate.letter === letter);
  const counted = first + index + (zone && home ? zone.private.first - home.private.first : 0);
  return { zone: letter, address: own.address ? parseAddress(own.address) : counted };
}
