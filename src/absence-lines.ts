import { count } from "./count.ts";
import { distinct } from "./order.ts";
import { listed } from "./rules/rule.ts";
import type { Absence } from "./verify/absences.ts";

/** How many groups of several nodes are spoken of; the JSON has all. */
const MOST = 5;

/** What people are told of the pods that have no place while a node is down: groups of one node together, each other by itself. */
export function absenceLines(absences: readonly Absence[]): readonly string[] {
  const alone = distinct(absences.filter(({ othersStay }) => !othersStay).map(({ group }) => group));
  const lines = absences.filter(({ othersStay }) => othersStay).map(absenceLine);
  return [
    ...(alone.length > 0 ? [`Groups of one node, whose pods wait while it is down: ${listed(alone)}.`] : []),
    ...lines.slice(0, MOST),
    ...(lines.length > MOST ? [`${count(lines.length - MOST, "more line")} like this: \`--json\` has them all.`] : []),
  ];
}

function absenceLine({ nodes, waiting }: Absence): string {
  const pods = waiting.map(({ name, pods: some, of }) => `${some} of ${count(of, "pod")} of ${name}`);
  return `While ${listed(nodes, "or")} is down, no other node has room for ${listed(pods)}.`;
}
