import type { IServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1";
import type { INetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import type { IService, IServiceAccount } from "kubernetes-models/v1";
import type { Datastore, Model } from "../../../src/model/model.ts";
import { backupOf, podName } from "../labels.ts";
import { podsOf, prometheus, tcp } from "../peers.ts";
import { type Engine, servicePort } from "./engine.ts";
import { metadataOf } from "./metadata.ts";

export function serviceAccount(model: Model, store: Datastore): IServiceAccount {
  return {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: metadataOf(model, store),
    automountServiceAccountToken: false,
  };
}

export function service(model: Model, store: Datastore, engine: Engine): IService {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: metadataOf(model, store),
    spec: { type: "ClusterIP", selector: { ...podName(store.name) }, ports: engine.ports.map(servicePort) },
  };
}

export function serviceMonitor(
  model: Model,
  store: Datastore,
  { port, path }: NonNullable<Engine["metrics"]>,
): IServiceMonitor {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "ServiceMonitor",
    metadata: metadataOf(model, store),
    spec: {
      selector: { matchLabels: { ...podName(store.name) } },
      endpoints: [{ port, path, interval: "30s", scrapeTimeout: "10s" }],
    },
  };
}

/** Its clients reach its port, Prometheus its metrics, the backup what it copies from. It opens no connection itself. */
export function networkPolicy(model: Model, store: Datastore, engine: Engine): INetworkPolicy {
  const metrics = engine.ports.find(({ name }) => name === engine.metrics?.port);
  const clients = store.clients.map(({ namespace, name }) => podsOf(namespace, name));
  const ingress = [
    { from: clients, ports: tcp(store.port) },
    { from: metrics ? prometheus(model) : [], ports: metrics ? tcp(metrics.port) : [] },
    { from: store.backup ? [podsOf(store.namespace, backupOf(store.name))] : [], ports: tcp(engine.backup.port) },
  ].filter(({ from }) => from.length > 0);
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: metadataOf(model, store),
    spec: {
      podSelector: { matchLabels: { ...podName(store.name) } },
      policyTypes: ["Ingress", "Egress"],
      ...(ingress.length > 0 && { ingress }),
    },
  };
}
