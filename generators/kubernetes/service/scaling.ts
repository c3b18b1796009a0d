import type { IHorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2";
import type { IPodDisruptionBudget } from "kubernetes-models/policy/v1";
import type { Model, Scale, Service } from "../../../src/model/model.ts";
import { podName } from "../labels.ts";
import { metadataOf } from "./metadata.ts";

export function autoscaler(model: Model, service: Service, scale: Scale): IHorizontalPodAutoscaler {
  return {
    apiVersion: "autoscaling/v2",
    kind: "HorizontalPodAutoscaler",
    metadata: metadataOf(model, service),
    spec: {
      scaleTargetRef: { apiVersion: "apps/v1", kind: "Deployment", name: service.name },
      minReplicas: scale.min,
      maxReplicas: scale.max,
      metrics: [
        {
          type: "Resource",
          resource: { name: "cpu", target: { type: "Utilization", averageUtilization: scale.cpuPercent } },
        },
      ],
    },
  };
}

/** Keeps a drain from taking two pods at once. Pods that do not work anyway never stand in its way. */
export function disruptionBudget(model: Model, service: Service): IPodDisruptionBudget {
  return {
    apiVersion: "policy/v1",
    kind: "PodDisruptionBudget",
    metadata: metadataOf(model, service),
    spec: {
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: "AlwaysAllow",
      selector: { matchLabels: { ...podName(service.name) } },
    },
  };
}
