import type { IServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1";
import type { IService, IServiceAccount } from "kubernetes-models/v1";
import type { Http, Model, Service } from "../../../src/model/model.ts";
import { podName } from "../labels.ts";
import { pullSecretName } from "./config.ts";
import { metadataOf } from "./metadata.ts";

export function serviceAccount(model: Model, service: Service): IServiceAccount {
  return {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: metadataOf(model, service),
    automountServiceAccountToken: false,
    ...(model.registry.login && { imagePullSecrets: [{ name: pullSecretName(service) }] }),
  };
}

/** How a service is reached: inside the cluster by its name, and by the load balancer on a port of its nodes. */
export function service(model: Model, service: Service, http: Http): IService {
  const port = { name: "http", port: http.port, protocol: "TCP" as const, targetPort: "http" };
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: metadataOf(model, service),
    spec:
      http.nodePort === null
        ? { type: "ClusterIP", selector: { ...podName(service.name) }, ports: [port] }
        : {
            type: "NodePort",
            externalTrafficPolicy: "Local",
            selector: { ...podName(service.name) },
            ports: [{ ...port, nodePort: http.nodePort }],
          },
  };
}

export function serviceMonitor(model: Model, service: Service, metrics: string): IServiceMonitor {
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "ServiceMonitor",
    metadata: metadataOf(model, service),
    spec: {
      selector: { matchLabels: { ...podName(service.name) } },
      endpoints: [{ port: "http", path: metrics, interval: "30s", scrapeTimeout: "10s" }],
    },
  };
}
