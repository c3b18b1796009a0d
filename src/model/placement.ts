import { groupedBy } from "../grouped-by.ts";
import { lookup } from "../lookup.ts";
import { entries } from "../order.ts";
import type { Topology } from "../topology.ts";
import { allocatable, reservedForSystem } from "./capacity.ts";
import { groupMembers, type Member } from "./members.ts";
import type { PodsOfOne, Resources } from "./model.ts";
import { controllerPods, datastorePods, nodePods, platformPods, type Pod, servicePods } from "./pods.ts";

/** What a kubelet runs at most: its own default. */
export const PODS_PER_NODE = 110;

/** A node with the pods that are on it. What is left for others is in `cpu` and `memory`. */
export interface Room extends Resources {
  readonly node: Member;
  readonly pods: readonly Pod[];
}

export interface Placement {
  /** The nodes of each group. */
  readonly rooms: ReadonlyMap<string, readonly Room[]>;
  /** The pods that found no room, with the group that they were to run on; null is the control plane. */
  readonly left: readonly PlacedPod[];
  /** Where all find room if the largest come first: those that find none if they come last. Pods come in any order. */
  readonly late: readonly PlacedPod[];
}

export type PlacedPod = Pod & { readonly group: string | null };

/** Several rules ask for it, and then `resolve`: it is worked out once for each topology. */
const known = new WeakMap<Topology, Placement>();

/**
 * Puts every pod on a node of its group, as the scheduler may: first what runs on every node, then the control plane's
 * controllers, then the workloads, at their largest number. Groups that do not exist have no rooms.
 */
export function placePods(topology: Topology): Placement {
  const placement = known.get(topology) ?? place(topology);
  known.set(topology, placement);
  return placement;
}

function place(topology: Topology): Placement {
  const services = groupedBy(entries(topology.services), ([, { on }]) => on);
  const datastores = groupedBy(entries(topology.datastores), ([, { on }]) => on);
  const start = roomsWithControllers(topology);
  const rooms = new Map<string, readonly Room[]>();
  const left = start.left.map((pod): PlacedPod => ({ ...pod, group: null }));
  const late = start.late.map((pod): PlacedPod => ({ ...pod, group: null }));
  for (const [group, own] of groupedBy(start.rooms, ({ node }) => node.group)) {
    const packed = packInAnyOrder(own, [
      ...(topology.platform.on === group ? platformPods(topology) : []),
      ...(datastores.get(group) ?? []).flatMap(datastorePods),
      ...(services.get(group) ?? []).flatMap((service) => servicePods(service, own.filter(isOpen).length)),
    ]);
    rooms.set(group, packed.rooms);
    left.push(...packed.left.map((pod) => ({ ...pod, group })));
    late.push(...packed.late.map((pod) => ({ ...pod, group })));
  }
  return { rooms, left, late };
}

/** All nodes before the workloads come, and the controllers that the control plane has no room for. */
function roomsWithControllers(topology: Topology): Packings {
  const isControlPlane = ({ node }: Room) => lookup(topology.nodes, node.group)?.role === "control-plane";
  const empty = entries(topology.nodes).flatMap(([group]) => emptyRooms(topology, group));
  const packed = packInAnyOrder(empty.filter(isControlPlane), controllerPods(topology));
  return { ...packed, rooms: [...packed.rooms, ...empty.filter((room) => !isControlPlane(room))] };
}

/** A group's nodes with what runs on every node, and on every node of the control plane. */
export function emptyRooms(topology: Topology, group: string): readonly Room[] {
  const spec = lookup(topology.nodes, group);
  if (!spec) return [];
  const controlPlane = spec.role === "control-plane";
  const reserved = reservedForSystem(controlPlane);
  const pods = nodePods(topology, controlPlane);
  return groupMembers(topology, group, spec)
    .filter(({ state }) => state !== "removed")
    .map((node) => pods.reduce(withPod, { node, pods: [], ...allocatable(node.instanceType, reserved) }));
}

function withPod(room: Room, pod: Pod): Room {
  return { ...room, pods: [...room.pods, pod], cpu: room.cpu - pod.cpu, memory: room.memory - pod.memory };
}

interface Packing {
  readonly rooms: readonly Room[];
  readonly left: readonly Pod[];
}

interface Packings extends Packing {
  readonly late: readonly Pod[];
}

/** Puts pods into rooms where there is most memory, the largest first; and looks whether they would also find room last. */
function packInAnyOrder(rooms: readonly Room[], pods: readonly Pod[]): Packings {
  const largestFirst = pods.toSorted((one, other) => other.memory - one.memory || other.cpu - one.cpu);
  const packed = pack(rooms, largestFirst, ({ memory }) => memory);
  // On one node the order does not matter.
  if (packed.left.length > 0 || rooms.filter(isOpen).length < 2) return { ...packed, late: [] };
  const smallestFirst = pods.toSorted(
    (one, other) => rank(one) - rank(other) || one.memory - other.memory || one.cpu - other.cpu,
  );
  return { ...packed, late: pack(rooms, smallestFirst, shareLeft).left };
}

/** The order of the pods' priority classes: a more important pod takes the place of others, so it is as if it came first. */
function rank({ kind }: Pod): number {
  return { datastore: 0, service: 1, component: 2, task: 2 }[kind];
}

/** What the scheduler prefers, with the pod in its place: https://kubernetes.io/docs/reference/scheduling/config/ */
function shareLeft({ pods, cpu, memory }: Room): number {
  const all = pods.reduce((sum, pod) => ({ cpu: sum.cpu + pod.cpu, memory: sum.memory + pod.memory }), { cpu, memory });
  return cpu / all.cpu + memory / all.memory;
}

/** Puts pods into rooms one after the other; those of a service one on each node before any has two. */
function pack(rooms: readonly Room[], pods: readonly Pod[], preference: (room: Room) => number): Packing {
  const filled = [...rooms];
  const left: Pod[] = [];
  for (const pod of pods) {
    const liking = (room: Room) => preference(withPod(room, pod));
    const fewest = Math.min(...filled.filter(isOpen).map((room) => likePodsOn(room, pod)));
    const fitting = filled.filter((room) => hasRoomFor(room, pod) && likePodsOn(room, pod) === fewest);
    const preferred = fitting.reduce<Room | undefined>(
      (best, room) => (best && liking(best) >= liking(room) ? best : room),
      undefined,
    );
    if (preferred) filled[filled.indexOf(preferred)] = withPod(preferred, pod);
    else left.push(pod);
  }
  return { rooms: filled, left };
}

/** How many pods of the same service are there; nothing spreads the others. */
function likePodsOn({ pods }: Room, { kind, name }: Pod): number {
  return kind === "service" ? pods.filter((other) => other.kind === kind && other.name === name).length : 0;
}

/** Whether one more such pod finds room on a group's nodes. */
export function hasRoomOn({ rooms }: Placement, group: string, pod: Resources): boolean {
  return (rooms.get(group) ?? []).some((room) => hasRoomFor(room, pod));
}

/** What a node carries, by kind and name. Tasks are left out: they come and go. */
export function podsOn({ rooms }: Placement, { group, name: node }: Member): readonly PodsOfOne[] {
  const owners = new Map<string, PodsOfOne>();
  for (const { kind, name, cpu, memory } of rooms.get(group)?.find((room) => room.node.name === node)?.pods ?? []) {
    if (kind === "task") continue;
    const before = owners.get(`${kind} ${name}`) ?? { count: 0, cpu: 0, memory: 0 };
    const sum = { count: before.count + 1, cpu: before.cpu + cpu, memory: before.memory + memory };
    owners.set(`${kind} ${name}`, { kind, name, ...sum });
  }
  return entries(Object.fromEntries(owners)).map(([, pods]) => pods);
}

/** Whether the scheduler would put the pod there: a node that is draining takes no more. */
export function hasRoomFor(room: Room, pod: Resources): boolean {
  return isOpen(room) && room.pods.length < PODS_PER_NODE && pod.cpu <= room.cpu && pod.memory <= room.memory;
}

function isOpen({ node }: Room): boolean {
  return node.state === "active";
}
