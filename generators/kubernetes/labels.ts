import type { Labels } from "../../src/model/model.ts";

/** What a workload's pods are called. Selectors use this one label: a Deployment's selector can never be changed. */
export function podName(workload: string): Labels {
  return { "app.kubernetes.io/name": workload };
}

export type Part = "api" | "worker" | "datastore" | "check" | "backup";

/** The labels of a workload's objects and pods. `platform` is the whole that it is a part of. */
export function labels(platform: string, workload: string, part: Part): Labels {
  return { ...podName(workload), "app.kubernetes.io/component": part, "app.kubernetes.io/part-of": platform };
}

/**
 * The names of a workload's pods for passing tasks. A dot is in no name of the topology, so they never meet a workload's own.
 */
export function checkOf(service: string): string {
  return `${service}.check`;
}

export function backupOf(datastore: string): string {
  return `${datastore}.backup`;
}
