import type { Finding } from "../diagnostic.ts";
import type { Topology } from "../topology.ts";
import type { Absence } from "../verify/absences.ts";
import { whereItsNumberIsSaid } from "./capacity.ts";

/**
 * Where a group has several nodes, one of them may be down: a warning when a workload then has no pod left. That a group of one
 * node stands and falls with it was chosen when it was written.
 */
export function spareNodeFindings(topology: Topology, absences: readonly Absence[]): readonly Finding[] {
  return absences
    .filter(({ othersStay }) => othersStay)
    .flatMap(({ group, waiting }) =>
      waiting
        .filter(({ pods, of }) => pods === of)
        .map(({ name }) => ({
          code: "no-spare-node",
          path: whereItsNumberIsSaid(topology, name),
          message: `While its node is down, no other node of \`${group}\` has room for \`${name}\`.`,
          remedy: "Leave room on the other nodes for its pods, or accept that it waits until the node is back.",
          severity: "warning" as const,
        })),
    );
}
