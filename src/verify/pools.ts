import { groupedBy } from "../grouped-by.ts";
import { coreDns, staticPods } from "../model/catalogue/kubernetes.ts";
import type { Labels, Resources } from "../model/model.ts";
import { byCodeUnit } from "../order.ts";
import type { Fact, Facts, Toleration } from "./facts.ts";
import { emptyRoom, type Pod, type Room, type Schedule, schedule } from "./scheduler.ts";
import { selection } from "./selection.ts";
import { nameOf, show } from "./wording.ts";
import { componentPods, type WrittenNode, writtenNodes } from "./written-nodes.ts";

/** What owns pods that select the same nodes: a workload, or a component's part. */
export interface Owner extends Fact {
  /** `Deployment api/auth`, or a component's `argo-cd/server`. */
  readonly owner: string;
  /** The name alone, `auth`. */
  readonly name: string;
  readonly nodeSelector: Labels;
  /** Whose nodes these are: the control plane's controllers choose its nodes, whatever group they are of. */
  readonly isController: boolean;
  /** How many of its pods stay. None of a task's do; it has one for a while. */
  readonly count: number;
  readonly pod: Omit<Pod, "owner">;
}

/** Open nodes that are selected together, with what runs on every node, and all that selects them. */
export interface Pool {
  readonly nodeSelector: Labels;
  readonly rooms: readonly Room[];
  readonly owners: readonly [Owner, ...Owner[]];
  /** Where the pods that stay run. */
  readonly placed: Schedule;
}

/** Several checks ask for them: they are worked out once for all facts. */
const known = new WeakMap<Facts, readonly Pool[]>();

/** The pools in the order of their selectors. */
export function pools(facts: Facts): readonly Pool[] {
  const found = known.get(facts) ?? findPools(facts);
  known.set(facts, found);
  return found;
}

function findPools(facts: Facts): readonly Pool[] {
  const nodesFor = selection(writtenNodes(facts).filter(isOpen), ({ labels }) => labels);
  const daemons = componentPods(facts).filter(({ placement }) => placement === null);
  const onControlPlane = [...daemons, staticPods];
  const owners = [...workloadOwners(facts), ...componentOwners(facts)];
  const bySelector = groupedBy(owners, ({ nodeSelector }) => show(nodeSelector));
  return [...bySelector]
    .sort(([one], [other]) => byCodeUnit(one, other))
    .map(([, together]) => {
      const { nodeSelector } = together[0];
      const rooms = nodesFor(nodeSelector).map((node) => emptyRoom(node, node.controlPlane ? onControlPlane : daemons));
      return { nodeSelector, rooms, owners: together, placed: schedule(rooms, together.flatMap(podsOf)) };
    });
}

function podsOf({ owner, count, pod }: Owner): readonly Pod[] {
  return Array.from({ length: count }, () => ({ owner, ...pod }));
}

function isOpen({ open }: WrittenNode): boolean {
  return open;
}

function workloadOwners({ kubernetes: { workloads, priorities } }: Facts): readonly Owner[] {
  return workloads
    .filter(({ nodeSelector }) => Object.keys(nodeSelector).length > 0)
    .map((workload) => {
      const { file, name, nodeSelector, pods, requests, tolerations, maxSkew, hasVolume, priorityClass } = workload;
      const priority = priorities.get(priorityClass) ?? 0;
      const pod = { ...requests, priority, tolerations, maxSkew, hasVolume, zone: null };
      return { file, owner: nameOf(workload), name, nodeSelector, isController: false, count: pods, pod };
    });
}

/** The platform's own servers, the control plane's controllers, and CoreDNS, which kubeadm puts beside these. */
function componentOwners(facts: Facts): readonly Owner[] {
  const owners = componentPods(facts).flatMap(({ id, name, file, on, placement, replicas, ...requests }) => {
    if (!placement) return [];
    const { nodeSelector, tolerations } = placement;
    const pod = lowly(requests, tolerations);
    const isController = on === "control-plane";
    return [{ file, owner: `${id}/${name}`, name: id, nodeSelector, isController, count: replicas, pod }];
  });
  const controller = owners.find(({ isController }) => isController);
  if (!controller) return owners;
  const pod = lowly(coreDns, controller.pod.tolerations);
  return [...owners, { ...controller, owner: "coredns", name: "coredns", count: coreDns.replicas, pod }];
}

/** A pod of no priority. */
function lowly({ cpu, memory }: Resources, tolerations: readonly Toleration[]): Omit<Pod, "owner"> {
  return { cpu, memory, priority: 0, tolerations, maxSkew: null, hasVolume: false, zone: null };
}
