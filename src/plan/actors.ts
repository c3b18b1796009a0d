import { compile, type Tree } from "../compile.ts";
import { edit } from "../edit.ts";
import { otherValues } from "../explore/other-value.ts";
import type { Source } from "../source/source.ts";
import { plan } from "./plan.ts";
import { sheetOf } from "./sheet.ts";

interface Compiled {
  readonly source: Source;
  readonly tree: Tree;
}

/** A value that stands in the topology. */
interface Place {
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * Who acts, in order, when a value of the topology changes: the value is changed in memory to another one that is valid,
 * and the difference is planned. Empty where nobody does, or no other value is found.
 */
export function actorsOn({ source, tree }: Compiled, { path, value }: Place): readonly string[] {
  if (typeof value === "object") return [];
  for (const other of otherValues(source.value, { path, value })) {
    const edited = edit(source.text, path, other);
    const after = "text" in edited ? compile(source.file, edited.text).tree : null;
    if (!after) continue;
    const before = { topology: null, files: tree.files, output: tree.output };
    return sheetOf(plan(before, { topology: null, tree: after })).sections.map(({ title }) => title);
  }
  return [];
}
