import type { FirewallRule, Model, SecurityGroup } from "../../src/model/model.ts";

/** One rule of a security group: what the group opens to, or accepts from, its peer. */
export interface GroupRule {
  readonly id: string;
  readonly group: SecurityGroup;
  readonly peer: string;
  readonly peerIsGroup: boolean;
  readonly protocol: string;
  readonly hasPorts: boolean;
  readonly firstPort: number | null;
  readonly lastPort: number | null;
  readonly purpose: string;
}

/** IP's own numbers for what AWS has no name for; `-1` is every protocol. */
const PROTOCOLS = { tcp: "tcp", udp: "udp", ipip: "4", all: "-1" } as const;

const DESCRIPTIONS: Readonly<Record<SecurityGroup, string>> = {
  nodes: "Every node of the cluster",
  "control-plane": "The control-plane nodes, besides what every node has",
  "load-balancer": "The public load balancer",
  "api-load-balancer": "The load balancer of the Kubernetes API",
  bastion: "The way in for SSH",
};

/** The groups that exist. Neither a name nor a description ever changes: AWS would make a new group. */
export function securityGroups({ edge, access, kubernetes }: Model) {
  const exists: Readonly<Record<SecurityGroup, boolean>> = {
    nodes: true,
    "control-plane": true,
    "load-balancer": edge.owner === "terraform",
    "api-load-balancer": kubernetes.endpoint.loadBalanced,
    bastion: access.via === "bastion",
  };
  return (Object.keys(DESCRIPTIONS) as SecurityGroup[])
    .filter((name) => exists[name])
    .map((name) => ({
      name,
      description: DESCRIPTIONS[name],
      tagged: name === "nodes" && edge.owner === "controller",
    }));
}

/** What each group accepts. */
export function ingress({ firewall }: Model): readonly GroupRule[] {
  return firewall.map((rule) => groupRule(rule, rule.to, rule.from));
}

/** The same connections as their other side opens them, and the web for who needs it. */
export function egress({ firewall, network, access }: Model): readonly GroupRule[] {
  const mirrored = firewall.flatMap((rule) => {
    if (typeof rule.from === "string") return [groupRule(rule, rule.from, rule.to)];
    return rule.from.cidr === network.pods ? [groupRule(rule, rule.to, rule.from)] : [];
  });
  const users: readonly SecurityGroup[] = access.via === "bastion" ? ["bastion", "nodes"] : ["nodes"];
  return [...mirrored, ...users.flatMap(web)];
}

function web(group: SecurityGroup): readonly GroupRule[] {
  const world = { cidr: "0.0.0.0/0" };
  const rule = (name: string, port: number, purpose: string) =>
    groupRule(
      { id: `${group}-to-${name}`, to: group, from: world, protocol: "tcp", ports: [port, port], purpose },
      group,
      world,
    );
  return [rule("http", 80, "Signed packages of Debian"), rule("https", 443, "Images, charts and the APIs of AWS")];
}

function groupRule(
  { id, protocol, ports, purpose }: FirewallRule,
  group: SecurityGroup,
  peer: FirewallRule["from"],
): GroupRule {
  return {
    id,
    group,
    peer: typeof peer === "string" ? peer : peer.cidr,
    peerIsGroup: typeof peer === "string",
    protocol: PROTOCOLS[protocol],
    hasPorts: ports !== null,
    firstPort: ports?.[0] ?? null,
    lastPort: ports?.[1] ?? null,
    purpose,
  };
}
