import type { Model } from "../../../src/model/model.ts";
import type { YamlValue } from "../../../src/output/yaml.ts";
import { placement, pod, podOf } from "./placement.ts";

/** https://github.com/cert-manager/cert-manager/blob/v1.20.3/deploy/charts/cert-manager/values.yaml */
export function certManager(model: Model): YamlValue {
  return {
    crds: { enabled: true, keep: true },
    ...pod(model, "cert-manager", "controller"),
    webhook: pod(model, "cert-manager", "webhook"),
    cainjector: pod(model, "cert-manager", "cainjector"),
    startupapicheck: placement(model, podOf(model, "cert-manager", "controller")),
  };
}
