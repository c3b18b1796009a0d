import { lookup } from "../lookup.ts";
import { groupMembers } from "../model/members.ts";
import { gibibytes, resolveResources } from "../model/quantity.ts";
import { distinct } from "../order.ts";
import type { Path } from "../diagnostic.ts";
import type { Topology } from "../topology.ts";
import { listed, type Violation, written } from "./rule.ts";

/** The zones of a group's nodes that can carry something. */
function zonesOf(topology: Topology, name: string): string[] {
  const group = lookup(topology.nodes, name);
  if (!group) return [];
  return distinct(
    groupMembers(topology, name, group).flatMap(({ state, zone }) => (state === "removed" ? [] : [zone])),
  );
}

/** An EBS volume stays in the zone in which it was made: from a node in another zone, a pod cannot reach its data. */
export function* everyDatastoresVolumeIsInItsNodesZone(topology: Topology): Iterable<Violation> {
  for (const [name, { on }] of written(topology.datastores)) {
    const zones = zonesOf(topology, on);
    if (zones.length < 2) continue;
    const message = `The group \`${on}\` has nodes in the zones ${listed(zones)}, and the volume of \`${name}\` can be in one of them only.`;
    yield {
      path: ["datastores", name, "on"],
      message,
      remedy: `Name a group with nodes in one zone, or set \`zone: ${zones[0]}\` for \`${on}\`.`,
    };
  }
}

export function* thePlatformsVolumesAreInItsNodesZone(topology: Topology): Iterable<Violation> {
  const { on, atlantis = true, monitoring = true } = topology.platform;
  const zones = zonesOf(topology, on);
  if (zones.length < 2 || !(atlantis || monitoring)) return;
  const message = `The group \`${on}\` has nodes in the zones ${listed(zones)}, and the volumes of the platform can be in one of them only.`;
  const remedy = `Name a group with nodes in one zone, or set \`zone: ${zones[0]}\` for \`${on}\`.`;
  yield { path: ["platform", "on"], message, remedy };
}

/** https://docs.aws.amazon.com/ebs/latest/userguide/general-purpose.html */
const LARGEST_VOLUME = 16384;

export function* volumesAreNotLargerThanAwsMakesThem(topology: Topology): Iterable<Violation> {
  for (const { path, size } of sizes(topology)) {
    if (size === undefined || gibibytes(size) <= LARGEST_VOLUME) continue;
    yield { path, message: `A volume cannot have \`${size}\`.`, remedy: `Use \`${LARGEST_VOLUME}Gi\` or less.` };
  }
}

/** It stops taking messages while less is free than it may hold in memory: https://www.rabbitmq.com/docs/disk-alarms */
export function* everyRabbitMqHasADiskOfTwiceItsMemory(topology: Topology): Iterable<Violation> {
  for (const [name, { engine, storage, resources }] of written(topology.datastores)) {
    const least = Math.ceil((resolveResources(resources).memory * 2) / 1024);
    if (engine !== "rabbitmq" || gibibytes(storage) >= least) continue;
    yield {
      path: ["datastores", name, "storage"],
      message: `\`${name}\` keeps as much of its disk free as it has memory, so that little or nothing of \`${storage}\` is left for messages.`,
      remedy: `Use \`${least}Gi\` or more.`,
    };
  }
}

function sizes(topology: Topology): { path: Path; size: string | undefined }[] {
  return [
    { path: ["platform", "storage"], size: topology.platform.storage },
    ...written(topology.datastores).map(([name, { storage }]) => ({
      path: ["datastores", name, "storage"],
      size: storage,
    })),
    ...written(topology.roles).map(([name, { disk }]) => ({ path: ["roles", name, "disk"], size: disk })),
    ...written(topology.nodes).flatMap(([name, { disk, members }]) => [
      { path: ["nodes", name, "disk"], size: disk },
      ...written(members).map(([number, own]) => ({
        path: ["nodes", name, "members", number, "disk"],
        size: own.disk,
      })),
    ]),
  ];
}
