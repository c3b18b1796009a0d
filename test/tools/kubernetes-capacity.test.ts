import { suite } from "uvu";
import * as assert from "uvu/assert";
import { generators } from "../../generators/index.ts";
import { type Absence, absences } from "../../src/verify/absences.ts";
import { readFacts } from "../../src/verify/read-facts.ts";
import { resolve } from "../../src/model/resolve.ts";
import type { Topology } from "../../src/topology.ts";
import { fourteenNodes } from "../fourteen-nodes.ts";
import { objectsOf } from "../kubernetes-tree.ts";
import { type Cluster, clusterTools } from "./cluster.ts";
import { crds } from "./cluster-content.ts";
import { asking, deploy, errorsOf, type Kind, most, nameOf, ownerOf, settled, withCluster } from "./placing.ts";
import { isPending, type Pod, table } from "./pods.ts";
import { needs } from "./tool.ts";

const test = suite("kubernetes: room on the nodes");
const inCluster = needs(test, ...clusterTools, crds);

/** How many pods of each owner have no place. */
function countsOf(owners: readonly (string | null)[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const owner of owners.filter((each) => each !== null).sort()) counts[owner] = (counts[owner] ?? 0) + 1;
  return counts;
}

function warnedOf(found: readonly Absence[], down: readonly string[]): Record<string, number> {
  const waiting = found
    .filter(({ nodes }) => nodes.some((name) => down.includes(name)))
    .flatMap((each) => each.waiting);
  return countsOf(waiting.flatMap(({ owner, pods }) => Array.from({ length: pods }, () => owner)));
}

/** Takes one node of each group away at once: pods never leave their group. Then the next, until each has been away. */
async function takeAway(cluster: Cluster, topology: Topology): Promise<void> {
  const model = resolve(topology);
  const files = generators.flatMap((generate) => generate(model));
  const found = absences(readFacts(files, model.paths));
  const groups = model.groups
    .filter(({ role }) => !role.controlPlane)
    .map(({ nodes }) => nodes.map(({ name }) => name));
  const rounds = Math.max(...groups.map(({ length }) => length));
  assert.equal(countsOf((await settled(cluster)).filter(isPending).map(ownerOf)), {}, "all nodes are there");
  for (let round = 0; round < rounds; round++) {
    const down = groups.flatMap((names) => names[round] ?? []);
    const drain = ["drain", "--ignore-daemonsets", "--delete-emptydir-data", "--disable-eviction", "--force"];
    await cluster.kubectl([...drain, "--timeout=120s", ...down], { seconds: 180 });
    const pods = await settled(cluster);
    assert.equal(countsOf(pods.filter(isPending).map(ownerOf)), warnedOf(found, down), table(pods));
    console.log(`\nwithout ${down.join(", ")}: ${JSON.stringify(warnedOf(found, down))}`);
    await cluster.kubectl(["uncordon", ...down]);
    await settled(cluster);
  }
}

inCluster("with any one node away, exactly those pods wait that the verification pass warns of", async () => {
  await withCluster(fourteenNodes, (cluster) => takeAway(cluster, fourteenNodes));
});

const { redis } = fourteenNodes.datastores ?? {};
if (!redis) throw new Error("the 14 nodes have lost Redis");

/** A group of three nodes that is nearly full: Redis takes the place of a less important pod when its node is away. */
const crowded: Topology = {
  ...fourteenNodes,
  nodes: {
    master: { role: "control-plane", address: "10.0.1.10" },
    pool: { role: "data", count: 3, address: "10.0.1.20", instance: "t3.medium" },
    monitoring: { role: "monitoring", address: "10.0.1.80" },
  },
  roles: {},
  buckets: {},
  datastores: { redis: { ...redis, on: "pool", resources: { cpu: "250m", memory: "1200Mi" } } },
  services: {
    worker: { on: "pool", image: "v1.0.0", alive: ["true"], replicas: 8, resources: { cpu: "100m", memory: "800Mi" } },
  },
  edge: {},
};

inCluster("also where pods that are more important take the places of others", async () => {
  assert.equal(errorsOf(crowded), []);
  await withCluster(crowded, (cluster) => takeAway(cluster, crowded));
});

/** A worker, a service with the pod that checks it, a datastore, and one with the pod of its backup. */
const bounds: readonly (readonly [Kind, string, number])[] = (
  [
    ["services", "storage"],
    ["services", "auth"],
    ["datastores", "redis"],
    ["datastores", "postgres"],
  ] as const
).map(([kind, name]) => [kind, name, most(fourteenNodes, kind, name)]);

function at(extra: number): Topology {
  return bounds.reduce((all, [kind, name, memory]) => asking(all, kind, name, memory + extra), fourteenNodes);
}

inCluster(
  "what `gen` just accepts has a place, and with one MiB more neither `gen` nor the scheduler takes it",
  async () => {
    assert.equal(errorsOf(at(0)), []);
    assert.equal(errorsOf(at(1)), ["pod-too-large", "pod-too-large", "pod-too-large", "pod-too-large"]);
    await withCluster(at(0), async (cluster) => {
      assert.equal((await settledWithTasks(cluster)).filter(isPending).map(nameOf), []);
      await deploy(cluster, at(1));
      const pods = await settledWithTasks(cluster);
      assert.equal(pods.filter(isPending).map(nameOf).sort(), ["auth.check", "postgres.backup", "redis", "storage"]);
      for (const { status } of pods.filter(isPending)) {
        assert.match(status.conditions?.[0]?.message ?? "", /1 Insufficient memory/);
      }
    });
  },
);

/** The pods, after the workloads have found their places, and after that the tasks that need room beside them. */
async function settledWithTasks(cluster: Cluster): Promise<Pod[]> {
  await settled(cluster);
  const check = objectsOf(resolve(fourteenNodes)).find(({ object }) => object.metadata.name === "auth-check");
  await cluster.apply([{ ...check?.object, metadata: { name: `check-${++started}`, namespace: "api" } }]);
  const create = ["--namespace=data", "create", "job", "--from=cronjob/postgres-backup"];
  await cluster.kubectl([...create, `backup-${started}`]);
  return settled(cluster);
}

let started = 0;

test.run();
