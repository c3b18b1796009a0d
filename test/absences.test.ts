import { suite } from "uvu";
import * as assert from "uvu/assert";
import { stringify } from "yaml";
import { absenceLines } from "../src/absence-lines.ts";
import { compile } from "../src/compile.ts";
import type { NodeGroupSpec, ServiceSpec, Topology } from "../src/topology.ts";
import type { Absence } from "../src/verify/absences.ts";
import { fourteenNodes } from "./fourteen-nodes.ts";

const test = suite("pods without a place while a node is down");

function absencesOf(topology: Topology): readonly Absence[] {
  const { tree, diagnostics } = compile("topology.yaml", stringify(topology));
  if (!tree) throw new Error(JSON.stringify(diagnostics));
  return tree.absences;
}

const { redis } = fourteenNodes.datastores ?? {};
if (!redis) throw new Error("the 14 nodes have lost Redis");

/** A group `pool`, with Redis on it, and what runs there. */
function pool(group: Partial<NodeGroupSpec>, services: Readonly<Record<string, Partial<ServiceSpec>>>): Topology {
  const workers = Object.entries(services).map(([name, spec]) => {
    return [name, { on: "pool", image: "v1.0.0", alive: ["true"], ...spec }] as const;
  });
  return {
    ...fourteenNodes,
    nodes: {
      master: { role: "control-plane", address: "10.0.1.10" },
      pool: { role: "data", address: "10.0.1.20", instance: "t3.medium", ...group },
      monitoring: { role: "monitoring", address: "10.0.1.80" },
    },
    roles: {},
    buckets: {},
    datastores: { redis: { ...redis, on: "pool", resources: { memory: "1200Mi" } } } as Topology["datastores"] & {},
    services: Object.fromEntries(workers),
    edge: {},
  };
}

const waitingIn = (found: readonly Absence[], name: string) =>
  found
    .filter(({ group }) => group === name)
    .map(({ nodes, waiting }) => [
      nodes.join(" "),
      waiting.map(({ name, pods, of }) => `${name} ${pods}/${of}`).join(" "),
    ]);

test("of the 14 nodes, all but the workers' have no other of their group, and one worker has no room for two pods", () => {
  const found = absencesOf(fourteenNodes);
  assert.equal(
    found.filter(({ othersStay }) => !othersStay).flatMap(({ nodes }) => nodes),
    Object.keys(fourteenNodes.nodes)
      .filter((group) => !["master", "scan-worker"].includes(group))
      .sort()
      .map((group) => `${group}-1`),
  );
  assert.equal(waitingIn(found, "scan-worker"), [["scan-worker-1 scan-worker-2", "scan-worker 1/2"]]);
  assert.equal(waitingIn(found, "auth"), [["auth-1", "auth 1/1"]]);
});

test("nothing waits where the others have room", () => {
  const roomy = pool({ count: 3 }, { worker: { replicas: 3, resources: { memory: "600Mi" } } });
  assert.equal(waitingIn(absencesOf(roomy), "pool"), []);
});

test("a datastore takes the place of a service's pod, which waits in its stead", () => {
  const crowded = pool({ count: 3 }, { worker: { replicas: 8, resources: { cpu: "100m", memory: "800Mi" } } });
  assert.equal(waitingIn(absencesOf(crowded), "pool"), [["pool-1 pool-2 pool-3", "worker 3/8"]]);
});

test("a node may not take many more pods of a service than another, even where it has room", () => {
  const members = { 1: { instance: "t3.2xlarge" } };
  const uneven = pool({ count: 3, members }, { worker: { replicas: 4, resources: { memory: "2800Mi" } } });
  assert.equal(waitingIn(absencesOf(uneven), "pool"), [
    ["pool-1", "worker 3/4"],
    ["pool-2 pool-3", "worker 1/4"],
  ]);
});

test("a volume does not move to another zone", () => {
  const found = absencesOf(pool({ count: 2, members: { 2: { state: "draining" } } }, {}));
  assert.equal(waitingIn(found, "pool"), [["pool-1", "redis 1/1"]]);
});

test("people read of groups of one node together, and of five others", () => {
  const waiting = [{ owner: "Deployment api/a", name: "a", pods: 1, of: 2 }];
  const alone = { group: "alone", nodes: ["alone-1"], othersStay: false, waiting };
  const other = { group: "b", nodes: ["b-1", "b-2"], othersStay: true, waiting };
  assert.equal(absenceLines([]), []);
  assert.equal(absenceLines([alone, other]), [
    "Groups of one node, whose pods wait while it is down: alone.",
    "While b-1 or b-2 is down, no other node has room for 1 of 2 pods of a.",
  ]);
  assert.equal(absenceLines(Array.from({ length: 7 }, () => other)).slice(5), [
    "2 more lines like this: `--json` has them all.",
  ]);
});

test.run();
