import type { Labels } from "../model/model.ts";
import type { KubernetesFacts, ServiceFact, Workload } from "./facts.ts";
import { selection } from "./selection.ts";

/** Several checks ask for it: it is made once for all facts. */
const known = new WeakMap<KubernetesFacts, (namespace: string, selector: Labels) => readonly Workload[]>();

/** Finds the workloads of a namespace whose pods a selector selects. */
export function workloadSelection(
  kubernetes: KubernetesFacts,
): (namespace: string, selector: Labels) => readonly Workload[] {
  const select = known.get(kubernetes) ?? selectInNamespace(kubernetes);
  known.set(kubernetes, select);
  return select;
}

function selectInNamespace({
  workloads,
}: KubernetesFacts): (namespace: string, selector: Labels) => readonly Workload[] {
  const select = selection(workloads, ({ podLabels }) => podLabels);
  return (namespace, selector) => select(selector).filter((workload) => workload.namespace === namespace);
}

/** Finds the workloads whose pods a Service leads to. One without a selector leads to none by itself. */
export function podSelection(kubernetes: KubernetesFacts): (service: ServiceFact | undefined) => readonly Workload[] {
  const select = workloadSelection(kubernetes);
  return (service) =>
    service && Object.keys(service.selector).length > 0 ? select(service.namespace, service.selector) : [];
}

/** The namespaces whose pods are among the written manifests: what Helm charts make is not. */
export function ownNamespaces({ workloads }: KubernetesFacts): ReadonlySet<string> {
  return new Set(workloads.map(({ namespace }) => namespace));
}

/** Whether a workload's pods open a port, which is told by its number or its name. */
export function opens({ ports }: Workload, wanted: string): boolean {
  return ports.some(({ name, port }) => wanted === name || wanted === String(port));
}

/** The number of a port that a workload's pods open; undefined where they do not. */
export function portNumber({ ports }: Workload, wanted: string): number | undefined {
  return ports.find(({ name, port }) => wanted === name || wanted === String(port))?.port;
}
