import type { Path } from "../diagnostic.ts";
import { lookup } from "../lookup.ts";
import { instanceTypes } from "../model/catalogue/instances.ts";
import { groupMembers } from "../model/members.ts";
import { emptyRooms, hasRoomFor, type Placement, placePods, type Room } from "../model/placement.ts";
import { HOOK } from "../model/pods.ts";
import { distinct } from "../order.ts";
import type { Topology } from "../topology.ts";
import { listed, type Violation } from "./rule.ts";

type LeftPod = Placement["left"][number];

/** The pods without room that no other rule speaks of: their groups have active nodes, and of known types only. */
function leftPods(topology: Topology): readonly LeftPod[] {
  return placePods(topology).left.filter(({ group }) =>
    groupsOf(topology, group).some((name) => hasSoundNodes(topology, name)),
  );
}

/** The group itself, or all groups of the control plane. */
function groupsOf(topology: Topology, group: string | null): string[] {
  return group === null
    ? Object.keys(topology.nodes).filter((name) => topology.nodes[name]?.role === "control-plane")
    : [group];
}

function hasSoundNodes(topology: Topology, name: string): boolean {
  const group = lookup(topology.nodes, name);
  const standing = group ? groupMembers(topology, name, group).filter(({ state }) => state !== "removed") : [];
  return (
    standing.some(({ state }) => state === "active") &&
    standing.every(({ instanceType }) => instanceTypes.has(instanceType))
  );
}

export function* everyPodFitsOnANodeOfItsGroup(topology: Topology): Iterable<Violation> {
  for (const pod of oneOfEach(leftPods(topology))) {
    const room = largestRoom(topology, pod.group);
    if (pod.kind === "component" || pod.kind === "task" || hasRoomFor(room, pod)) continue;
    const field = pod.memory > room.memory ? "memory" : "cpu";
    const unit = field === "memory" ? "Mi" : "m";
    const node = `a node of \`${pod.group}\` (${room.node.instanceType})`;
    const message = `A pod of \`${pod.name}\` asks for ${pod[field]}${unit} of ${field}, and ${node} has ${room[field]}${unit} for it.`;
    const remedy = `Ask for \`${field}: ${room[field]}${unit}\` or less${orALargerInstance(topology, pod.group)}.`;
    yield { path: [`${pod.kind}s`, pod.name, "resources", field], message, remedy };
  }
}

export function* aGroupsNodesHoldAllItsPods(topology: Topology): Iterable<Violation> {
  const left = leftPods(topology).filter((pod) => !isThePlatforms(pod));
  for (const pod of oneOfEach(left)) {
    if (!hasRoomFor(largestRoom(topology, pod.group), pod)) continue;
    const count = left.filter((other) => other.kind === pod.kind && other.name === pod.name).length;
    const pods = `${count === 1 ? "a" : count} ${pod.kind === "task" ? "short-lived " : ""}pod${count === 1 ? "" : "s"}`;
    const message = `The nodes of \`${pod.group}\` have no room for ${pods} of \`${pod.name}\` (${pod.memory}Mi, ${pod.cpu}m) beside their others.`;
    const remedy = `Run fewer or smaller pods, or raise the group's \`count\`${orALargerInstance(topology, pod.group)}.`;
    yield { path: whereItsNumberIsSaid(topology, pod), message, remedy };
  }
}

function isThePlatforms({ kind, name }: LeftPod): boolean {
  return kind === "component" || name === HOOK;
}

export function* thePlatformsNodesHoldThePlatform(topology: Topology): Iterable<Violation> {
  const left = leftPods(topology).filter((pod) => isThePlatforms(pod) && pod.group !== null);
  if (left.length === 0) return;
  const { on } = topology.platform;
  const message = `The nodes of \`${on}\` (${largestRoom(topology, on).node.instanceType}) have no room for all of the platform: ${names(left)} find none.`;
  const remedy = `Name a group with more memory${orALargerInstance(topology, on)}.`;
  yield { path: ["platform", "on"], message, remedy };
}

export function* theControlPlaneHoldsItsControllers(topology: Topology): Iterable<Violation> {
  const left = leftPods(topology).filter(({ group }) => group === null);
  const [group = ""] = groupsOf(topology, null);
  if (left.length === 0) return;
  const message = `The control plane's nodes (${largestRoom(topology, null).node.instanceType}) have no room for all controllers: ${names(left)} find none.`;
  const larger = largerInstance(topology, group);
  yield {
    path: ["nodes", group, "instance"],
    message,
    remedy: larger ? `Use \`instance: ${larger}\`.` : "Use a larger instance type.",
  };
}

/**
 * Where a group has several nodes, one of them may be down: a warning when a workload then has no pod left. That a group of one
 * node stands and falls with it was chosen when it was written.
 */
export function* everyWorkloadOutlivesAnyNode(topology: Topology): Iterable<Violation> {
  const full = new Set(placePods(topology).left.map(({ group }) => group));
  for (const group of Object.keys(topology.nodes).filter((name) => !full.has(name))) {
    const open = emptyRooms(topology, group).filter(({ node }) => node.state === "active");
    for (const { node } of open.length > 1 ? oneOfEachType(open) : []) {
      for (const pod of oneOfEach(podsThatNeed(topology, node))) {
        const message = `When ${node.name} is down, no other node of \`${group}\` has room for \`${pod.name}\`.`;
        const remedy = "Leave room on the other nodes for its pods, or accept that it waits until the node is back.";
        yield { path: whereItsNumberIsSaid(topology, pod), message, remedy, severity: "warning" };
      }
    }
  }
}

/** Of nodes that are alike it does not matter which is down. */
function oneOfEachType(rooms: readonly Room[]): Room[] {
  const types = rooms.map(({ node }) => node.instanceType);
  return rooms.filter((_, index) => types.indexOf(types[index] ?? "") === index);
}

/** The workloads of a node's group that have no pod at all while the node takes none. */
function podsThatNeed(topology: Topology, { group, number }: Room["node"]): LeftPod[] {
  const spec = topology.nodes[group];
  if (!spec) return [];
  const members = { ...spec.members, [number]: { ...lookup(spec.members, number), state: "draining" as const } };
  const { rooms, left } = placePods({ ...topology, nodes: { [group]: { ...spec, members } } });
  const placed = new Set(
    (rooms.get(group) ?? []).flatMap(({ pods }) => pods.map(({ kind, name }) => `${kind} ${name}`)),
  );
  return left.filter((pod) => pod.group === group && pod.kind !== "task" && !placed.has(`${pod.kind} ${pod.name}`));
}

function names(pods: readonly LeftPod[]): string {
  return listed(distinct(pods.map(({ name }) => name)));
}

/** The first pod of each owner. */
function oneOfEach(pods: readonly LeftPod[]): LeftPod[] {
  return pods.filter(
    (pod, index) => pods.findIndex(({ kind, name }) => kind === pod.kind && name === pod.name) === index,
  );
}

/** The active node that has most memory for its group's pods. */
function largestRoom(topology: Topology, group: string | null): Room {
  const rooms = groupsOf(topology, group).flatMap((name) => emptyRooms(topology, name));
  return rooms
    .filter(({ node }) => node.state === "active")
    .reduce((best, room) => (room.memory > best.memory ? room : best));
}

function whereItsNumberIsSaid(topology: Topology, { kind, name }: LeftPod): Path {
  const service = lookup(topology.services, name);
  if (!service) return lookup(topology.datastores, name) ? ["datastores", name, "on"] : ["platform", "on"];
  if (kind === "service" && service.scale) return ["services", name, "scale", "max"];
  return ["services", name, kind === "service" && service.replicas !== undefined ? "replicas" : "on"];
}

function orALargerInstance(topology: Topology, group: string | null): string {
  const larger = group === null ? undefined : largerInstance(topology, group);
  return larger ? `, or give \`${group}\` a larger instance: \`instance: ${larger}\`` : "";
}

/** The smallest type of the group's family on whose nodes everything finds room. */
function largerInstance(topology: Topology, group: string): string | undefined {
  const spec = lookup(topology.nodes, group);
  const [first] = spec ? groupMembers(topology, group, spec) : [];
  const family = [...instanceTypes.keys()].filter((type) => type.split(".")[0] === first?.instanceType.split(".")[0]);
  return family.find((instance) => {
    const nodes = { ...topology.nodes, ...(spec ? { [group]: { ...spec, instance } } : {}) };
    return placePods({ ...topology, nodes }).left.every((pod) => !groupsOf(topology, pod.group).includes(group));
  });
}
