import type { Encapsulation, Topology } from "../topology.ts";
import { resolveBuckets } from "./buckets.ts";
import { resolveDatastores } from "./datastores.ts";
import { resolveFirewall } from "./firewall.ts";
import type { Access, Edge, Git, Kubernetes, Model, Node, Paths, Route } from "./model.ts";
import { resolveGroups } from "./nodes.ts";
import { resolveNamespaces, resolveWorkloadNamespaces } from "./namespaces.ts";
import { CALICO_VERSION, resolvePlatform } from "./platform.ts";
import { placePods } from "./placement.ts";
import { resolveRegistry } from "./registry.ts";
import { resolveRoles } from "./roles.ts";
import { hostName, resolveRoutes } from "./routes.ts";
import { resolveSecrets, secretPrefix } from "./secrets.ts";
import { resolveServices } from "./services.ts";
import { resolveNetwork } from "./zones.ts";
import { distinct, entries } from "../order.ts";

/** The Kubernetes version where the topology does not say which. */
export const KUBERNETES_VERSION = "1.32.2";

/** What the tree is tested with. */
const TERRAFORM_VERSION = "1.11.4";

/** The user of Debian's official images for EC2. */
const LOGIN = "admin";

/** What the topology means. Total: a topology that schema and rules accept has a model. */
export function resolve(topology: Topology): Model {
  const environment = topology.environment ?? "prod";
  const id = `${topology.name}-${environment}`;
  const network = resolveNetwork(topology.network, topology.aws.region);
  const roles = resolveRoles(topology);
  const placement = placePods(topology);
  const groups = resolveGroups({ topology, roles, network, placement });
  const nodes = groups.flatMap((group) => group.nodes);
  const registry = resolveRegistry(topology);
  const routes = resolveRoutes(topology);
  const kubernetes = resolveKubernetes(topology, id, nodes);
  const platform = resolvePlatform(topology, groups);
  const controlPlaneNodes = nodes.filter((node) => node.controlPlane).length;
  return {
    name: topology.name,
    environment,
    id,
    account: topology.aws.account,
    region: topology.aws.region,
    domain: topology.domain,
    git: resolveGit(topology),
    paths: resolvePaths(topology),
    access: resolveAccess(topology),
    network,
    kubernetes,
    roles,
    groups,
    nodes,
    namespaces: resolveNamespaces(topology, platform.components),
    workloadNamespaces: resolveWorkloadNamespaces(topology),
    registry,
    services: resolveServices({ topology, groups, registry, routes, placement }),
    datastores: resolveDatastores(topology, groups),
    buckets: resolveBuckets(topology),
    secrets: resolveSecrets(topology),
    secretPrefix: secretPrefix(topology),
    edge: resolveEdge(topology, routes),
    platform,
    terraformVersion: TERRAFORM_VERSION,
    firewall: resolveFirewall({ topology, kubernetes, routes, controlPlaneNodes, pods: network.pods }),
  };
}

function resolveGit({ git }: Topology): Git {
  return {
    repository: git.repository,
    url: `https://github.com/${git.repository}.git`,
    branch: git.branch ?? "main",
  };
}

function resolvePaths({ output = "out" }: Topology): Paths {
  return {
    output,
    terraform: `${output}/terraform`,
    bootstrap: `${output}/terraform/bootstrap`,
    ansible: `${output}/ansible`,
    kubernetes: `${output}/k8s`,
    bin: `${output}/bin`,
    docs: `${output}/docs`,
  };
}

function resolveAccess({ access, domain }: Topology): Access {
  const via = access.via ?? "ssm";
  return { via, keys: access.keys, user: LOGIN, bastionHost: via === "bastion" ? `bastion.${domain}` : null };
}

const ENCAPSULATIONS: Readonly<Record<Encapsulation, Pick<Kubernetes, "encapsulation" | "bgp" | "sourceDestCheck">>> = {
  vxlan: { encapsulation: "VXLAN", bgp: "Disabled", sourceDestCheck: true },
  "vxlan-cross-subnet": { encapsulation: "VXLANCrossSubnet", bgp: "Disabled", sourceDestCheck: false },
  ipip: { encapsulation: "IPIP", bgp: "Enabled", sourceDestCheck: true },
};

function resolveKubernetes(topology: Topology, id: string, nodes: readonly Node[]): Kubernetes {
  const { version = KUBERNETES_VERSION, calico = CALICO_VERSION, encapsulation = "vxlan" } = topology.kubernetes ?? {};
  const zone = `${id}.internal`;
  return {
    version,
    minor: version.split(".").slice(0, 2).join("."),
    calico,
    ...ENCAPSULATIONS[encapsulation],
    snapshots: { prefix: "etcd/", keepDays: 30 },
    endpoint: {
      host: `api.${zone}`,
      port: 6443,
      zone,
      loadBalanced: nodes.filter((node) => node.controlPlane).length > 1,
    },
  };
}

function resolveEdge(topology: Topology, routes: readonly Route[]): Edge {
  const { cdn = false, loadBalancer = "terraform", ingressFile = "ingress.yaml" } = topology.edge ?? {};
  const origin = hostName(topology, "api");
  const bucket = entries(topology.buckets).find(([, spec]) => spec.cdn)?.[0] ?? null;
  const paths = routes.flatMap((route) => (route.host === origin && route.path !== null ? [route.path] : []));
  return {
    owner: loadBalancer,
    ingressFile,
    hosts: distinct(routes.map((route) => route.host)),
    routes,
    cdn: cdn ? { host: hostName(topology, "cdn"), bucket, origin, paths: distinct(paths) } : null,
  };
}
