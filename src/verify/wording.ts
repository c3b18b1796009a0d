import type { Labels } from "../model/model.ts";
import type { Workload } from "./facts.ts";

/** `Deployment api/auth` */
export function nameOf({ kind, namespace, name }: Pick<Workload, "kind" | "namespace" | "name">): string {
  return `${kind} ${namespace}/${name}`;
}

/** `node-group=auth,zone=a` */
export function show(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
}
