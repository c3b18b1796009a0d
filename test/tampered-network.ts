/** Who may reach whom, and is told where. */
import { type Case, tampered, auth, authService, authCheck, authConfig } from "./tampered.ts";

const scaling = "out/k8s/scan-worker/scan-worker-scaling.yaml";
const authNetwork = "out/k8s/auth/auth-network.yaml";

export const networkCases: readonly Case[] = [
  [
    "a service that is told another host",
    tampered(authConfig, "postgres.data.svc", "postgres.db.svc"),
    "connections-are-told",
  ],
  ["a service that is told another port", tampered(authConfig, '"5432"', '"5433"'), "connections-are-told"],
  [
    "a check that asks another port",
    tampered(authCheck, "auth.api.svc.cluster.local:8000", "auth.api.svc.cluster.local:8010"),
    "connections-are-told",
  ],
  [
    "a Deployment that does not know its own pods",
    tampered(
      auth,
      "matchLabels:\n      app.kubernetes.io/name: auth",
      "matchLabels:\n      app.kubernetes.io/name: oauth",
    ),
    "selectors-find-pods",
  ],
  [
    "a PodDisruptionBudget for pods that are not there",
    tampered(
      scaling,
      "matchLabels:\n      app.kubernetes.io/name: scan-worker",
      "matchLabels:\n      app: scan-worker",
    ),
    "selectors-find-pods",
  ],
  [
    "a NetworkPolicy for pods that are not there",
    tampered(
      "out/k8s/storage/storage-network.yaml",
      "podSelector:\n    matchLabels:\n      app.kubernetes.io/name: storage",
      "podSelector:\n    matchLabels:\n      app.kubernetes.io/name: store",
    ),
    "selectors-find-pods policies-open-both-ends",
  ],
  [
    "a client in a namespace that is not there",
    tampered("out/k8s/platform/network-policies.yaml", "metadata.name: kube-system", "metadata.name: kube"),
    "policies-name-pods-that-are-there names-can-be-asked-for",
  ],
  [
    "a namespace whose pods nothing is denied",
    tampered(
      "out/k8s/platform/network-policies.yaml",
      "name: default.deny\n  namespace: worker\n",
      "name: default.deny\n  namespace: api\n",
    ),
    "namespaces-deny-by-default",
  ],
  [
    "pods that may not ask for names",
    tampered(
      "out/k8s/platform/network-policies.yaml",
      "port: 53\n          protocol: UDP",
      "port: 54\n          protocol: UDP",
    ),
    "names-can-be-asked-for",
  ],
  [
    "a client that is not there",
    tampered("out/k8s/database/redis-network.yaml", "name: chat", "name: chats"),
    "policies-name-pods-that-are-there policies-open-both-ends",
  ],
  [
    "a connection that is let in, and not out",
    tampered("out/k8s/chat/chat-network.yaml", "port: 6379", "port: 6380"),
    "connections-are-told policies-open-both-ends",
  ],
  [
    "a connection by another protocol",
    tampered("out/k8s/database/redis-network.yaml", "protocol: TCP", "protocol: UDP"),
    "policies-open-both-ends",
  ],
  [
    "a NetworkPolicy that opens another port of a service",
    tampered(authNetwork, "port: 8000", "port: 8001"),
    "policies-open-both-ends opened-ports-are-listened-on policies-admit-the-load-balancer policies-admit-prometheus",
  ],
  [
    "a load balancer in another subnet",
    tampered("out/terraform/vpc.tf", '"10.0.130.0/24"', '"10.0.131.128/25"'),
    "policies-admit-the-load-balancer",
  ],
  [
    "Prometheus in another namespace",
    tampered(authNetwork, "metadata.name: monitoring", "metadata.name: argocd"),
    "policies-admit-prometheus",
  ],
  [
    "a ServiceMonitor of a port that no Service has",
    tampered(authService, "- port: http\n", "- port: web\n"),
    "monitors-find-ports",
  ],
  [
    "a ServiceMonitor of no Service",
    tampered(
      authService,
      "matchLabels:\n      app.kubernetes.io/name: auth",
      "matchLabels:\n      app.kubernetes.io/name: oauth",
    ),
    "monitors-find-ports",
  ],
];
