import { readFileSync } from "node:fs";
import { suite } from "uvu";
import { parse } from "yaml";
import type { Topology } from "../../src/topology.ts";
import * as checks from "../rehearsal/checks.ts";
import { Rehearsal } from "../rehearsal/rehearsal.ts";
import { secretsAreKept } from "../rehearsal/secrecy.ts";
import { rehearsalNeeds } from "../rehearsal/supplies.ts";
import { needs } from "./tool.ts";

const test = suite("rehearsal: the three nodes of the smallest platform");
const minimal = parse(readFileSync("test/golden/minimal/topology.yaml", "utf8")) as Topology;

needs(test, ...rehearsalNeeds)("site.yml brings the cluster up, and changes nothing when it runs again", async () => {
  const rehearsal = await Rehearsal.start(minimal);
  try {
    checks.succeeded(await rehearsal.playbook("site"));
    await checks.nodesAreThoseOfTheModel(rehearsal);
    await checks.releasesAreThoseOfTheTree(rehearsal);
    await checks.everyPodRuns(rehearsal);
    checks.changedNothing(await rehearsal.playbook("site", { as: "site again" }));
    await secretsAreKept(rehearsal);
  } finally {
    console.log(rehearsal.report);
    await rehearsal.stop();
  }
});

test.run();
