import type { ResourcesSpec } from "../topology.ts";
import type { PodResources } from "./model.ts";

/** `250m`, `2` or 2 as thousandths of a processor. */
export function milliCpu(quantity: string | number): number {
  if (typeof quantity === "number") return quantity * 1000;
  return quantity.endsWith("m") ? Number(quantity.slice(0, -1)) : Number(quantity) * 1000;
}

/** `512Mi` or `2Gi` as MiB. */
export function mebibytes(quantity: string): number {
  const amount = Number(quantity.slice(0, -2));
  return quantity.endsWith("Gi") ? amount * 1024 : amount;
}

/** `50Gi` as GiB. */
export function gibibytes(quantity: string): number {
  return Number(quantity.slice(0, -2));
}

/** What a pod asks for. A processor limit that is not said leaves room for bursts: four times the request, at least one. */
export function resolveResources(spec: ResourcesSpec = {}): PodResources {
  const cpu = milliCpu(spec.cpu ?? "100m");
  return {
    cpu,
    memory: mebibytes(spec.memory ?? "256Mi"),
    cpuLimit: spec.cpuLimit === undefined ? Math.max(4 * cpu, 1000) : milliCpu(spec.cpuLimit),
  };
}
