import { suite } from "uvu";
import type { Topology } from "../../src/topology.ts";
import { needs } from "../tools/tool.ts";
import { Rehearsal } from "./rehearsal.ts";
import { canRehearse, rehearsalNeeds } from "./supplies.ts";

/** A suite whose tests are steps on one cluster: its hosts are booted before the first, and ended after the last. */
export function stepsOn(topology: Topology, name: string) {
  const test = suite<{ cluster: Rehearsal }>(name);
  test.before(async (context) => {
    if (canRehearse) context.cluster = await Rehearsal.start(topology);
  });
  test.after(async ({ cluster }) => {
    if (cluster === undefined) return;
    console.log(cluster.report);
    await cluster.stop();
  });
  return { test, step: needs(test, ...rehearsalNeeds) };
}
