import type { INetworkPolicyEgressRule, INetworkPolicyPeer } from "kubernetes-models/networking.k8s.io/v1";
import type { Model, Network } from "../../src/model/model.ts";
import { podName } from "./labels.ts";

/** The pods of one workload. */
export function podsOf(namespace: string, workload: string): INetworkPolicyPeer {
  return { namespaceSelector: namespaceNamed(namespace), podSelector: { matchLabels: { ...podName(workload) } } };
}

export function namespaceNamed(name: string) {
  return { matchLabels: { "kubernetes.io/metadata.name": name } };
}

/** Prometheus, if the platform has one. */
export function prometheus({ platform }: Model): INetworkPolicyPeer[] {
  const stack = platform.components.find(({ id }) => id === "kube-prometheus-stack");
  return stack ? [podsOf(stack.namespace, "prometheus")] : [];
}

/** The load balancer: it stands in the public subnets, and node ports with the local policy keep its address. */
export function loadBalancer({ zones }: Network): INetworkPolicyPeer[] {
  return zones.map(({ publicCidr }) => ({ ipBlock: { cidr: publicCidr } }));
}

export function tcp(...ports: number[]) {
  return ports.map((port) => ({ port, protocol: "TCP" as const }));
}

/** HTTPS to the world, AWS included, but to nothing inside. */
export function internet({ cidr, pods, services }: Network): INetworkPolicyEgressRule {
  return {
    to: [{ ipBlock: { cidr: "0.0.0.0/0", except: [cidr, pods, services, LINK_LOCAL] } }],
    ports: tcp(443),
  };
}

/** The instance metadata service, from which pods get the rights of their node in AWS. */
export const instanceMetadata: INetworkPolicyEgressRule = {
  to: [{ ipBlock: { cidr: "169.254.169.254/32" } }],
  ports: tcp(80),
};

const LINK_LOCAL = "169.254.0.0/16";
