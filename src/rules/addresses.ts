import type { Path } from "../diagnostic.ts";
import { lookup } from "../lookup.ts";
import { type Cidr, formatAddress, formatCidr, parseAddress } from "../model/ipv4.ts";
import { groupMembers, type Member } from "../model/members.ts";
import { zoneSubnets } from "../model/zones.ts";
import type { Topology } from "../topology.ts";
import { subnetsAreSound } from "./networks.ts";
import { type Violation, written } from "./rule.ts";

/** AWS keeps a subnet's first four addresses and its last: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const KEPT_AT_START = 4;

/** A node, the subnet of its zone, and where the address is written that its own follows from. */
interface Placed extends Member {
  readonly subnet: Cidr;
  readonly path: Path;
}

/** All nodes but the removed ones, whose addresses are free again, and but those in zones that do not exist. */
function placedNodes(topology: Topology): Placed[] {
  if (!subnetsAreSound(topology)) return [];
  const subnets = new Map(zoneSubnets(topology.network).map((zone) => [zone.letter, zone.private]));
  return written(topology.nodes).flatMap(([name, group]) =>
    groupMembers(topology, name, group).flatMap((member) => {
      const subnet = subnets.get(member.zone);
      if (!subnet || member.state === "removed") return [];
      const own = lookup(group.members, member.number)?.address !== undefined;
      const path = own ? ["nodes", name, "members", member.number, "address"] : ["nodes", name, "address"];
      return [{ ...member, subnet, path }];
    }),
  );
}

/** Of nodes whose addresses follow from the same one, the first. */
function oneForEachCause(nodes: readonly Placed[]): Placed[] {
  const causes = new Set<string>();
  return nodes.filter(({ path }) => !causes.has(path.join()) && causes.add(path.join()));
}

function isOutside({ address, subnet }: Placed): boolean {
  return address < subnet.first || subnet.last < address;
}

function isUnusable({ address, subnet }: Placed): boolean {
  return address < subnet.first + KEPT_AT_START || subnet.last <= address;
}

export function* everyNodesAddressIsInItsZonesSubnet(topology: Topology): Iterable<Violation> {
  for (const node of oneForEachCause(placedNodes(topology).filter(isUnusable)).filter(isOutside)) {
    const where = `${formatCidr(node.subnet)}, the private subnet of zone ${node.zone}`;
    const message = `The address of ${node.name}, \`${formatAddress(node.address)}\`, is outside ${where}.`;
    yield {
      path: node.path,
      message,
      remedy: `Use an address from ${usable(node.subnet)}${orItsZone(topology, node)}.`,
    };
  }
}

/** In another zone a node has the same place of that zone's subnet; the first is where the group says it is. */
export function* aGroupsAddressIsInItsFirstZone(topology: Topology): Iterable<Violation> {
  const zones = zoneSubnets(topology.network);
  for (const [name, group] of written(topology.nodes)) {
    const first = group.zones?.[0] ?? group.zone;
    const address = parseAddress(group.address);
    const home = zones.find(({ private: subnet }) => subnet.first <= address && address <= subnet.last);
    if (!first || !home || home.letter === first || !subnetsAreSound(topology)) continue;
    const subnet = zones.find(({ letter }) => letter === first)?.private;
    if (!subnet) continue;
    const message = `The first node of \`${name}\` is in zone ${first}, and \`${group.address}\` is an address of zone ${home.letter}.`;
    yield {
      path: ["nodes", name, "address"],
      message,
      remedy: `Use an address from ${usable(subnet)}, or name zone ${home.letter} first.`,
    };
  }
}

function orItsZone(topology: Topology, { address }: Placed): string {
  const isHome = ({ private: subnet }: { private: Cidr }) => subnet.first <= address && address <= subnet.last;
  const home = zoneSubnets(topology.network).find(isHome);
  return home ? `, or say \`zone: ${home.letter}\`` : "";
}

export function* noNodeHasAnAddressThatAwsKeeps(topology: Topology): Iterable<Violation> {
  for (const node of oneForEachCause(placedNodes(topology).filter(isUnusable))) {
    if (isOutside(node)) continue;
    const { name, number, address, subnet, path } = node;
    const message = `The address of ${name}, \`${formatAddress(address)}\`, is one of the five that AWS keeps in ${formatCidr(subnet)}.`;
    const isCounted = number > 1 && path.at(-3) !== "members";
    const from = isCounted ? "Begin the group at an earlier address: its nodes have those" : "Use an address";
    yield { path, message, remedy: `${from} from ${usable(subnet)}.` };
  }
}

export function* noTwoNodesShareAnAddress(topology: Topology): Iterable<Violation> {
  const nodes = placedNodes(topology);
  const owners = new Map([...nodes].reverse().map((node) => [node.address, node]));
  for (const { name, address, subnet, path } of oneForEachCause(
    nodes.filter((node) => owners.get(node.address) !== node),
  )) {
    const message = `The address of ${name}, \`${formatAddress(address)}\`, is that of ${owners.get(address)?.name} as well.`;
    yield {
      path,
      message,
      remedy: `Use one that is free in ${formatCidr(subnet)}${nextFree(subnet, address, owners)}.`,
    };
  }
}

function nextFree(subnet: Cidr, after: number, taken: ReadonlyMap<number, unknown>): string {
  for (let address = after + 1; address < subnet.last; address += 1) {
    if (!taken.has(address)) return `, such as \`${formatAddress(address)}\``;
  }
  return "";
}

function usable({ first, last }: Cidr): string {
  return `${formatAddress(first + KEPT_AT_START)} to ${formatAddress(last - 1)}`;
}
