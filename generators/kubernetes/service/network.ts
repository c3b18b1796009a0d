import type {
  INetworkPolicy,
  INetworkPolicyEgressRule,
  INetworkPolicyPeer,
} from "kubernetes-models/networking.k8s.io/v1";
import { groupedBy } from "../../../src/grouped-by.ts";
import type { Datastore, Http, Model, Service } from "../../../src/model/model.ts";
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
  const users = edgesOf(model).users.get(service.name) ?? [];
  return [
    ...users.map((user) => podsOf(user.namespace, user.name)),
    podsOf(service.namespace, checkOf(service.name)),
    ...(http.route ? loadBalancer(model.network) : []),
    ...(http.metrics !== null ? prometheus(model) : []),
  ];
}

function outgoing(model: Model, { uses }: Service): INetworkPolicyEgressRule[] {
  const { datastores, services } = edgesOf(model);
  return [
    ...uses.datastores.flatMap((name) => {
      const store = datastores.get(name);
      return store ? [{ to: [podsOf(store.namespace, name)], ports: tcp(store.port) }] : [];
    }),
    ...uses.services.flatMap((name) => {
      const { namespace, http } = services.get(name) ?? {};
      return namespace && http ? [{ to: [podsOf(namespace, name)], ports: tcp(http.port) }] : [];
    }),
    ...(uses.buckets.length > 0 ? [instanceMetadata] : []),
    ...(uses.buckets.length > 0 || uses.internet ? [internet(model.network)] : []),
  ];
}

/** What services use, by name, and who uses each service. */
interface Edges {
  readonly datastores: ReadonlyMap<string, Datastore>;
  readonly services: ReadonlyMap<string, Service>;
  readonly users: ReadonlyMap<string, readonly Service[]>;
}

/** Every service asks for it: it is worked out once for each model. */
const known = new WeakMap<Model, Edges>();

function edgesOf(model: Model): Edges {
  const edges = known.get(model) ?? findEdges(model);
  known.set(model, edges);
  return edges;
}

function findEdges({ datastores, services }: Model): Edges {
  const uses = services.flatMap((user) => user.uses.services.map((used) => ({ used, user })));
  const users = [...groupedBy(uses, ({ used }) => used)];
  return {
    datastores: new Map(datastores.map((store) => [store.name, store])),
    services: new Map(services.map((service) => [service.name, service])),
    users: new Map(users.map(([used, all]) => [used, all.map(({ user }) => user)])),
  };
}
