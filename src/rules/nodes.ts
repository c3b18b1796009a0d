import { lookup } from "../lookup.ts";
import { instanceTypes } from "../model/catalogue/instances.ts";
import { groupMembers } from "../model/members.ts";
import { gibibytes } from "../model/quantity.ts";
import type { Path } from "../diagnostic.ts";
import type { Topology } from "../topology.ts";
import { placements } from "./references.ts";
import { didYouMean, type Violation, written } from "./rule.ts";

const CONTROL_PLANE = "control-plane";

/** etcd decides by majority, so that an even number survives no more than the odd one below it: https://etcd.io/docs/v3.5/faq/ */
const CONTROL_PLANE_SIZES = [1, 3, 5];

export function* theControlPlaneHasOneThreeOrFiveNodes(topology: Topology): Iterable<Violation> {
  const groups = written(topology.nodes).filter(([, { role }]) => role === CONTROL_PLANE);
  const [first] = groups;
  if (!first) {
    const remedy = `Add a group such as \`master: { role: ${CONTROL_PLANE}, address: ... }\`.`;
    yield { path: ["nodes"], message: `No node group has the role \`${CONTROL_PLANE}\`.`, remedy };
    return;
  }
  const states = groups.flatMap(([name, group]) => groupMembers(topology, name, group)).map(({ state }) => state);
  const standing = states.filter((state) => state !== "removed").length;
  if (!CONTROL_PLANE_SIZES.includes(standing)) {
    const message = `The control plane has ${standing} nodes; etcd works well with one, three or five.`;
    yield {
      path: ["nodes", first[0], "count"],
      message,
      remedy: "Give the control plane 1, 3 or 5 nodes that are not removed.",
    };
  } else if (!states.includes("active")) {
    const message = "Every node of the control plane is draining, and none is left to run the cluster.";
    yield { path: ["nodes", first[0], "state"], message, remedy: "Keep at least one of its nodes `active`." };
  }
}

export function* membersAreNumbersOfTheirGroup(topology: Topology): Iterable<Violation> {
  for (const [name, { count = 1, members }] of written(topology.nodes)) {
    for (const number of Object.keys(members ?? {})) {
      if (Number(number) <= count) continue;
      const message = `The group \`${name}\` has no node ${number}: its \`count\` is ${count}.`;
      const remedy = `Remove the entry, or set \`count: ${number}\`.`;
      yield { path: ["nodes", name, "members", number], atKey: true, message, remedy };
    }
  }
}

export function* groupsNameTheirZonesOnce(topology: Topology): Iterable<Violation> {
  for (const [name, { zone, zones }] of written(topology.nodes)) {
    if (!zone || !zones) continue;
    const message = `The group \`${name}\` has both \`zone\` and \`zones\`.`;
    yield { path: ["nodes", name, "zone"], atKey: true, message, remedy: "Remove `zone`, or `zones`." };
  }
}

/** A node that is draining takes no new pods, and a removed one is gone. */
export function* workloadsRunOnGroupsWithActiveNodes(topology: Topology): Iterable<Violation> {
  for (const { path, on } of placements(topology)) {
    const group = lookup(topology.nodes, on);
    if (!group || groupMembers(topology, on, group).some(({ state }) => state === "active")) continue;
    const message = `No node of the group \`${on}\` is active, so nothing can run on it.`;
    yield { path, message, remedy: "Name another group, or set `state: active` for one of its nodes." };
  }
}

/** What runs beside etcd can starve it; whoever wants that says `reserved: false` for the role. */
export function* workloadsStayOffTheControlPlane(topology: Topology): Iterable<Violation> {
  if (lookup(topology.roles, CONTROL_PLANE)?.reserved === false) return;
  for (const { path, on } of placements(topology)) {
    if (lookup(topology.nodes, on)?.role !== CONTROL_PLANE) continue;
    const message = `The group \`${on}\` is the control plane, which accepts no other workloads.`;
    const remedy = `Name a group of another role, or accept it: \`roles: { ${CONTROL_PLANE}: { reserved: false } }\`.`;
    yield { path, message, remedy };
  }
}

/** Terraform moves a node from its old name to its new one: the old one must be free, and have one heir. */
export function* renamedGroupsHaveLeftTheirOldNames(topology: Topology): Iterable<Violation> {
  const heirs = new Map<string, string>();
  for (const [name, { renamedFrom }] of written(topology.nodes)) {
    if (renamedFrom === undefined) continue;
    const path = ["nodes", name, "renamedFrom"];
    const heir = heirs.get(renamedFrom);
    if (lookup(topology.nodes, renamedFrom)) {
      const message =
        renamedFrom === name ? "A group cannot be renamed from itself." : `The group \`${renamedFrom}\` still exists.`;
      yield { path, message, remedy: "Remove `renamedFrom`, or the group that has the old name." };
    } else if (heir) {
      yield {
        path,
        message: `\`${renamedFrom}\` is the earlier name of \`${heir}\` already.`,
        remedy: "Keep it for one of the two.",
      };
    }
    heirs.set(renamedFrom, heir ?? name);
  }
}

/** Whatever can have a key of the given name: roles, groups, and single nodes. */
function nodeSpecs(topology: Topology): { path: Path; instance?: string; disk?: string }[] {
  return [
    ...written(topology.roles).map(([name, spec]) => ({ path: ["roles", name], ...spec })),
    ...written(topology.nodes).flatMap(([name, spec]) => [
      { path: ["nodes", name], ...spec },
      ...written(spec.members).map(([number, own]) => ({ path: ["nodes", name, "members", number], ...own })),
    ]),
  ];
}

export function* instanceTypesAreInTheCatalogue(topology: Topology): Iterable<Violation> {
  const known = [...instanceTypes.keys()];
  for (const { path, instance } of nodeSpecs(topology)) {
    if (instance === undefined || instanceTypes.has(instance)) continue;
    const family = known.filter((type) => type.split(".")[0] === instance.split(".")[0]);
    const otherwise = family.length > 0 ? family : ["t3.small", "t3.medium", "m6i.large", "c6i.large", "r6i.large"];
    const remedy = didYouMean(instance, known, `Use a type whose size topogen knows, such as ${otherwise.join(", ")}.`);
    yield {
      path: [...path, "instance"],
      message: `There is no instance type \`${instance}\` in topogen's catalogue.`,
      remedy,
    };
  }
}

/** The image of Debian takes 8 GiB, and Kubernetes' images and logs the rest. The upper limit is gp3's. */
const ROOT_VOLUME = { smallest: 10, largest: 16384 };

export function* rootVolumesHoldTheSystem(topology: Topology): Iterable<Violation> {
  for (const { path, disk } of nodeSpecs(topology)) {
    if (disk === undefined || gibibytes(disk) >= ROOT_VOLUME.smallest) continue;
    const message = `A root volume of \`${disk}\` does not hold the system and its images.`;
    yield { path: [...path, "disk"], message, remedy: `Use \`${ROOT_VOLUME.smallest}Gi\` or more.` };
  }
}
