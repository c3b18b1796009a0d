import type { Path } from "../diagnostic.ts";
import { lookup } from "../lookup.ts";
import { instanceTypes } from "../model/catalogue/instances.ts";
import { groupMembers } from "../model/members.ts";
import type { Resources } from "../model/model.ts";
import { emptyRooms, type PlacedPod, placePods, type Room } from "../model/placement.ts";
import { datastorePods, HOOK, type Pod, servicePods } from "../model/pods.ts";
import { distinct } from "../order.ts";
import type { Topology } from "../topology.ts";
import { listed, type Violation } from "./rule.ts";

/** When pods find no room: in whatever order they come, or where smaller ones come first. */
type When = "left" | "late";
const WHEN: readonly When[] = ["left", "late"];

/** How that is said. The scheduler takes pods as they come, and moves none to make room for another of the same priority. */
const SAID = { left: "The", late: "Pods come in any order. If smaller ones come first, the" };

/** The pods without room that no other rule speaks of: their groups have active nodes, and of known types only. */
function podsWithoutRoom(topology: Topology, when: When): readonly PlacedPod[] {
  return placePods(topology)[when].filter(({ group }) =>
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

/** A service or datastore of which not all pods find room. */
interface Homeless {
  readonly kind: "service" | "datastore";
  readonly name: string;
  readonly group: string;
  readonly pod: Resources;
  /** How many of its pods find no room; 0 where only its short-lived one does not. */
  readonly count: number;
  /** What the group's largest node has for a pod of it: all but the system's share and what its short-lived pod takes. */
  readonly most: Resources;
}

function homeless(topology: Topology, when: When): Homeless[] {
  const left = podsWithoutRoom(topology, when).filter((pod) => !isThePlatforms(pod));
  return distinct(left.map(({ name }) => name)).map((name) => {
    const own = ownPods(topology, name);
    const [pod = nothing] = own;
    const task = own.find(({ kind }) => kind === "task") ?? nothing;
    const group = left.find((each) => each.name === name)?.group ?? "";
    const room = largestRoom(topology, group);
    return {
      kind: lookup(topology.services, name) ? "service" : "datastore",
      name,
      group,
      pod,
      count: left.filter((each) => each.name === name && each.kind !== "task").length,
      most: { cpu: room.cpu - task.cpu, memory: room.memory - task.memory },
    };
  });
}

const nothing: Resources = { cpu: 0, memory: 0 };

/** One pod of a service or datastore, and its short-lived one. */
function ownPods(topology: Topology, name: string): readonly Pod[] {
  const service = lookup(topology.services, name);
  const store = lookup(topology.datastores, name);
  if (service) return servicePods([name, { ...service, replicas: 1 }], 1);
  return store ? datastorePods([name, store]) : [];
}

function isTooLarge({ pod, most }: Homeless): boolean {
  return pod.memory > most.memory || pod.cpu > most.cpu;
}

export function* everyPodFitsOnANodeOfItsGroup(topology: Topology): Iterable<Violation> {
  for (const { kind, name, group, pod, most } of homeless(topology, "left").filter(isTooLarge)) {
    const field = pod.memory > most.memory ? "memory" : "cpu";
    const amount = (resources: Resources) => `${resources[field]}${field === "memory" ? "Mi" : "m"}`;
    const node = `a node of \`${group}\` (${largestRoom(topology, group).node.instanceType})`;
    const message = `A pod of \`${name}\` asks for ${amount(pod)} of ${field}, and ${node} has ${amount(most)} for it.`;
    const remedy = `Ask for \`${field}: ${amount(most)}\` or less${orALargerInstance(topology, group)}.`;
    yield { path: [`${kind}s`, name, "resources", field], message, remedy };
  }
}

export function* aGroupsNodesHoldAllItsPods(topology: Topology): Iterable<Violation> {
  for (const when of WHEN) {
    for (const it of homeless(topology, when).filter((each) => when === "late" || !isTooLarge(each))) {
      const pods = ["the short-lived pod", "a pod"][it.count] ?? `${it.count} pods`;
      const message = `${SAID[when]} nodes of \`${it.group}\` have no room for ${pods} of \`${it.name}\` beside their others.`;
      const remedy = `Run fewer or smaller pods, or raise the group's \`count\`${orALargerInstance(topology, it.group)}.`;
      yield { path: whereItsNumberIsSaid(topology, it.name), message, remedy };
    }
  }
}

function isThePlatforms({ kind, name }: PlacedPod): boolean {
  return kind === "component" || name === HOOK;
}

export function* thePlatformsNodesHoldThePlatform(topology: Topology): Iterable<Violation> {
  const { on } = topology.platform;
  for (const when of WHEN) {
    const pods = podsWithoutRoom(topology, when).filter((pod) => isThePlatforms(pod) && pod.group !== null);
    if (pods.length === 0) continue;
    const message = `${SAID[when]} nodes of \`${on}\` (${largestRoom(topology, on).node.instanceType}) have no room for all of the platform: ${names(pods)} find none.`;
    const remedy = `Name a group with more memory${orALargerInstance(topology, on)}.`;
    yield { path: ["platform", "on"], message, remedy };
  }
}

export function* theControlPlaneHoldsItsControllers(topology: Topology): Iterable<Violation> {
  const [group = ""] = groupsOf(topology, null);
  for (const when of WHEN) {
    const pods = podsWithoutRoom(topology, when).filter((pod) => pod.group === null);
    if (pods.length === 0) continue;
    const message = `${SAID[when]} control plane's nodes (${largestRoom(topology, null).node.instanceType}) have no room for all controllers: ${names(pods)} find none.`;
    const larger = largerInstance(topology, group);
    const remedy = larger ? `Use \`instance: ${larger}\`.` : "Use a larger instance type.";
    yield { path: ["nodes", group, "instance"], message, remedy };
  }
}

function names(pods: readonly PlacedPod[]): string {
  return listed(distinct(pods.map(({ name }) => name)));
}

/** The active node that has most memory for its group's pods. */
function largestRoom(topology: Topology, group: string | null): Room {
  const rooms = groupsOf(topology, group).flatMap((name) => emptyRooms(topology, name));
  return rooms
    .filter(({ node }) => node.state === "active")
    .reduce((best, room) => (room.memory > best.memory ? room : best));
}

/** The number of a workload's pods, or else the group that they run on. */
export function whereItsNumberIsSaid(topology: Topology, name: string): Path {
  const service = lookup(topology.services, name);
  if (!service) return lookup(topology.datastores, name) ? ["datastores", name, "on"] : ["platform", "on"];
  if (service.scale) return ["services", name, "scale", "max"];
  return ["services", name, service.replicas === undefined ? "on" : "replicas"];
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
    const { left, late } = placePods({ ...topology, nodes });
    return [...left, ...late].every((pod) => !groupsOf(topology, pod.group).includes(group));
  });
}
