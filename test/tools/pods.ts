/** The parts of a pod that the tests read. */
export interface Pod {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Record<string, string>;
    readonly deletionTimestamp?: string;
  };
  readonly spec: {
    readonly nodeName?: string;
    readonly nodeSelector?: Record<string, string>;
    readonly tolerations?: object[];
  };
  readonly status: {
    readonly phase: string;
    readonly nominatedNodeName?: string;
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

/** Whether the scheduler has looked for a node for it, found none, and makes no room for it by preemption. */
export function isPending({ spec, status }: Pod): boolean {
  if (spec.nodeName !== undefined || status.nominatedNodeName) return false;
  return status.conditions?.some(({ reason }) => reason === "Unschedulable") === true;
}
