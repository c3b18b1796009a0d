import type { Model, Node } from "../../src/model/model.ts";

/** The parts of a pod that the tests read. */
export interface Pod {
  readonly metadata: { readonly name: string; readonly namespace: string; readonly labels: Record<string, string> };
  readonly spec: {
    readonly nodeName?: string;
    readonly nodeSelector?: Record<string, string>;
    readonly tolerations?: object[];
  };
  readonly status: {
    readonly phase: string;
    readonly conditions?: readonly { readonly reason?: string; readonly message?: string }[];
  };
}

/** Where the pods run, for a person to read. */
export function table(pods: readonly Pod[]): string {
  const rows = pods.map(({ metadata, spec, status }) => [
    `${metadata.namespace}/${metadata.name}`,
    spec.nodeName ?? `none: ${status.conditions?.[0]?.message ?? ""}`,
    status.phase,
  ]);
  return [["POD", "NODE", "PHASE"], ...rows.sort()]
    .map(([pod, node, phase]) => `${pod?.padEnd(44)} ${node?.padEnd(16)} ${phase}`)
    .join("\n");
}

/** Whether the scheduler has found no node with enough memory. */
export function isRefused({ status }: Pod): boolean {
  return status.conditions?.some(({ message }) => message?.includes("1 Insufficient memory")) ?? false;
}

/** What the components' pods on the node and the service's own ask for. */
export function memoryAskedFor(model: Model, { group }: Node): number {
  const daemons = model.platform.components.flatMap(({ pods }) => pods.filter(({ on }) => on === "every-node"));
  const services = model.services.filter((service) => service.group.name === group);
  return [...daemons, ...services.map(({ resources }) => resources)].reduce((sum, { memory }) => sum + memory, 0);
}
