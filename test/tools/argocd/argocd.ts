/**
 * The real Argo CD on loopback, beside a cluster: repo-server, application-controller and applicationset-controller, with its
 * Redis. They end with the cluster.
 */
import { randomBytes } from "node:crypto";
import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { flags, freePorts } from "../cluster.ts";
import type { KubernetesApi } from "../kubernetes-api.ts";
import { succeed } from "../tool.ts";

/** What a test declares that it needs. */
export const argocdTools = ["argocd", "git", "kustomize", "redis-server"];

export const NAMESPACE = "argocd";

/** A cluster beside which programs can run. */
export interface Host extends KubernetesApi {
  /** Starts a program, its words, that ends with the cluster. Its log has the name. */
  beside(name: string, command: readonly string[], env?: Readonly<Record<string, string>>): void | Promise<void>;
  /** A file that is gone with the cluster. */
  path(name: string): string;
}

/** Starts Argo CD with the settings that `argocd-cm` has, such as `timeout.reconciliation`. Its CRDs and namespace are there. */
export async function startArgoCd(cluster: Host, settings: Readonly<Record<string, string>>): Promise<void> {
  const [redis, repository, ...others] = await freePorts(7);
  const [repositoryMetrics, controllerMetrics, setMetrics, setProbes, setWebhook] = others;
  await cluster.apply(settingsObjects(settings));
  await cluster.beside("redis", ["redis-server", "--bind", "127.0.0.1", "--port", `${redis}`, "--save", ""]);
  const server = (name: string, values: Parameters<typeof flags>[0]) =>
    cluster.beside(name, ["argocd", ...flags(values)], environment(cluster, name, settings));
  await server("argocd-repo-server", {
    address: "127.0.0.1",
    port: repository,
    "metrics-address": "127.0.0.1",
    "metrics-port": repositoryMetrics,
    redis: `127.0.0.1:${redis}`,
    "disable-tls": true,
  });
  const client = { namespace: NAMESPACE, "repo-server-plaintext": true };
  await server("argocd-application-controller", {
    ...client,
    "repo-server": `127.0.0.1:${repository}`,
    redis: `127.0.0.1:${redis}`,
    "metrics-port": controllerMetrics,
  });
  await server("argocd-applicationset-controller", {
    ...client,
    "argocd-repo-server": `127.0.0.1:${repository}`,
    "metrics-addr": `127.0.0.1:${setMetrics}`,
    "probe-addr": `127.0.0.1:${setProbes}`,
    "webhook-addr": `127.0.0.1:${setWebhook}`,
  });
}

/** Starts what reports to a chat, with the values that the chart is given. The address takes the place of the chat's. */
export async function startNotifications(cluster: Host, values: NotificationValues, address: string): Promise<void> {
  const { notifiers, templates, triggers, subscriptions } = values;
  const data = {
    context: "argocdUrl: https://argocd.example.app\n",
    ...notifiers,
    ...templates,
    ...triggers,
    subscriptions: stringify(subscriptions),
  };
  await cluster.apply([
    { apiVersion: "v1", kind: "ConfigMap", metadata: metadata("argocd-notifications-cm"), data },
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: metadata("argocd-notifications-secret"),
      stringData: { "webhook-url": address },
    },
  ]);
  const [metrics] = await freePorts(1);
  const env = environment(cluster, "argocd-notifications", {});
  const kubeconfig = join(env.HOME, "kubeconfig");
  copyFileSync(cluster.kubeconfig, kubeconfig);
  // It heeds no flag of its own, but works in the namespace that its pod is in: here that of the kubeconfig.
  await succeed("kubectl", [
    "--kubeconfig",
    kubeconfig,
    "config",
    "set-context",
    "--current",
    "--namespace",
    NAMESPACE,
  ]);
  const options = flags({ "metrics-port": metrics });
  await cluster.beside("argocd-notifications", ["argocd", ...options], { ...env, KUBECONFIG: kubeconfig });
}

/** What the tests hand on of the chart's values. */
export interface NotificationValues {
  readonly notifiers: Readonly<Record<string, string>>;
  readonly templates: Readonly<Record<string, string>>;
  readonly triggers: Readonly<Record<string, string>>;
  readonly subscriptions: readonly object[];
}

/** By its name the one program knows which server it is. The chart hands on the time between two looks at git in this way. */
function environment(cluster: Host, name: string, settings: Readonly<Record<string, string>>) {
  const folder = cluster.path(`${name}-files`);
  mkdirSync(folder);
  return {
    ARGOCD_BINARY_NAME: name,
    ARGOCD_FAKE_IN_CLUSTER: "true", // the cluster of KUBECONFIG is the one that it calls its own
    KUBECONFIG: cluster.kubeconfig,
    ARGOCD_GPG_ENABLED: "false",
    ARGOCD_RECONCILIATION_TIMEOUT: settings["timeout.reconciliation"] ?? "",
    ARGOCD_PLUGINSOCKFILEPATH: folder,
    ARGOCD_SSH_DATA_PATH: folder,
    ARGOCD_TLS_DATA_PATH: folder,
    HOME: folder,
    TMPDIR: folder,
  };
}

/** What the chart and the API server, which nobody needs here, would have made, with the project that allows everything. */
function settingsObjects(settings: Readonly<Record<string, string>>): object[] {
  const anything = { group: "*", kind: "*" };
  return [
    { apiVersion: "v1", kind: "ConfigMap", metadata: metadata("argocd-cm"), data: settings },
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: metadata("argocd-secret"),
      stringData: { "server.secretkey": randomBytes(16).toString("hex") },
    },
    {
      apiVersion: "argoproj.io/v1alpha1",
      kind: "AppProject",
      metadata: { name: "default", namespace: NAMESPACE },
      spec: {
        sourceRepos: ["*"],
        destinations: [{ namespace: "*", server: "*" }],
        clusterResourceWhitelist: [anything],
      },
    },
  ];
}

/** By the label Argo CD knows its settings. */
function metadata(name: string): object {
  return { name, namespace: NAMESPACE, labels: { "app.kubernetes.io/part-of": "argocd" } };
}
