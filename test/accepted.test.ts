import { readdirSync, readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse, stringify } from "yaml";
import { compile } from "../src/compile.ts";
import { checkRules } from "../src/rules/index.ts";
import { asTopology, checkSchema } from "../src/schema/schema.ts";
import { random } from "./random.ts";

type Value = Record<string, unknown>;

const folders = [".", ...readdirSync("test/golden").map((name) => `test/golden/${name}`)];
const good: readonly Value[] = folders.map((folder) => parse(readFileSync(`${folder}/topology.yaml`, "utf8")) as Value);

/** Every map within a value, and the value itself. */
function maps(value: unknown): Value[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.values(value).flatMap(maps);
  return Array.isArray(value) ? inner : [value as Value, ...inner];
}

const next = random(20261123);
const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)] as Item;

/** What stands under a key anywhere in the good topologies: most of it fits elsewhere too, but not all. */
const values = new Map<string, unknown[]>();
for (const map of good.flatMap(maps)) {
  for (const [key, value] of Object.entries(map)) values.set(key, [...(values.get(key) ?? []), value]);
}
const fields = [...values].filter(([, found]) => found.length > 1);

/** A good topology in which some values are those of others, or are gone. */
function mutant(): Value {
  const topology = structuredClone(pick(good));
  for (let change = 0; change < 3; change += 1) {
    const map = pick(maps(topology));
    const key = next() < 0.7 ? pick(Object.keys(map)) : pick(fields)[0];
    if (key === undefined) continue;
    if (next() < 0.1) delete map[key];
    else map[key] = structuredClone(pick(values.get(key) ?? []));
  }
  return topology;
}

test("whatever schema and rules accept becomes a tree that agrees with itself", () => {
  const counts = { misshapen: 0, refused: 0, accepted: 0 };
  while (counts.accepted < 40) {
    const topology = mutant();
    if (checkSchema(topology).length > 0) counts.misshapen += 1;
    else if (checkRules(asTopology(topology)).some(({ severity }) => severity !== "warning")) counts.refused += 1;
    else {
      counts.accepted += 1;
      const { tree, diagnostics } = compile("topology.yaml", stringify(topology));
      assert.ok(tree, JSON.stringify(diagnostics));
      assert.not.match(JSON.stringify(tree.model), /undefined|NaN/);
    }
  }
  assert.ok(counts.refused > 10, JSON.stringify(counts));
});

/** Several nodes, with pods of any number and size. */
function crowd(): Value {
  const topology = structuredClone(good[0]) as Value & { nodes: Value; services: Value };
  const between = (least: number, most: number) => least + Math.floor(next() * (most - least + 1));
  const nodes = { role: "api", address: "10.0.1.100", count: between(2, 4), instance: pick(["t3.small", "t3.medium"]) };
  const pods = () => (next() < 0.7 ? { replicas: between(1, 6) } : { scale: { min: 1, max: between(1, 5) } });
  const resources = () => ({ cpu: `${between(1, 12)}00m`, memory: `${between(1, 30) * 50}Mi` });
  const services = Array.from({ length: between(1, 4) }, (_, at) => {
    const answers = next() < 0.5 ? { http: { port: 8000 } } : { alive: ["true"] };
    return [`crowd-${at}`, { on: "crowd", image: "v1.0.0", ...answers, ...pods(), resources: resources() }];
  });
  return {
    ...topology,
    nodes: { ...topology.nodes, crowd: nodes },
    services: { ...topology.services, ...Object.fromEntries(services) },
  };
}

test("what the rules accept on several nodes finds its place among the outputs", () => {
  const counts = { refused: 0, accepted: 0 };
  while (counts.accepted < 30) {
    const topology = crowd();
    const isRefused = checkRules(asTopology(topology)).some(({ severity }) => severity !== "warning");
    counts[isRefused ? "refused" : "accepted"] += 1;
    if (!isRefused) assert.ok(compile("topology.yaml", stringify(topology)).tree);
  }
  assert.ok(counts.refused > 10, JSON.stringify(counts));
});

test.run();
