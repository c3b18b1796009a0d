import { compile, type Tree } from "../compile.ts";
import { edit } from "../edit.ts";
import type { Subschema } from "../schema-tree.ts";
import type { Source } from "../source.ts";
import { plan } from "./plan.ts";
import { sheetOf } from "./sheet.ts";

interface Compiled {
  readonly source: Source;
  readonly tree: Tree;
}

/** A value that stands in the topology, and what the schema says of it. */
interface Place {
  readonly path: readonly string[];
  readonly value: unknown;
  readonly schema: Subschema;
}

/**
 * Who acts, in order, when a value of the topology changes: the value is changed in memory to another one that is valid,
 * and the difference is planned. Empty where nobody does, or no other value is found.
 */
export function actorsOn({ source, tree }: Compiled, { path, value, schema }: Place): readonly string[] {
  for (const other of othersThan(value, schema)) {
    const edited = edit(source.text, path, other);
    const after = "text" in edited ? compile(source.file, edited.text).tree : null;
    if (!after) continue;
    const before = { topology: null, files: tree.files, output: tree.output };
    return sheetOf(plan(before, { topology: null, tree: after })).sections.map(({ title }) => title);
  }
  return [];
}

/** Values of the same kind, the likeliest to be valid first. */
function othersThan(value: unknown, { enum: choices = [], examples = [] }: Subschema): readonly unknown[] {
  const others = [...next(value), ...choices, ...examples];
  return others.filter((other) => typeof other === typeof value && other !== value && typeof other !== "object");
}

/** `v1.2.2` is followed by `v1.2.3`, 2 by 3, false by true. */
function next(value: unknown): readonly unknown[] {
  if (typeof value === "boolean") return [!value];
  if (typeof value === "number") return [value + 1, value - 1];
  return typeof value === "string" ? [value.replace(/\d+(?=\D*$)/, (digits) => String(Number(digits) + 1))] : [];
}
