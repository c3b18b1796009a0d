import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Topology } from "../../src/topology.ts";
import { fourteenNodes } from "../fourteen-nodes.ts";
import { clusterTools } from "./cluster.ts";
import { crds } from "./cluster-content.ts";
import { asking, deploy, errorsOf, most, nameOf, settled, withCluster } from "./placing.ts";
import { isPending } from "./pods.ts";
import { needs } from "./tool.ts";

const test = suite("kubernetes: the order in which pods come");
const inCluster = needs(test, ...clusterTools, crds);

const small = ["one", "two", "three", "four"];

/** A group of two nodes, on which four small pods leave no whole node to a large one. */
const shared: Topology = {
  ...fourteenNodes,
  nodes: {
    master: { role: "control-plane", address: "10.0.1.10" },
    pool: { role: "worker", count: 2, address: "10.0.1.20", instance: "t3.small" },
    monitoring: { role: "monitoring", address: "10.0.1.80" },
  },
  roles: {},
  buckets: {},
  datastores: {},
  services: Object.fromEntries(
    [...small, "large"].map((name) => [
      name,
      { on: "pool", image: "v1.0.0", alive: ["true"], replicas: 1, resources: { memory: "400Mi" } },
    ]),
  ),
  edge: {},
};

inCluster("what `gen` just accepts on several nodes has a place in whatever order it comes", async () => {
  const memory = most(shared, "services", "large");
  const [accepted, refused] = [memory, memory + 1].map((each) => asking(shared, "services", "large", each));
  if (!accepted || !refused) throw new Error("a topology is missing");
  assert.equal(errorsOf(accepted), []);
  assert.equal(errorsOf(refused), ["group-full"]);
  assert.equal(await pendingAfter(["large"], [accepted]), [[]]);
  assert.equal(await pendingAfter(small, [accepted, refused]), [[], ["large"]]);
});

/** The pods without a place, after some services have come alone, and then all those of each topology. */
async function pendingAfter(first: readonly string[], topologies: readonly Topology[]) {
  const services = Object.entries(shared.services ?? {}).filter(([name]) => first.includes(name));
  const pending: (string | undefined)[][] = [];
  await withCluster({ ...shared, services: Object.fromEntries(services) }, async (cluster) => {
    await settled(cluster);
    for (const topology of topologies) {
      await deploy(cluster, topology);
      pending.push((await settled(cluster)).filter(isPending).map(nameOf));
    }
  });
  return pending;
}

test.run();
