import type { Encapsulation, Topology } from "../topology.ts";
import type { FirewallRule, Kubernetes, Route } from "./model.ts";

type Opening = Omit<FirewallRule, "id">;

/** What the firewall rules follow from. */
export interface FirewallContext {
  readonly topology: Topology;
  readonly kubernetes: Kubernetes;
  readonly routes: readonly Route[];
  readonly controlPlaneNodes: number;
  readonly pods: string;
}

/**
 * Every connection that may be opened, and no other. Ports: https://kubernetes.io/docs/reference/networking/ports-and-protocols/
 * and https://docs.tigera.io/calico/latest/getting-started/kubernetes/requirements#network-requirements.
 */
export function resolveFirewall(context: FirewallContext): readonly FirewallRule[] {
  const rules = {
    ...apiRules(context),
    ...nodeRules(context),
    ...calicoRules(context),
    ...edgeRules(context),
    ...sshRules(context),
  };
  return Object.entries(rules)
    .map(([id, rule]) => ({ id, ...rule }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

function tcp(to: FirewallRule["to"], from: FirewallRule["from"], port: number, purpose: string): Opening {
  return { to, from, protocol: "tcp", ports: [port, port], purpose };
}

function apiRules({ topology, kubernetes, controlPlaneNodes }: FirewallContext): Record<string, Opening> {
  const { port, loadBalanced } = kubernetes.endpoint;
  const front = loadBalanced ? "api-load-balancer" : "control-plane";
  // Pods call the API by its Service, which stands for the control-plane nodes themselves and knows of no load balancer.
  const rules: Record<string, Opening> = {
    "api-from-nodes": tcp("control-plane", "nodes", port, "Kubernetes API from the nodes"),
  };
  for (const cidr of topology.access.api ?? []) {
    rules[`api-from-${cidrId(cidr)}`] = tcp(front, { cidr }, port, "Kubernetes API from a network of the topology");
  }
  if (loadBalanced) {
    rules["api-load-balancer-from-nodes"] = tcp(
      front,
      "nodes",
      port,
      "Load balancer of the Kubernetes API from the nodes",
    );
    rules["api-from-api-load-balancer"] = tcp("control-plane", front, port, "Kubernetes API through its load balancer");
  }
  if (controlPlaneNodes > 1) {
    rules["etcd-from-control-plane"] = {
      to: "control-plane",
      from: "control-plane",
      protocol: "tcp",
      ports: [2379, 2380],
      purpose: "etcd between control-plane nodes",
    };
  }
  return rules;
}

function nodeRules({ topology }: FirewallContext): Record<string, Opening> {
  const rules: Record<string, Opening> = {
    "kubelet-from-nodes": tcp("nodes", "nodes", 10250, "Kubelet from the API server, metrics-server and Prometheus"),
  };
  if (topology.platform.monitoring !== false) {
    rules["node-exporter-from-nodes"] = tcp("nodes", "nodes", 9100, "Prometheus node exporter");
  }
  return rules;
}

/** https://docs.tigera.io/calico/latest/networking/configuring/vxlan-ipip says what each encapsulation sends. */
function calicoRules({ topology, pods }: FirewallContext): Record<string, Opening> {
  const encapsulation: Encapsulation = topology.kubernetes?.encapsulation ?? "vxlan";
  const rules: Record<string, Opening> = {
    "typha-from-nodes": tcp("nodes", "nodes", 5473, "Calico Typha"),
  };
  if (encapsulation === "ipip") {
    rules["bgp-from-nodes"] = tcp("nodes", "nodes", 179, "Calico BGP");
    rules["ipip-from-nodes"] = { to: "nodes", from: "nodes", protocol: "ipip", ports: null, purpose: "Pods, IP in IP" };
    return rules;
  }
  rules["vxlan-from-nodes"] = {
    to: "nodes",
    from: "nodes",
    protocol: "udp",
    ports: [4789, 4789],
    purpose: "Pods, VXLAN",
  };
  if (encapsulation === "vxlan-cross-subnet") {
    const everything = { to: "nodes", protocol: "all", ports: null } as const;
    rules["pods-from-pods"] = { ...everything, from: { cidr: pods }, purpose: "Pods, within a subnet" };
    rules["pods-from-nodes"] = { ...everything, from: "nodes", purpose: "Pods from the nodes, within a subnet" };
  }
  return rules;
}

/** The load balancer that the controller builds brings its own rules. */
function edgeRules({ topology, routes }: FirewallContext): Record<string, Opening> {
  if (topology.edge?.loadBalancer === "controller") return {};
  const world = { cidr: "0.0.0.0/0" };
  const rules: Record<string, Opening> = {
    "http-from-world": tcp("load-balancer", world, 80, "HTTP, answered with a redirect to HTTPS"),
    "https-from-world": tcp("load-balancer", world, 443, "HTTPS"),
  };
  for (const { name, nodePort } of routes) {
    rules[`node-port-${name}`] = tcp("nodes", "load-balancer", nodePort, `Node port of ${name}`);
  }
  return rules;
}

/** Within the cluster, the Argo CD hook logs in from the pods of a node. */
function sshRules({ topology }: FirewallContext): Record<string, Opening> {
  const rules: Record<string, Opening> = {
    "ssh-from-nodes": tcp("nodes", "nodes", 22, "SSH from the Ansible hook of Argo CD"),
  };
  if (topology.access.via !== "bastion") return rules;
  rules["ssh-from-bastion"] = tcp("nodes", "bastion", 22, "SSH from the bastion");
  for (const cidr of topology.access.from ?? []) {
    rules[`ssh-from-${cidrId(cidr)}`] = tcp("bastion", { cidr }, 22, "SSH from a network of the topology");
  }
  return rules;
}

/** `10.20.0.0/16` as a part of a name: `10-20-0-0-16`. */
function cidrId(cidr: string): string {
  return cidr.replace(/[./]/g, "-");
}
