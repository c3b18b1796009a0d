import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Topology } from "../../src/topology.ts";

const minimal = parse(readFileSync("test/golden/minimal/topology.yaml", "utf8")) as Topology;

/** Three control-plane nodes behind the endpoint of the API, and one worker that holds everything else. */
export const smallCluster: Topology = {
  ...minimal,
  network: { zones: ["a", "b", "c"] },
  nodes: {
    master: { role: "control-plane", count: 3, zones: ["a", "b", "c"], address: "10.0.1.10" },
    web: { role: "api", address: "10.0.1.20", instance: "t3.xlarge" },
  },
  platform: { on: "web" },
};

/** A control plane and a worker: what has to be started often. */
export const twoNodes: Topology = {
  ...smallCluster,
  nodes: { ...smallCluster.nodes, master: { role: "control-plane", address: "10.0.1.10" } },
};
