import { compile, type Compilation } from "../compile.ts";
import { edit } from "../edit.ts";
import { writeText } from "../files.ts";
import { lookup } from "../lookup.ts";
import { nearest } from "../nearest.ts";
import { parsePath, pathText } from "../path-text.ts";
import { readSource, type Source } from "../source/source.ts";
import { gen, type Generation } from "./gen.ts";
import { readTopology } from "./named-files.ts";
import { invalid, type Outcome } from "./outcome.ts";

/** `services.auth.image` and `v1.3.0`, as they are typed. */
export interface Assignment {
  readonly path: string;
  readonly value: string;
}

/** Sets one value of the topology, every other byte untouched, and generates. Where anything is wrong, nothing is written. */
export function set(generation: Generation, file: string, assignment: Assignment): Outcome {
  const raw = readTopology(file);
  const source = readSource(file, raw);
  if (source.problems.length > 0) return invalid(source.text, source.problems);
  const keys = parsePath(assignment.path);
  const changed = meanings(assignment.value).map((value) => edit(source.text, keys, value));
  const refused = changed.find((result) => "refusal" in result);
  if (refused) return refusal(source, [], `${refused.refusal}.`);
  const compilations = changed.flatMap((result) => ("text" in result ? [compile(file, result.text)] : []));
  const compilation = compilations.find(({ tree }) => tree !== null);
  if (!compilation) return refuse(source, keys, assignment, compilations[0] as Compilation);
  const outcome = gen(generation, compilation);
  const byteOrderMark = raw.slice(0, raw.length - source.text.length);
  if (outcome.isClean) writeText(file, byteOrderMark + compilation.source.text);
  return outcome;
}

/** What a word on the command line may mean: a value of YAML, unless that loses a part of it (`1.10`), and a text. */
function meanings(word: string): readonly unknown[] {
  const { value, problems } = readSource("value", word);
  if (problems.length > 0 || typeof value === "string") return [word];
  const isWhole = typeof value === "object" || String(value) === word;
  return isWhole ? [value, word] : [word, value];
}

function refuse(source: Source, keys: readonly string[], { path, value }: Assignment, broken: Compilation): Outcome {
  const meant = nearestPath(source.value, keys);
  const hint = meant === undefined ? "" : ` Did you mean ${meant}?`;
  return refusal(broken.source, broken.diagnostics, `${path} cannot be ${JSON.stringify(value)}.${hint}`);
}

function refusal({ text }: Source, diagnostics: Outcome["diagnostics"], reason: string): Outcome {
  return { isClean: false, text, diagnostics, drift: [], summary: `${reason} Nothing was written.` };
}

/** The path with its first unknown key replaced by the nearest one that stands beside it. */
function nearestPath(value: unknown, keys: readonly string[]): string | undefined {
  let map = value;
  for (const [depth, key] of keys.entries()) {
    if (typeof map !== "object" || map === null) return undefined;
    const next = lookup(map as Readonly<Record<string, unknown>>, key);
    if (next === undefined) {
      const meant = nearest(key, Object.keys(map));
      return meant && pathText(keys.with(depth, meant));
    }
    map = next;
  }
  return undefined;
}
