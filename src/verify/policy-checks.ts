import { groupedBy } from "../grouped-by.ts";
import type { Check } from "./contradiction.ts";
import type { Facts, KubernetesFacts, Opening, Peer, Workload } from "./facts.ts";
import { monitoredPorts } from "./monitored-ports.ts";
import { opens, podSelection, portNumber, workloadSelection } from "./pod-selection.ts";
import { type Edge, isForSome, openEdges } from "./policy-edges.ts";
import { includes } from "./selection.ts";
import { waysIn } from "./ways-in.ts";
import { componentPods } from "./written-nodes.ts";
import { nameOf } from "./wording.ts";

/** Each namespace with pods has a policy that opens nothing to any of them: all else is an exception from it. */
export const namespacesDenyByDefault: Check = ({ kubernetes }) => {
  const denying = kubernetes.policies.filter(
    (policy) =>
      !isForSome(policy) &&
      policy.types.includes("Ingress") &&
      policy.types.includes("Egress") &&
      policy.ingress.length + policy.egress.length === 0,
  );
  const denied = new Set(denying.map(({ namespace }) => namespace));
  return [...groupedBy(kubernetes.workloads, ({ namespace }) => namespace)]
    .filter(([namespace]) => !denied.has(namespace))
    .map(([namespace, [{ file }]]) => ({
      file,
      message: `no NetworkPolicy denies the pods of ${namespace} what no other opens`,
    }));
};

/** The names of Services can be asked for wherever pods may connect to any. */
export const namesCanBeAskedFor: Check = ({ kubernetes }) => {
  const open = kubernetes.policies.filter(({ egress }) =>
    egress.some(
      ({ peers, ports }) =>
        peers.some((peer) => "pods" in peer && peer.namespace === "kube-system") &&
        ports.some(({ port, protocol }) => port === "53" && protocol === "UDP"),
    ),
  );
  return kubernetes.workloads
    .filter(({ addresses, variablesFrom }) => addresses.length + variablesFrom.length > 0)
    .filter(
      ({ namespace, podLabels }) =>
        !open.some((policy) => policy.namespace === namespace && includes(podLabels, policy.podSelector)),
    )
    .map((workload) => ({ file: workload.file, message: `${nameOf(workload)} may not ask for the names of others` }));
};

/** Each connection between pods is open on both ends: the one may go out where the other lets it in. */
export const policiesOpenBothEnds: Check = ({ kubernetes }) => {
  const [out, into] = [openEdges(kubernetes, "egress"), openEdges(kubernetes, "ingress")];
  return [
    ...missingIn(into, out).map((edge) => ({ file: edge.file, message: `${connection(edge)} is let out, and not in` })),
    ...missingIn(out, into).map((edge) => ({ file: edge.file, message: `${connection(edge)} is let in, and not out` })),
  ];
};

function missingIn(others: readonly Edge[], edges: readonly Edge[]): readonly Edge[] {
  const open = new Set(others.map(connection));
  return edges.filter((edge) => !open.has(connection(edge)));
}

/** `Deployment api/auth to Deployment data/postgres, TCP 5432` */
function connection({ from, to, port, protocol }: Edge): string {
  return `${nameOf(from)} to ${nameOf(to)}, ${protocol} ${port}`;
}

/** Each port that a policy lets others in on is one that its pods open. */
export const openedPortsAreListenedOn: Check = ({ kubernetes }) => {
  const select = workloadSelection(kubernetes);
  return kubernetes.policies.filter(isForSome).flatMap(({ file, namespace, name, podSelector, ingress }) =>
    ingress.flatMap(({ ports }) =>
      ports.flatMap(({ port }) =>
        select(namespace, podSelector)
          .filter((workload) => !opens(workload, port))
          .map((workload) => ({
            file,
            message: `the NetworkPolicy ${name} lets in on the port ${port}, which ${nameOf(workload)} does not open`,
          })),
      ),
    ),
  );
};

/** Where the load balancer leads, the policies let it in from each of its subnets. */
export const policiesAdmitTheLoadBalancer: Check = (facts) => {
  const podsBehind = podSelection(facts.kubernetes);
  const peersOf = admittedPeers(facts.kubernetes);
  return waysIn(facts).flatMap(({ file, name, service, port }) =>
    podsBehind(service).flatMap((workload) => {
      if (!port || !opens(workload, port.target)) return [];
      const networks = peersOf(workload, port.target).flatMap((peer) => ("cidr" in peer ? peer.cidr : []));
      return facts.terraform.publicSubnets
        .filter((subnet) => !networks.includes(subnet))
        .map((subnet) => ({ file, message: `${nameOf(workload)} does not let ${name} in from the subnet ${subnet}` }));
    }),
  );
};

/** Where Prometheus scrapes, the policies let it in. */
export const policiesAdmitPrometheus: Check = (facts) => {
  const podsBehind = podSelection(facts.kubernetes);
  const peersOf = admittedPeers(facts.kubernetes);
  const isPrometheus = prometheusOf(facts);
  const message = (workload: Workload) => `${nameOf(workload)} does not let Prometheus in, which scrapes it`;
  return monitoredPorts(facts.kubernetes).flatMap(({ file, service, port }) =>
    podsBehind(service)
      .filter((workload) => opens(workload, port.target) && !peersOf(workload, port.target).some(isPrometheus))
      .map((workload) => ({ file, message: message(workload) })),
  );
};

/** Tells a peer that is Prometheus: the operator calls its pods so. */
function prometheusOf(facts: Facts): (peer: Peer) => boolean {
  const stack = componentPods(facts).find(({ name }) => name === "prometheus");
  const labels = { "app.kubernetes.io/name": "prometheus" };
  return (peer) => "pods" in peer && peer.namespace === stack?.namespace && includes(labels, peer.pods);
}

/** Finds whom the policies of a workload let in on one of its ports. */
function admittedPeers(kubernetes: KubernetesFacts): (workload: Workload, port: string) => readonly Peer[] {
  const select = workloadSelection(kubernetes);
  const openings = new Map<Workload, Opening[]>();
  for (const { namespace, podSelector, ingress } of kubernetes.policies.filter(isForSome)) {
    for (const workload of select(namespace, podSelector)) {
      openings.set(workload, [...(openings.get(workload) ?? []), ...ingress]);
    }
  }
  return (workload, port) => {
    const number = portNumber(workload, port);
    const admits = ({ ports }: Opening) => ports.some((each) => portNumber(workload, each.port) === number);
    return (openings.get(workload) ?? []).filter(admits).flatMap(({ peers }) => peers);
  };
}
