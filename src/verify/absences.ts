import { groupedBy } from "../grouped-by.ts";
import type { Labels } from "../model/model.ts";
import { byCodeUnit } from "../order.ts";
import type { Facts, Toleration } from "./facts.ts";
import { nameOf, show } from "./placement-checks.ts";
import { emptyRoom, type Pod, type Room, schedule } from "./scheduler.ts";
import { selection } from "./selection.ts";
import { componentPods, type WrittenNode, writtenNodes } from "./written-nodes.ts";

/** What has no place while one of some nodes is down; nodes that are alike are named together. */
export interface Absence {
  readonly group: string;
  readonly nodes: readonly string[];
  /** Whether other nodes of the group stay. */
  readonly othersStay: boolean;
  readonly waiting: readonly Waiting[];
}

export interface Waiting {
  /** `Deployment api/auth`, or a component's `argo-cd`. */
  readonly owner: string;
  /** The name alone, `auth`. */
  readonly name: string;
  /** How many of its pods wait, and how many there are at most. */
  readonly pods: number;
  readonly of: number;
}

/**
 * For any one node down, the pods that would then have no place: what was on it comes anew, and what is on the others stays. The
 * control plane is left out: while its only node is down nothing is placed at all.
 */
export function absences(facts: Facts): readonly Absence[] {
  return pools(facts).flatMap((pool) => {
    const { rooms } = schedule(pool.rooms, pool.owners.flatMap(podsOf));
    const found = alike(rooms).map((same) => absence(pool, rooms, same));
    return merged(found.filter(({ waiting }) => waiting.length > 0));
  });
}

/** Nodes of one pool for which the same pods wait are named together. */
function merged(found: readonly Absence[]): readonly Absence[] {
  const same = groupedBy(found, ({ group, waiting }) => JSON.stringify([group, waiting]));
  return [...same.values()].map((each) => ({ ...each[0], nodes: each.flatMap(({ nodes }) => nodes) }));
}

/** What waits while the first of some nodes that are alike is down. */
function absence({ owners }: Pool, rooms: readonly Room[], same: readonly [Room, ...Room[]]): Absence {
  const [down] = same;
  const others = rooms.filter((room) => room !== down);
  const { waiting } = schedule(others, down.pods);
  return {
    group: down.node.group,
    nodes: same.map(({ node }) => node.name),
    othersStay: others.length > 0,
    waiting: owners.flatMap(({ owner, name, count }) => {
      const pods = waiting.filter((pod) => pod.owner === owner).length;
      return pods > 0 ? [{ owner, name, pods, of: count }] : [];
    }),
  };
}

/** What owns pods that select the same nodes: a workload, or a component's part. */
interface Owner {
  readonly owner: string;
  readonly name: string;
  readonly nodeSelector: Labels;
  readonly count: number;
  readonly pod: Omit<Pod, "owner">;
}

/** Nodes that are selected together, and all that selects them. */
interface Pool {
  readonly rooms: readonly Room[];
  readonly owners: readonly Owner[];
}

function pools(facts: Facts): readonly Pool[] {
  const nodesFor = selection(writtenNodes(facts).filter(isOpen), ({ labels }) => labels);
  const daemons = componentPods(facts).filter(({ nodeSelector }) => nodeSelector === null);
  const owners = [...workloadOwners(facts), ...componentOwners(facts)];
  const bySelector = groupedBy(owners, ({ nodeSelector }) => show(nodeSelector));
  return [...bySelector]
    .sort(([one], [other]) => byCodeUnit(one, other))
    .map(([, together]) => ({
      rooms: nodesFor(together[0].nodeSelector).map((node) => emptyRoom(node, daemons)),
      owners: together,
    }));
}

function isOpen({ open }: WrittenNode): boolean {
  return open;
}

function workloadOwners({ kubernetes: { workloads, priorities } }: Facts): readonly Owner[] {
  return workloads
    .filter(({ nodeSelector, pods }) => pods > 0 && Object.keys(nodeSelector).length > 0)
    .map((workload) => {
      const { name, nodeSelector, pods, requests, tolerations, maxSkew, hasVolume, priorityClass } = workload;
      const priority = priorities.get(priorityClass) ?? 0;
      const pod = { ...requests, priority, tolerations, maxSkew, hasVolume, zone: null };
      return { owner: nameOf(workload), name, nodeSelector, count: pods, pod };
    });
}

/** The platform's own servers: what runs on its group. */
function componentOwners(facts: Facts): readonly Owner[] {
  return componentPods(facts).flatMap(({ id, name, on, nodeSelector, replicas, cpu, memory }) => {
    if (on !== "platform" || !nodeSelector) return [];
    const pod = { cpu, memory, priority: 0, tolerations: everywhere, maxSkew: null, hasVolume: false, zone: null };
    return [{ owner: `${id}/${name}`, name: id, nodeSelector, count: replicas, pod }];
  });
}

const everywhere: readonly Toleration[] = [{ key: "", value: "", effect: "", operator: "Exists" }];

function podsOf({ owner, count, pod }: Owner): readonly Pod[] {
  return Array.from({ length: count }, () => ({ owner, ...pod }));
}

/** The rooms by what matters when one is down: of those that are alike it does not matter which. */
function alike(rooms: readonly Room[]): readonly (readonly [Room, ...Room[]])[] {
  const kinds = groupedBy(rooms, ({ node: { allocatable, labels }, pods }) => {
    const owners = pods.map(({ owner }) => owner).sort(byCodeUnit);
    return JSON.stringify([allocatable, labels["topology.kubernetes.io/zone"], owners]);
  });
  return [...kinds.values()];
}
