import type { Model } from "../../../src/model/model.ts";
import type { YamlValue } from "../../../src/output/yaml.ts";
import { pod, podOf } from "./placement.ts";

/** https://github.com/kubernetes-sigs/metrics-server/blob/metrics-server-helm-chart-3.13.1/charts/metrics-server/values.yaml */
export function metricsServer(model: Model): YamlValue {
  return {
    // kubeadm's kubelets sign their own certificates.
    args: ["--kubelet-insecure-tls"],
    replicas: podOf(model, "metrics-server", "server").replicas,
    ...pod(model, "metrics-server", "server"),
  };
}
