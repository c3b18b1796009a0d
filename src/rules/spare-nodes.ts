import { lookup } from "../lookup.ts";
import { type Placement, placePods, type Room } from "../model/placement.ts";
import type { Topology } from "../topology.ts";
import { whereItsNumberIsSaid } from "./capacity.ts";
import type { Violation } from "./rule.ts";

type LeftPod = Placement["left"][number];

/**
 * Where a group has several nodes, one of them may be down: a warning when a workload then has no pod left. That a group of one
 * node stands and falls with it was chosen when it was written.
 */
export function* everyWorkloadOutlivesAnyNode(topology: Topology): Iterable<Violation> {
  const { rooms, left } = placePods(topology);
  const full = new Set(left.map(({ group }) => group));
  for (const [group, own] of rooms) {
    const open = own.filter(({ node }) => node.state === "active");
    for (const { node } of open.length > 1 && !full.has(group) ? oneOfEachType(open) : []) {
      for (const pod of oneOfEach(podsThatNeed(topology, node))) {
        const message = `When ${node.name} is down, no other node of \`${group}\` has room for \`${pod.name}\`.`;
        const remedy = "Leave room on the other nodes for its pods, or accept that it waits until the node is back.";
        yield { path: whereItsNumberIsSaid(topology, pod.name), message, remedy, severity: "warning" };
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

/** The first pod of each owner. */
function oneOfEach(pods: readonly LeftPod[]): LeftPod[] {
  return pods.filter(
    (pod, index) => pods.findIndex(({ kind, name }) => kind === pod.kind && name === pod.name) === index,
  );
}
