import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Model } from "../src/model/model.ts";
import { resolve } from "../src/model/resolve.ts";
import type { Topology } from "../src/topology.ts";

/** The repository's own topology.yaml. */
export const fourteenNodes = parse(readFileSync("topology.yaml", "utf8")) as Topology;

/** The model of the 14 nodes, some members of the topology replaced. */
export function modelWith(changes: Partial<Topology> = {}): Model {
  return resolve({ ...fourteenNodes, ...changes });
}
