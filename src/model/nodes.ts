import { lookup } from "../lookup.ts";
import { byCodeUnit, distinct, entries } from "../order.ts";
import type { NodeGroupSpec, Taint, Topology } from "../topology.ts";
import { allocatable, reservedForSystem } from "./capacity.ts";
import { formatAddress } from "./ipv4.ts";
import { groupMembers, type Member, roleWithDefaults } from "./members.ts";
import type { Labels, Network, Node, NodeGroup, Role } from "./model.ts";
import { GROUP_LABEL, ROLE_LABEL } from "./node-labels.ts";
import { type Placement, podsOn } from "./placement.ts";
import { gibibytes } from "./quantity.ts";
import { groupStop } from "./stopping.ts";

/** The taint that kubeadm puts on control-plane nodes. */
const CONTROL_PLANE_TAINT = "node-role.kubernetes.io/control-plane";

/** What groups are resolved against. */
export interface GroupContext {
  readonly topology: Topology;
  readonly roles: readonly Role[];
  readonly network: Network;
  readonly placement: Placement;
}

/** Groups by name, with their nodes by number. Removed nodes are left out, and groups that have no other. */
export function resolveGroups({ topology, roles, network, placement }: GroupContext): readonly NodeGroup[] {
  return entries(topology.nodes).flatMap(([name, spec]) => {
    const role = roles.find((candidate) => candidate.name === spec.role);
    if (!role) return [];
    const taints = groupTaints(topology, name, spec);
    const nodes = groupMembers(topology, name, spec)
      .filter((member) => member.state !== "removed")
      .map((member) => resolveNode(member, { topology, spec, role, taints, network, placement }));
    if (nodes.length === 0) return [];
    return [
      {
        name,
        role,
        nodes,
        reserved: roleWithDefaults(topology, spec.role).reserved ?? true,
        selector: { [GROUP_LABEL]: name },
        taints,
        zones: distinct(nodes.map((node) => node.zone.letter)) as NodeGroup["zones"][number][],
      },
    ];
  });
}

interface Surroundings {
  readonly placement: Placement;
  readonly topology: Topology;
  readonly spec: NodeGroupSpec;
  readonly role: Role;
  readonly taints: readonly Required<Taint>[];
  readonly network: Network;
}

function resolveNode(member: Member, { topology, spec, role, taints, network, placement }: Surroundings): Node {
  const zone = network.zones.find((candidate) => candidate.letter === member.zone) ?? network.zones[0];
  if (!zone) throw new Error(`${member.name} is in no zone`);
  const { controlPlane } = role;
  const reserved = reservedForSystem(controlPlane);
  return {
    name: member.name,
    group: member.group,
    role: role.name,
    number: member.number,
    zone,
    address: formatAddress(member.address),
    instanceType: member.instanceType,
    disk: gibibytes(member.disk),
    controlPlane,
    protected: member.state === "active" && isProtected(topology, role.name),
    state: member.state === "draining" ? "draining" : "active",
    labels: nodeLabels(topology, spec, member, zone.name),
    taints,
    metadataHops: needsMetadata(role) ? 2 : 1,
    reservedForSystem: reserved,
    stopSeconds: groupStop(topology, member.group),
    allocatable: allocatable(member.instanceType, reserved),
    pods: podsOn(placement, member),
    renamedFrom: spec.renamedFrom ? `${spec.renamedFrom}-${member.number}` : null,
  };
}

/** Draining is the way to remove a protected node: from then on Terraform lets it go. */
function isProtected(topology: Topology, role: string): boolean {
  return roleWithDefaults(topology, role).protected ?? ["control-plane", "data"].includes(role);
}

/** Whether pods on the role's nodes speak to AWS with the node's own rights. */
function needsMetadata({ rights }: Role): boolean {
  const { loadBalancerController, volumes, readSecrets, atlantis, buckets } = rights;
  return loadBalancerController || volumes || readSecrets || atlantis || buckets.length > 0;
}

function nodeLabels(topology: Topology, spec: NodeGroupSpec, member: Member, zoneName: string): Labels {
  const labels = {
    ...lookup(topology.roles, spec.role)?.labels,
    ...spec.labels,
    [GROUP_LABEL]: member.group,
    [ROLE_LABEL]: spec.role,
    "topology.kubernetes.io/region": topology.aws.region,
    "topology.kubernetes.io/zone": zoneName,
  };
  return Object.fromEntries(entries(labels));
}

/** The taint that keeps others away, and those that the role and the group ask for, by key. */
export function groupTaints(topology: Topology, name: string, spec: NodeGroupSpec): readonly Required<Taint>[] {
  const role = roleWithDefaults(topology, spec.role);
  const own = [...(role.taints ?? []), ...(spec.taints ?? [])].map((taint) => ({ value: "", ...taint }));
  const taints = role.reserved === false ? own : [reservation(name, spec.role), ...own];
  return taints.sort((one, other) => byCodeUnit(one.key + one.effect, other.key + other.effect));
}

function reservation(group: string, role: string): Required<Taint> {
  return role === "control-plane"
    ? { key: CONTROL_PLANE_TAINT, value: "", effect: "NoSchedule" }
    : { key: GROUP_LABEL, value: group, effect: "NoSchedule" };
}
