import type { Fact, KubernetesFacts, Policy, Workload } from "./facts.ts";
import { portNumber, workloadSelection } from "./pod-selection.ts";

/** A connection from pods to others that a NetworkPolicy of one of the two opens. */
export interface Edge extends Fact {
  readonly from: Workload;
  readonly to: Workload;
  /** A number, where the pods open the port that is meant. */
  readonly port: string;
  readonly protocol: string;
}

type Direction = "ingress" | "egress";

/** The connections that policies open in one direction, as far as both ends are among the written manifests. */
export function openEdges(kubernetes: KubernetesFacts, direction: Direction): readonly Edge[] {
  const select = workloadSelection(kubernetes);
  return kubernetes.policies.filter(isForSome).flatMap((policy) => {
    const own = select(policy.namespace, policy.podSelector);
    return policy[direction].flatMap(({ peers, ports }) => {
      const others = peers.flatMap((peer) =>
        "pods" in peer && isSome(peer.pods) ? select(peer.namespace, peer.pods) : [],
      );
      return own.flatMap((one) =>
        others.flatMap((other) => {
          const [from, to] = direction === "egress" ? [one, other] : [other, one];
          return ports.map(({ port, protocol }) => ({
            file: policy.file,
            from,
            to,
            port: String(portNumber(to, port) ?? port),
            protocol,
          }));
        }),
      );
    });
  });
}

/** Policies for all pods of a namespace open what every pod needs, the names of Services above all. */
export function isForSome({ podSelector }: Policy): boolean {
  return isSome(podSelector);
}

function isSome(selector: object): boolean {
  return Object.keys(selector).length > 0;
}
