import type {
  INetworkPolicy,
  INetworkPolicyEgressRule,
  INetworkPolicyPeer,
} from "kubernetes-models/networking.k8s.io/v1";
import type { Http, Model, Service } from "../../../src/model/model.ts";
import { checkOf, podName } from "../labels.ts";
import { instanceMetadata, internet, loadBalancer, podsOf, prometheus, tcp } from "../peers.ts";
import { metadataOf } from "./metadata.ts";

/** The openings in the namespace's default deny, along what the topology says that the service uses and who uses it. */
export function networkPolicy(model: Model, service: Service): INetworkPolicy {
  const egress = outgoing(model, service);
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: metadataOf(model, service),
    spec: {
      podSelector: { matchLabels: { ...podName(service.name) } },
      policyTypes: ["Ingress", "Egress"],
      ...(service.http && {
        ingress: [{ from: callers(model, service, service.http), ports: tcp(service.http.port) }],
      }),
      ...(egress.length > 0 && { egress }),
    },
  };
}

function callers(model: Model, service: Service, http: Http): INetworkPolicyPeer[] {
  const users = model.services.filter(({ uses }) => uses.services.includes(service.name));
  return [
    ...users.map((user) => podsOf(user.namespace, user.name)),
    podsOf(service.namespace, checkOf(service.name)),
    ...(http.route ? loadBalancer(model.network) : []),
    ...(http.metrics !== null ? prometheus(model) : []),
  ];
}

function outgoing(model: Model, { uses }: Service): INetworkPolicyEgressRule[] {
  const datastores = model.datastores.filter(({ name }) => uses.datastores.includes(name));
  const services = model.services.filter(({ name }) => uses.services.includes(name));
  return [
    ...datastores.map(({ namespace, name, port }) => ({ to: [podsOf(namespace, name)], ports: tcp(port) })),
    ...services.flatMap(({ namespace, name, http }) =>
      http ? [{ to: [podsOf(namespace, name)], ports: tcp(http.port) }] : [],
    ),
    ...(uses.buckets.length > 0 ? [instanceMetadata] : []),
    ...(uses.buckets.length > 0 || uses.internet ? [internet(model.network)] : []),
  ];
}
