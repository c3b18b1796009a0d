import type { Compilation } from "../compile.ts";
import { type Leaf, mapLeaves } from "../explore/leaves.ts";
import { nearest } from "../nearest.ts";
import { parsePath, pathText } from "../path-text.ts";
import { originsOf } from "../explore/origins.ts";
import { commentBeside } from "../output/yaml.ts";
import { lineOf } from "../source/position.ts";
import { valueAt } from "../schema/tree.ts";
import { shownModel } from "../explore/shown-model.ts";
import type { Source } from "../source/source.ts";
import { answer, invalid, type Outcome } from "./outcome.ts";

export interface ShowRequest {
  readonly path: string;
  /** Whether to say where each value comes from: beside it in YAML, as `{ value, origin }` in JSON. */
  readonly origin: boolean;
  readonly json: boolean;
}

/** Prints the model, or the part of it at a path. */
export function show({ path, origin, json }: ShowRequest, { source, diagnostics, tree }: Compilation): Outcome {
  if (!tree) return invalid(source.text, diagnostics);
  const model = shownModel(tree.model);
  const keys = parsePath(path);
  const depth = keys.findIndex((_, at) => valueAt(model, keys.slice(0, at + 1)) === undefined);
  if (depth >= 0) return answer(false, unknownText(keys, depth, valueAt(model, keys.slice(0, depth))));
  const part = valueAt(model, keys);
  return { ...answer(true, ""), document: origin ? withOrigins(source, keys, { part, json }) : part };
}

function unknownText(keys: readonly string[], depth: number, parent: unknown): string {
  const known = typeof parent === "object" && parent !== null ? Object.keys(parent) : [];
  const where = depth === 0 ? "the model" : pathText(keys.slice(0, depth));
  const meant = nearest(keys[depth] ?? "", known);
  const hint = meant === undefined ? "" : ` Did you mean ${pathText(keys.with(depth, meant))}?`;
  const list = known.length === 0 ? "has nothing below it" : `has ${known.join(", ")}`;
  return `There is no ${pathText(keys.slice(0, depth + 1))}: ${where} ${list}.${hint}`;
}

interface Shown {
  readonly part: unknown;
  readonly json: boolean;
}

function withOrigins(source: Source, keys: readonly string[], { part, json }: Shown): unknown {
  const { written, left } = originsOf(source.value, keys);
  return mapLeaves(part, ({ path, place, value }) => {
    const itself = valueAt(part, path); // an empty list has no value of its own to put a comment beside
    const causes =
      written.get(place)?.map((cause) => cause.path) ?? keyOf(source.value, [...keys, ...path.map(String)], value);
    const lines = causes.map((cause) => `${source.file}:${lineOf(source, cause)}`);
    const origin = lines.length > 0 ? [...new Set(lines)] : defaultNames(left.get(place) ?? []);
    if (json) return { value: itself, origin };
    const isScalar = itself !== null && typeof itself !== "object";
    return isScalar ? commentBeside(origin.join(", "), itself as string | number | boolean) : itself;
  });
}

/** A name is no value of the topology but a key: `services.auth` of the service, `nodes.auth` of the node auth-1. */
function keyOf(topology: unknown, path: readonly string[], value: unknown): readonly (readonly string[])[] {
  if (typeof value !== "string") return [];
  const keys = path[0] === "groups" ? path.with(0, "nodes") : path;
  const names = [value, value.replace(/-\d+$/, "")];
  const candidates = keys.flatMap((_, depth) => names.map((name) => [...keys.slice(0, depth + 1), name]));
  return candidates.filter((candidate) => valueAt(topology, candidate) !== undefined).slice(0, 1);
}

/** What decides a value that nothing in the topology does: the defaults of keys that it leaves out, or topogen alone. */
function defaultNames(left: readonly Leaf[]): readonly string[] {
  return left.length > 0 ? left.map(({ path }) => `default of ${pathText(path)}`) : ["topogen"];
}
