import type { IPriorityClass } from "kubernetes-models/scheduling.k8s.io/v1";
import type { Model } from "../../../src/model/model.ts";

/** Where a node runs short, passing tasks give way to services, and services to datastores. */
export function priorityClasses({ name: platform }: Model): IPriorityClass[] {
  const priorityClass = (name: string, value: number, description: string): IPriorityClass => ({
    apiVersion: "scheduling.k8s.io/v1",
    kind: "PriorityClass",
    metadata: { name, labels: { "app.kubernetes.io/part-of": platform } },
    value,
    globalDefault: false,
    preemptionPolicy: "PreemptLowerPriority",
    description,
  });
  return [
    priorityClass("datastores", 1_000_000, "Databases and queues: everything else waits for them"),
    priorityClass("services", 100_000, "APIs and workers"),
  ];
}
