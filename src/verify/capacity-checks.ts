import { groupedBy } from "../grouped-by.ts";
import type { Resources } from "../model/model.ts";
import { byCodeUnit } from "../order.ts";
import type { Check } from "./contradiction.ts";
import type { Facts, Workload } from "./facts.ts";
import { nameOf, show } from "./placement-checks.ts";
import { selection } from "./selection.ts";
import { componentPods, writtenNodes } from "./written-nodes.ts";

/** What the pods of a group ask for together fits the nodes that Terraform makes, and each of them fits one node. */
export const requestsFit: Check = (facts) => {
  const placed = facts.kubernetes.workloads.filter(({ nodeSelector }) => Object.keys(nodeSelector).length > 0);
  const roomsOf = roomSelection(facts);
  const bySelector = groupedBy(placed, ({ nodeSelector }) => show(nodeSelector));
  return [...bySelector]
    .sort(([one], [other]) => byCodeUnit(one, other))
    .flatMap(([, workloads]) => overfull(workloads, roomsOf(workloads[0])));
};

function overfull(workloads: readonly [Workload, ...Workload[]], rooms: readonly Resources[]) {
  const [first] = workloads;
  if (rooms.length === 0) return [];
  const large = workloads.filter(({ requests }) => !rooms.some((room) => fits(requests, room)));
  const asked = sum(workloads.flatMap(({ pods, requests }) => Array.from({ length: pods }, () => requests)));
  const given = sum(rooms);
  return [
    ...large.map((workload) => ({
      file: workload.file,
      message: `a pod of ${nameOf(workload)} fits none of its nodes`,
    })),
    ...(fits(asked, given)
      ? []
      : [
          {
            file: first.file,
            message: `${show(first.nodeSelector)}: ${display(asked)} are asked for, ${display(given)} are there`,
          },
        ]),
  ];
}

/** Finds what each node that a workload selects has for pods, beside what runs on every node. */
function roomSelection(facts: Facts): (workload: Workload) => readonly Resources[] {
  const nodesOf = selection(writtenNodes(facts), ({ labels }) => labels);
  const daemons = sum(componentPods(facts).filter(({ nodeSelector }) => nodeSelector === null));
  return ({ nodeSelector }) =>
    nodesOf(nodeSelector).map(({ allocatable: { cpu, memory } }) => ({
      cpu: cpu - daemons.cpu,
      memory: memory - daemons.memory,
    }));
}

function sum(all: readonly Resources[]): Resources {
  return all.reduce((total, one) => ({ cpu: total.cpu + one.cpu, memory: total.memory + one.memory }), {
    cpu: 0,
    memory: 0,
  });
}

function fits(asked: Resources, given: Resources): boolean {
  return asked.cpu <= given.cpu && asked.memory <= given.memory;
}

function display({ cpu, memory }: Resources): string {
  return `${cpu}m and ${memory}Mi`;
}
