import type { Compilation } from "../compile.ts";
import { explanation } from "../explore/explain.ts";
import { meanings } from "../meanings/index.ts";
import { nearest } from "../nearest.ts";
import { parsePath, pathText } from "../path-text.ts";
import { actorsOn } from "../plan/actors.ts";
import { lineOf } from "../source/position.ts";
import { declarationOf, type Unknown } from "../schema/path.ts";
import { valueAt } from "../schema/tree.ts";
import { answer, type Outcome } from "./outcome.ts";

/** Says what can stand at a path of the topology, what does stand there, and who acts when it changes; or what a code means. */
export function explain(path: string, { source, tree }: Compilation): Outcome {
  const keys = parsePath(path);
  const known = declarationOf(keys);
  if ("unknown" in known && Object.hasOwn(meanings, path)) return answer(true, meaningText(path));
  if ("unknown" in known) return answer(false, unknownText(keys, known));
  const value = valueAt(source.value, keys);
  if (value === undefined) return answer(true, explanation(path, known, null, []));
  const actors = tree ? actorsOn({ source, tree }, { path: keys, value }) : [];
  return answer(true, explanation(path, known, { value, place: `${source.file}:${lineOf(source, keys)}` }, actors));
}

/** The code of a diagnostic, in words. */
function meaningText(code: string): string {
  const text = (meanings[code] ?? []).map((sentence) => `  ${sentence}`).join("\n");
  return `${code}\n${text}\n\ndocs/diagnostics/${code}.md shows it.`;
}

function unknownText(path: readonly string[], { unknown, depth, keys }: Unknown): string {
  const parent = path.slice(0, depth);
  const meant = nearest(unknown, keys);
  const hint = meant === undefined ? "" : ` Did you mean ${pathText(path.with(depth, meant))}?`;
  const where = depth === 0 ? "the topology" : pathText(parent);
  const list = keys.length === 0 ? "has no keys" : `has the keys ${keys.join(", ")}`;
  return `There is no ${pathText(path.slice(0, depth + 1))}: ${where} ${list}.${hint}`;
}
