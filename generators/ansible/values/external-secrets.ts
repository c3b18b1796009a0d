import type { Model } from "../../../src/model/model.ts";
import type { YamlValue } from "../../../src/output/yaml.ts";
import { pod, podOf } from "./placement.ts";

/** https://github.com/external-secrets/external-secrets/blob/helm-chart-1.3.2/deploy/charts/external-secrets/values.yaml */
export function externalSecrets(model: Model): YamlValue {
  return {
    installCRDs: true,
    replicaCount: podOf(model, "external-secrets", "controller").replicas,
    ...pod(model, "external-secrets", "controller"),
    webhook: pod(model, "external-secrets", "webhook"),
    certController: pod(model, "external-secrets", "cert-controller"),
  };
}
