import type { Compilation } from "../compile.ts";
import { explanation } from "../explore/explain.ts";
import { meanings } from "../meanings/index.ts";
import { nearest } from "../nearest.ts";
import { parsePath, pathText } from "../path-text.ts";
import { actorsOn } from "../plan/actors.ts";
import { lineOf } from "../source/position.ts";
import { declarationOf, type Known, type Unknown } from "../schema/path.ts";
import { settled, type Subschema, valueAt } from "../schema/tree.ts";
import { answer, type Outcome } from "./outcome.ts";

/** In a path, any name and any place in a list. */
const ANY = "*";

/** Says what can stand at a path of the topology, what does stand there, and who acts when it changes; or what a code means. */
export function explain(path: string, { source, tree }: Compilation): Outcome {
  const keys = parsePath(path);
  const known = declared(keys);
  if ("unknown" in known && Object.hasOwn(meanings, path)) return answer(true, meaningText(path));
  if ("unknown" in known) return answer(false, unknownText(keys, known));
  const misnamed = keys.findIndex((_, depth) => !isName(keys, depth));
  if (misnamed >= 0) return answer(false, misnamedText(keys, misnamed));
  const value = valueAt(source.value, keys);
  const present = value === undefined ? null : { value, place: `${source.file}:${lineOf(source, keys)}` };
  return answer(true, explanation(path, known, present, tree ? actorsOn({ source, tree }, keys) : []));
}

/** What the schema says of the values at a path, in which any key may be `*`. */
function declared(path: readonly string[]): Known | Unknown {
  const known = declarationOf(path);
  if (!("unknown" in known) || known.unknown !== ANY) return known;
  const inList = declared(path.with(known.depth, "0"));
  return "unknown" in inList && inList.depth === known.depth ? known : inList;
}

/** The code of a diagnostic, in words. */
function meaningText(code: string): string {
  const text = (meanings[code] ?? []).map((sentence) => `  ${sentence}`).join("\n");
  return `${code}\n${text}\n\ndocs/diagnostics/${code}.md shows it.`;
}

function unknownText(path: readonly string[], { unknown, depth, keys }: Unknown): string {
  const codes = path.length === 1 ? Object.keys(meanings) : [];
  const meant = nearest(unknown, [...keys, ...codes]);
  const hint = meant === undefined ? "" : ` Did you mean ${pathText(path.with(depth, meant))}?`;
  if (codes.some((code) => code === meant)) return `There is no ${pathText(path)}.${hint}`;
  const where = depth === 0 ? "the topology" : pathText(path.slice(0, depth));
  const list = keys.length === 0 ? "has no keys" : `has the keys ${keys.join(", ")}`;
  return `There is no ${pathText(path.slice(0, depth + 1))}: ${where} ${list}.${hint}`;
}

/** What the schema says of names in the map that a key of the path stands in. */
function namesOf(path: readonly string[], depth: number): Subschema {
  const parent = declared(path.slice(0, depth));
  return "unknown" in parent ? {} : settled(parent.schema.propertyNames ?? {}, undefined);
}

function isName(path: readonly string[], depth: number): boolean {
  const { pattern } = namesOf(path, depth);
  return path[depth] === ANY || pattern === undefined || new RegExp(pattern, "u").test(path[depth] ?? "");
}

function misnamedText(path: readonly string[], depth: number): string {
  const [map, any] = [path.slice(0, depth), path.with(depth, ANY)].map(pathText);
  const { description = "" } = namesOf(path, depth);
  return `\`${path[depth]}\` cannot be a key of ${map}. ${description}. \`topogen explain '${any}'\` explains any of them.`;
}
