import type { Model } from "../../../src/model/model.ts";
import type { YamlValue } from "../../../src/output/yaml.ts";
import { placement, pod, podOf, requests } from "./placement.ts";

/** https://github.com/prometheus-community/helm-charts/blob/kube-prometheus-stack-77.14.0/charts/kube-prometheus-stack/values.yaml */
export function kubePrometheusStack(model: Model): YamlValue {
  return {
    prometheus: { prometheusSpec: prometheusSpec(model) },
    alertmanager: {
      alertmanagerSpec: { ...pod(model, "kube-prometheus-stack", "alertmanager"), storage: volume(model, 2) },
    },
    prometheusOperator: operator(model),
    "kube-state-metrics": pod(model, "kube-prometheus-stack", "kube-state-metrics"),
    "prometheus-node-exporter": {
      resources: requests(podOf(model, "kube-prometheus-stack", "node-exporter")),
      tolerations: [{ operator: "Exists" }],
    },
    grafana: grafana(model),
    // kubeadm has these listen on the node itself only.
    kubeControllerManager: { enabled: false },
    kubeEtcd: { enabled: false },
    kubeProxy: { enabled: false },
    kubeScheduler: { enabled: false },
  };
}

function prometheusSpec(model: Model) {
  const { prometheus } = model.platform;
  if (prometheus === null) throw new Error("monitoring is off");
  return {
    ...pod(model, "kube-prometheus-stack", "prometheus"),
    retention: `${prometheus.retentionDays}d`,
    // Before the disk is full, the oldest goes.
    retentionSize: `${Math.floor(prometheus.storage * 0.85)}GiB`,
    storageSpec: volume(model, prometheus.storage),
    // Take what any namespace offers, not only what this release has labelled.
    serviceMonitorSelectorNilUsesHelmValues: false,
    podMonitorSelectorNilUsesHelmValues: false,
    ruleSelectorNilUsesHelmValues: false,
    probeSelectorNilUsesHelmValues: false,
    scrapeConfigSelectorNilUsesHelmValues: false,
  };
}

function operator(model: Model) {
  const pods = podOf(model, "kube-prometheus-stack", "operator");
  return {
    ...pod(model, "kube-prometheus-stack", "operator"),
    admissionWebhooks: { patch: placement(model, pods) },
    prometheusConfigReloader: { resources: requests({ cpu: 10, memory: 32 }) },
  };
}

function grafana(model: Model) {
  const route = model.edge.routes.find(({ name }) => name === "grafana");
  if (!route) throw new Error("no route leads to Grafana");
  return {
    ...pod(model, "kube-prometheus-stack", "grafana"),
    admin: { existingSecret: "grafana-admin", userKey: "admin-user", passwordKey: "admin-password" },
    service: { type: "NodePort", nodePort: route.nodePort },
    "grafana.ini": { server: { root_url: `https://${route.host}` } },
    persistence: { enabled: true, type: "pvc", size: "5Gi", storageClassName: model.platform.storageClass },
    // Its volume can be mounted by one pod at a time.
    deploymentStrategy: { type: "Recreate" },
    initChownData: { enabled: false },
    testFramework: { enabled: false },
  };
}

function volume({ platform }: Model, gibibytes: number) {
  return {
    volumeClaimTemplate: {
      spec: {
        storageClassName: platform.storageClass,
        accessModes: ["ReadWriteOnce"],
        resources: { requests: { storage: `${gibibytes}Gi` } },
      },
    },
  };
}
