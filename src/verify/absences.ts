import { groupedBy } from "../grouped-by.ts";
import { byCodeUnit } from "../order.ts";
import type { Facts } from "./facts.ts";
import { type Owner, pools } from "./pools.ts";
import { type Room, schedule } from "./scheduler.ts";

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
  return pools(facts).flatMap(({ owners: all, placed: { rooms } }) => {
    const owners = all.filter(({ isController }) => !isController);
    const found = alike(rooms).map((same) => absence(owners, rooms, same));
    return merged(found.filter(({ waiting }) => waiting.length > 0));
  });
}

/** Nodes of one pool for which the same pods wait are named together. */
function merged(found: readonly Absence[]): readonly Absence[] {
  const same = groupedBy(found, ({ group, waiting }) => JSON.stringify([group, waiting]));
  return [...same.values()].map((each) => ({ ...each[0], nodes: each.flatMap(({ nodes }) => nodes) }));
}

/** What waits while the first of some nodes that are alike is down. */
function absence(owners: readonly Owner[], rooms: readonly Room[], same: readonly [Room, ...Room[]]): Absence {
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

/** The rooms by what matters when one is down: of those that are alike it does not matter which. */
function alike(rooms: readonly Room[]): readonly (readonly [Room, ...Room[]])[] {
  const kinds = groupedBy(rooms, ({ node: { allocatable, labels }, pods }) => {
    const owners = pods.map(({ owner }) => owner).sort(byCodeUnit);
    return JSON.stringify([allocatable, labels["topology.kubernetes.io/zone"], owners]);
  });
  return [...kinds.values()];
}
