import type { Model } from "../../../src/model/model.ts";
import type { YamlValue } from "../../../src/output/yaml.ts";
import applicationHealth from "./application-health.lua";
import { notifications } from "./notifications.ts";
import { placement, podOf, requests } from "./placement.ts";

/** https://github.com/argoproj/argo-helm/blob/argo-cd-8.2.7/charts/argo-cd/values.yaml */
export function argoCd(model: Model): YamlValue {
  const sized = (name: string) => ({ resources: requests(podOf(model, "argo-cd", name)) });
  return {
    global: { domain: model.platform.argocdHost, ...placement(model, podOf(model, "argo-cd", "server")) },
    configs: {
      params: { "server.insecure": true }, // TLS ends at the load balancer
      cm: {
        "timeout.reconciliation": "180s",
        "application.resourceTrackingMethod": "annotation",
        "resource.customizations.health.argoproj.io_Application": applicationHealth,
      },
    },
    controller: sized("controller"),
    repoServer: sized("repo-server"),
    server: sized("server"),
    redis: sized("redis"),
    redisSecretInit: sized("redis"),
    applicationSet: sized("applicationset"),
    dex: { enabled: false },
    notifications: model.platform.notifications ? notifications(model) : { enabled: false },
  };
}
