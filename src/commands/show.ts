import type { Compilation } from "../compile.ts";
import { parsePath } from "../edit.ts";
import { nearest } from "../nearest.ts";
import { shownModel } from "../shown-model.ts";
import { answer, invalid, type Outcome } from "./outcome.ts";

/** Prints the model, or the part of it at a path. */
export function show(path: string, { source, diagnostics, tree }: Compilation): Outcome {
  if (!tree) return invalid(source.text, diagnostics);
  let part: unknown = shownModel(tree.model);
  const keys = parsePath(path);
  for (const [depth, key] of keys.entries()) {
    const known = isTree(part) ? Object.keys(part) : [];
    if (!known.includes(key)) return answer(false, unknownText(keys, depth, known));
    part = (part as Readonly<Record<string, unknown>>)[key];
  }
  return { ...answer(true, ""), document: part };
}

function isTree(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function unknownText(keys: readonly string[], depth: number, known: readonly string[]): string {
  const where = depth === 0 ? "the model" : keys.slice(0, depth).join(".");
  const meant = nearest(keys[depth] ?? "", known);
  const hint =
    meant === undefined ? "" : ` Did you mean ${[...keys.slice(0, depth), meant, ...keys.slice(depth + 1)].join(".")}?`;
  const list = known.length === 0 ? "is a single value" : `has ${known.join(", ")}`;
  return `There is no ${keys.slice(0, depth + 1).join(".")}: ${where} ${list}.${hint}`;
}
