/** Workloads in a cluster with the real scheduler, and what `gen` says of them. */
import { generators } from "../../generators/index.ts";
import { resolve } from "../../src/model/resolve.ts";
import { checkRules } from "../../src/rules/index.ts";
import type { Topology } from "../../src/topology.ts";
import { objectsOf } from "../kubernetes-tree.ts";
import { Cluster, schedulerBackoff } from "./cluster.ts";
import { furnish, provisionVolumes } from "./cluster-content.ts";
import { isPending, type Pod, table } from "./pods.ts";

/** A cluster with the nodes and the workloads of a topology, whether `gen` accepts that or not. */
export async function withCluster(topology: Topology, body: (cluster: Cluster) => Promise<void>): Promise<void> {
  const model = resolve(topology);
  const cluster = await Cluster.start(model.network.services);
  try {
    const files = generators.flatMap((generate) => generate(model));
    await furnish(cluster, model, files);
    await deploy(cluster, topology);
    await body(cluster);
  } finally {
    await cluster.stop();
  }
}

/** What Argo CD would sync, in its first two waves. */
export async function deploy(cluster: Cluster, topology: Topology): Promise<void> {
  const objects = objectsOf(resolve(topology)).filter(({ path }) => !path.endsWith("-restore.yaml"));
  const [first, rest] = [true, false].map((isFirst) =>
    objects.flatMap(({ object }) => (FIRST.includes(object.kind) === isFirst ? [object] : [])),
  );
  await cluster.apply(first ?? []);
  await cluster.apply(rest ?? []);
}

const FIRST = ["Namespace", "PriorityClass"];

/** For how long nothing may change, in milliseconds: longer than the scheduler waits before it looks at a pod again. */
const calm = 4 * schedulerBackoff * 1000;

/** The pods that are to stay, once the scheduler has looked at all of them, and nothing changes any more. */
export async function settled(cluster: Cluster): Promise<Pod[]> {
  let pods: Pod[] = [];
  let [before, since] = ["", 0];
  await cluster.until("the scheduler has looked at every pod", 400, async () => {
    await provisionVolumes(cluster);
    pods = (await cluster.list<Pod>("pods")).filter(({ status }) => status.phase !== "Succeeded");
    const isDone = pods.every((pod) => !pod.metadata.deletionTimestamp && (pod.spec.nodeName || isPending(pod)));
    const now = table(pods);
    if (!isDone || now !== before) [before, since] = [isDone ? now : "", Date.now()];
    return isDone && Date.now() - since >= calm && (await isWhole(cluster, pods));
  });
  return pods;
}

/** Whether the controllers have made all pods that they are to make. */
async function isWhole(cluster: Cluster, pods: readonly Pod[]): Promise<boolean> {
  const owners = await cluster.list<{ spec: { replicas: number } }>("deployments,statefulsets");
  const wanted = owners.reduce((sum, { spec }) => sum + spec.replicas, 0);
  return pods.filter((pod) => ownerOf(pod) !== null).length >= wanted;
}

/** The workload or component, as the verification pass calls it; null for daemons and passing tasks. */
export function ownerOf({ metadata: { namespace, labels } }: Pod): string | null {
  const kind = labels["pod-template-hash"]
    ? "Deployment"
    : labels["statefulset.kubernetes.io/pod-name"] && "StatefulSet";
  if (!kind) return null;
  return labels["component"]?.replace(".", "/") ?? `${kind} ${namespace}/${labels["app.kubernetes.io/name"]}`;
}

export function errorsOf(topology: Topology): string[] {
  return checkRules(topology).flatMap(({ code, severity }) => (severity === "warning" ? [] : [code]));
}

export type Kind = "services" | "datastores";

/** A topology, one workload of it asking for another amount of memory, in MiB. */
export function asking(topology: Topology, kind: Kind, name: string, memory: number): Topology {
  const all: Readonly<Record<string, { readonly resources?: object }>> = topology[kind] ?? {};
  const resources = { ...all[name]?.resources, memory: `${memory}Mi` };
  return { ...topology, [kind]: { ...all, [name]: { ...all[name], resources } } };
}

/** The most that `gen` lets a workload ask for, in MiB. */
export function most(topology: Topology, kind: Kind, name: string): number {
  let [fits, tooLarge] = [1, 2 ** 16];
  while (tooLarge - fits > 1) {
    const middle = Math.floor((fits + tooLarge) / 2);
    if (errorsOf(asking(topology, kind, name, middle)).length === 0) fits = middle;
    else tooLarge = middle;
  }
  return fits;
}

export function nameOf({ metadata }: Pod): string | undefined {
  return metadata.labels["app.kubernetes.io/name"];
}
