/**
 * What kube-scheduler does with pods, as far as the written manifests let it choose: its queue, its filters, the node that it
 * prefers, and preemption. https://kubernetes.io/docs/concepts/scheduling-eviction/
 */
import type { Resources } from "../model/model.ts";
import { PODS_PER_NODE } from "../model/placement.ts";
import type { Toleration } from "./facts.ts";
import { tolerates } from "./toleration.ts";
import type { WrittenNode } from "./written-nodes.ts";

/** One pod that waits for a place, or has one. */
export interface Pod extends Resources {
  /** Pods of one owner are alike. */
  readonly owner: string;
  readonly priority: number;
  readonly tolerations: readonly Toleration[];
  readonly maxSkew: number | null;
  readonly hasVolume: boolean;
  /** The zone of its volume, once there is one. */
  readonly zone: string | null;
}

/** A node with its pods, and what is left for others. */
export interface Room extends Resources {
  readonly node: WrittenNode;
  /** Those that the scheduler has put there. */
  readonly pods: readonly Pod[];
  /** How many more it takes. */
  readonly places: number;
}

export interface Schedule {
  readonly rooms: readonly Room[];
  readonly waiting: readonly Pod[];
}

/** Puts the pods on the nodes one after the other, those of the highest priority first. Which come first among equals stays. */
export function schedule(rooms: readonly Room[], pods: readonly Pod[]): Schedule {
  const filled = [...rooms];
  const waiting: Pod[] = [];
  const queue = inOrder(pods);
  for (let pod = queue.shift(); pod; pod = queue.shift()) {
    const room = preferred(candidates(filled, pod)) ?? preempted(filled, pod);
    if (!room) waiting.push(pod);
    else {
      const at = filled.findIndex(({ node }) => node === room.node);
      const victims = filled[at]?.pods.filter((other) => !room.pods.includes(other)) ?? [];
      filled[at] = withPods(room, [pod]);
      queue.splice(0, queue.length, ...inOrder([...queue, ...victims]));
    }
  }
  return { rooms: filled, waiting };
}

function inOrder(pods: readonly Pod[]): Pod[] {
  return pods.toSorted((one, other) => other.priority - one.priority);
}

/** The room with more pods in it. A pod that comes there binds its volume to the zone. */
export function withPods(room: Room, pods: readonly Pod[]): Room {
  const zone = room.node.labels["topology.kubernetes.io/zone"] ?? null;
  const come = pods.map((pod) => (pod.hasVolume && pod.zone !== zone ? { ...pod, zone } : pod));
  return pods.reduce<Room>(less, { ...room, pods: [...room.pods, ...come] });
}

function less(room: Room, { cpu, memory }: Resources): Room {
  return { ...room, cpu: room.cpu - cpu, memory: room.memory - memory, places: room.places - 1 };
}

function without(room: Room, pod: Pod): Room {
  const pods = room.pods.filter((other) => other !== pod);
  return { ...room, pods, cpu: room.cpu + pod.cpu, memory: room.memory + pod.memory, places: room.places + 1 };
}

/** An open node with nothing on it but what runs on every node. */
export function emptyRoom(node: WrittenNode, daemons: readonly Resources[]): Room {
  return daemons.reduce<Room>(less, { node, pods: [], places: PODS_PER_NODE, ...node.allocatable });
}

/** The nodes that pass the scheduler's filters. */
function candidates(rooms: readonly Room[], pod: Pod): readonly Room[] {
  const eligible = rooms.filter(({ node }) => mayRunOn(pod, node));
  const fewest = Math.min(...eligible.map((room) => likePodsOn(room, pod)));
  return eligible.filter(
    (room) => hasRoomFor(room, pod) && (pod.maxSkew === null || likePodsOn(room, pod) + 1 - fewest <= pod.maxSkew),
  );
}

/** Whether the node is open to the pod, room or not. */
export function mayRunOn({ tolerations, zone }: Pod, { labels, taints }: WrittenNode): boolean {
  if (zone !== null && labels["topology.kubernetes.io/zone"] !== zone) return false;
  return taints
    .filter(({ effect }) => effect !== "PreferNoSchedule")
    .every((taint) => tolerations.some((toleration) => tolerates(toleration, taint)));
}

function likePodsOn({ pods }: Room, { owner }: Pod): number {
  return pods.filter((other) => other.owner === owner).length;
}

function hasRoomFor(room: Room, pod: Pod): boolean {
  return room.places > 0 && pod.cpu <= room.cpu && pod.memory <= room.memory;
}

/** Where the largest share of processor and memory is left: https://kubernetes.io/docs/reference/scheduling/config/ */
function preferred(rooms: readonly Room[]): Room | undefined {
  return rooms.reduce<Room | undefined>((best, room) => (best && left(best) >= left(room) ? best : room), undefined);
}

function left({ cpu, memory, node }: Room): number {
  return cpu / node.allocatable.cpu + memory / node.allocatable.memory;
}

/** A node on which pods of a lower priority make room, without these: as few as it needs, and the least important. */
function preempted(rooms: readonly Room[], pod: Pod): Room | undefined {
  const isLower = (other: Pod) => other.priority < pod.priority;
  const cleared = rooms.map((room) => {
    const victims = inOrder(room.pods.filter(isLower));
    return { room: victims.reduce(without, room), victims };
  });
  const among = cleared.map(({ room }) => room);
  return candidates(among, pod)
    .map((room) => {
      const { victims = [] } = cleared.find((each) => each.room === room) ?? {};
      return victims.reduce((now, victim) => {
        const kept = withPods(now, [victim]);
        return hasRoomFor(kept, pod) ? kept : now;
      }, room);
    })
    .toSorted((one, other) => other.pods.filter(isLower).length - one.pods.filter(isLower).length)[0];
}
