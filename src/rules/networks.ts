import type { Path } from "../diagnostic.ts";
import { type Cidr, contains, formatCidr, overlap, parseAddress, parseCidr } from "../model/ipv4.ts";
import { networkDefaults, zoneSubnets } from "../model/zones.ts";
import type { Topology } from "../topology.ts";
import { listed, type Violation } from "./rule.ts";

/** A range of addresses, what it is called, where it is written (or would be), and the lengths of prefix that it may have. */
interface Range {
  readonly path: Path;
  readonly text: string;
  readonly cidr: Cidr;
  readonly what: string;
  readonly sizes: readonly [largest: number, smallest: number, because: string];
}

/** The limits of kubeadm: https://pkg.go.dev/k8s.io/kubernetes/cmd/kubeadm/app/apis/kubeadm/validation */
function clusterRanges({ network }: Topology): readonly [vpc: Range, pods: Range, services: Range] {
  const range = (key: keyof typeof networkDefaults, what: string, sizes: Range["sizes"]): Range => {
    const text = network[key] ?? networkDefaults[key];
    return { path: ["network", key], text, cidr: parseCidr(text), what, sizes };
  };
  return [
    range("cidr", "The VPC's range", [16, 20, "AWS has no larger VPC, and the subnets of six zones need room"]),
    range("pods", "The pods' range", [8, 24, "kubeadm cuts a /24 out of it for each node, at most 65536 of them"]),
    range("services", "The Services' range", [12, 24, "the API server takes no larger one, and Services need room"]),
  ];
}

/** The subnets: those that are written out, and those that follow from their zone's letter. */
function subnetRanges({ network }: Topology): Range[] {
  return zoneSubnets(network).flatMap((zone) =>
    (["private", "public"] as const).map((kind): Range => {
      const spec = network.zones instanceof Array ? undefined : network.zones[zone.letter]?.[kind];
      return {
        path: spec === undefined ? ["network", "zones"] : ["network", "zones", zone.letter, kind],
        text: spec ?? formatCidr(zone[kind]),
        cidr: zone[kind],
        what: `The ${kind} subnet of zone ${zone.letter}`,
        sizes: [16, 28, "AWS has no other sizes"],
      };
    }),
  );
}

/** Other rules say nothing about a range that needs another size anyway. */
function hasRightSize({ cidr, sizes: [largest, smallest] }: Range): boolean {
  return largest <= cidr.prefix && cidr.prefix <= smallest;
}

/** Whether the subnets are such that a node's address can be judged by them. */
export function subnetsAreSound(topology: Topology): boolean {
  const [vpc] = clusterRanges(topology);
  return [vpc, ...subnetRanges(topology)].every((range) => hasRightSize(range) && contains(vpc.cidr, range.cidr));
}

export function* networksBeginAtTheirFirstAddress(topology: Topology): Iterable<Violation> {
  const peers = (["from", "api"] as const).flatMap((key) =>
    (topology.access[key] ?? []).map((text, index) => ({ path: ["access", key, index], text, cidr: parseCidr(text) })),
  );
  const ranges = [...clusterRanges(topology), ...subnetRanges(topology)].filter(hasRightSize);
  for (const { path, text, cidr } of [...ranges, ...peers]) {
    const [address = ""] = text.split("/");
    if (parseAddress(address) === cidr.first) continue;
    yield {
      path,
      message: `\`${text}\` is an address within a network, not a network.`,
      remedy: `Write \`${formatCidr(cidr)}\`.`,
    };
  }
}

export function* rangesHaveSizesThatWork(topology: Topology): Iterable<Violation> {
  for (const range of [...clusterRanges(topology), ...subnetRanges(topology)]) {
    if (hasRightSize(range)) continue;
    const [largest, smallest, because] = range.sizes;
    const verdict = range.cidr.prefix < largest ? "too large" : "too small";
    const remedy = `Use a range between /${largest} and /${smallest}: ${because}.`;
    yield { path: range.path, message: `${range.what}, \`${range.text}\`, is ${verdict}.`, remedy };
  }
}

const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

export function* rangesArePrivate(topology: Topology): Iterable<Violation> {
  for (const range of clusterRanges(topology).filter(hasRightSize)) {
    if (PRIVATE.some((network) => contains(parseCidr(network), range.cidr))) continue;
    const message = `${range.what}, \`${range.text}\`, takes addresses of the internet, which the cluster could then not reach.`;
    yield { path: range.path, message, remedy: `Use a range within ${listed(PRIVATE, "or")}.` };
  }
}

export function* subnetsLieInTheVpc(topology: Topology): Iterable<Violation> {
  const [vpc] = clusterRanges(topology);
  if (!hasRightSize(vpc)) return;
  for (const { path, text, cidr, what } of subnetRanges(topology).filter(hasRightSize)) {
    if (contains(vpc.cidr, cidr)) continue;
    yield {
      path,
      message: `${what}, \`${text}\`, is outside the VPC \`${vpc.text}\`.`,
      remedy: `Use a network within \`${vpc.text}\`.`,
    };
  }
}

/** The VPC, the pods and the Services need addresses of their own; and so does each subnet. */
export function* rangesDoNotOverlap(topology: Topology): Iterable<Violation> {
  const [vpc] = clusterRanges(topology);
  for (const family of [clusterRanges(topology), hasRightSize(vpc) ? subnetRanges(topology) : []]) {
    const ranges = family.filter(hasRightSize);
    for (const [index, later] of ranges.entries()) {
      const earlier = ranges.slice(0, index).find((candidate) => overlap(candidate.cidr, later.cidr));
      if (!earlier) continue;
      const other = earlier.what[0]?.toLowerCase() + earlier.what.slice(1);
      const message = `${later.what}, \`${later.text}\`, overlaps ${other}, \`${earlier.text}\`.`;
      yield { path: later.path, message, remedy: `Use a range that has no address of \`${earlier.text}\`.` };
    }
  }
}

/** A node gets blocks of 64 addresses (Calico's default, /26): two, because a kubelet runs up to 110 pods. */
export function* thePodsRangeHasRoomForEveryNode(topology: Topology): Iterable<Violation> {
  const [, pods] = clusterRanges(topology);
  if (!hasRightSize(pods)) return;
  const counts = Object.values(topology.nodes).map((group) => group.count ?? 1);
  const needed = 2 * counts.reduce((sum, count) => sum + count, 0);
  const blocks = 2 ** (26 - pods.cidr.prefix);
  if (needed <= blocks) return;
  const message = `The pods' range, \`${pods.text}\`, has ${blocks} blocks of 64 addresses, and the nodes need ${needed}.`;
  yield { path: pods.path, message, remedy: `Use a range of /${26 - Math.ceil(Math.log2(needed))} or larger.` };
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#availability-zones */
export function* theNetworkHasTwoZones(topology: Topology): Iterable<Violation> {
  const zones = zoneSubnets(topology.network);
  if (zones.length > 1) return;
  const message = `The network has one zone, \`${zones[0]?.letter}\`, and a load balancer needs subnets in two.`;
  yield { path: ["network", "zones"], message, remedy: "Add a second letter. A zone without nodes costs nothing." };
}
