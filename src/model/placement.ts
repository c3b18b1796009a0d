import { lookup } from "../lookup.ts";
import type { ResourcesSpec, Topology } from "../topology.ts";
import { allocatable } from "./capacity.ts";
import { coreDns, staticPods } from "./catalogue/kubernetes.ts";
import { taskPods } from "./catalogue/tasks.ts";
import { groupMembers, type Member } from "./members.ts";
import type { ComponentPod, Resources } from "./model.ts";
import { resolveComponents } from "./platform.ts";
import { defaultBackup } from "./roles.ts";
import { resolveResources } from "./services.ts";

/** What a kubelet runs at most: its own default. */
const PODS_PER_NODE = 110;

/** A pod, and whose it is. A task's pod is there for a short while only, but must find room then. */
export interface Pod extends Resources {
  readonly kind: "service" | "datastore" | "component" | "task";
  readonly name: string;
}

/** A node with the pods that are on it. What is left for others is in `cpu` and `memory`. */
export interface Room extends Resources {
  readonly node: Member;
  readonly pods: readonly Pod[];
}

export interface Placement {
  readonly rooms: readonly Room[];
  /** The pods that found no room, with the group that they were to run on; null is the control plane. */
  readonly left: readonly (Pod & { readonly group: string | null })[];
}

/**
 * Puts every pod on a node of its group, as the scheduler may: first what runs on every node, then the control plane's
 * controllers, then the workloads, at their largest number. Groups that do not exist have no rooms.
 */
export function placePods(topology: Topology): Placement {
  const groups = Object.keys(topology.nodes);
  const isControlPlane = (group: string) => lookup(topology.nodes, group)?.role === "control-plane";
  const controlPlane = pack(groups.filter(isControlPlane).flatMap((group) => emptyRooms(topology, group)), controllerPods(topology));
  const rooms: Room[] = [];
  const left: Placement["left"][number][] = controlPlane.left.map((pod) => ({ ...pod, group: null }));
  for (const group of groups) {
    const own = isControlPlane(group) ? controlPlane.rooms.filter((room) => room.node.group === group) : emptyRooms(topology, group);
    const packed = pack(own, groupPods(topology, group));
    rooms.push(...packed.rooms);
    left.push(...packed.left.map((pod) => ({ ...pod, group })));
  }
  return { rooms, left };
}

/** A group's nodes with what runs on every node, and on every node of the control plane. */
export function emptyRooms(topology: Topology, group: string): readonly Room[] {
  const spec = lookup(topology.nodes, group);
  if (!spec) return [];
  const controlPlane = spec.role === "control-plane";
  const daemons = componentPods(topology, "every-node");
  const pods = controlPlane ? [{ ...staticPods, kind: "component", name: "kubernetes" } as const, ...daemons] : daemons;
  return groupMembers(topology, group, spec)
    .filter(({ state }) => state !== "removed")
    .map((node) => pods.reduce(withPod, { node, pods: [], ...allocatable(node.instanceType, controlPlane) }));
}

function withPod(room: Room, pod: Pod): Room {
  return { ...room, pods: [...room.pods, pod], cpu: room.cpu - pod.cpu, memory: room.memory - pod.memory };
}

function componentPods(topology: Topology, on: ComponentPod["on"]): Pod[] {
  return resolveComponents(topology).flatMap(({ id, pods }) =>
    pods
      .filter((pod) => pod.on === on)
      .flatMap(({ replicas, cpu, memory }) => copies(replicas, { kind: "component", name: id, cpu, memory })),
  );
}

function copies(count: number, pod: Pod): Pod[] {
  return Array.from({ length: count }, () => pod);
}

function controllerPods(topology: Topology): readonly Pod[] {
  const { replicas, cpu, memory } = coreDns;
  return [...componentPods(topology, "control-plane"), ...copies(replicas, { kind: "component", name: "coredns", cpu, memory })];
}

/** The pods that run on a group's nodes: a service's at their largest number, which is one a node if nothing is said. */
function groupPods(topology: Topology, group: string): readonly Pod[] {
  const runsHere = ([, { on }]: [string, { readonly on: string }]) => on === group;
  const services = Object.entries(topology.services ?? {}).filter(runsHere);
  const datastores = Object.entries(topology.datastores ?? {}).filter(runsHere);
  const nodes = emptyRooms(topology, group).filter(isOpen).length;
  return [
    ...(topology.platform.on === group ? platformPods(topology) : []),
    ...datastores.flatMap(([name, { engine, resources, backup = defaultBackup(engine) }]): Pod[] => [
      { kind: "datastore", name, ...requests(resources) },
      ...(backup === "none" ? [] : [{ kind: "task", name, ...taskPods.backup } as const]),
    ]),
    ...services.flatMap(([name, { resources, scale, http, replicas = nodes }]): Pod[] => [
      ...copies(scale?.max ?? replicas, { kind: "service", name, ...requests(resources) }),
      ...(http ? [{ kind: "task", name, ...taskPods.check } as const] : []),
    ]),
  ];
}

function platformPods(topology: Topology): readonly Pod[] {
  return [...componentPods(topology, "platform"), { kind: "task", name: "configure", ...taskPods.configure }];
}

function requests(spec: ResourcesSpec | undefined): Resources {
  const { cpu, memory } = resolveResources(spec);
  return { cpu, memory };
}

/** Puts pods into rooms, the largest first, each where most memory is left. */
function pack(rooms: readonly Room[], pods: readonly Pod[]): { readonly rooms: readonly Room[]; readonly left: readonly Pod[] } {
  const filled = [...rooms];
  const left: Pod[] = [];
  for (const pod of pods.toSorted((one, other) => other.memory - one.memory || other.cpu - one.cpu)) {
    const fitting = filled.filter((room) => hasRoomFor(room, pod));
    const roomiest = fitting.reduce<Room | undefined>((best, room) => (best && best.memory >= room.memory ? best : room), undefined);
    if (roomiest) filled[filled.indexOf(roomiest)] = withPod(roomiest, pod);
    else left.push(pod);
  }
  return { rooms: filled, left };
}

/** Whether the scheduler would put the pod there: a node that is draining takes no more. */
export function hasRoomFor(room: Room, pod: Resources): boolean {
  return isOpen(room) && room.pods.length < PODS_PER_NODE && pod.cpu <= room.cpu && pod.memory <= room.memory;
}

function isOpen({ node }: Room): boolean {
  return node.state === "active";
}
