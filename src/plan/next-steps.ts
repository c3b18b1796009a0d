import type { Tree } from "../compile.ts";
import type { Drift } from "../drift.ts";
import { plan } from "./plan.ts";
import { ifReadable, previousFiles } from "./previous-files.ts";
import { sheetOf } from "./sheet.ts";

/** Who acts after the files are committed, one line for each; empty where nobody does or all files are new. */
export function nextSteps(drift: readonly Drift[], tree: Tree): readonly string[] {
  const before = previousFiles(drift, tree);
  if (before.length === 0) return [];
  const earlier = { topology: null, files: before, output: tree.output };
  const sections = ifReadable(() => sheetOf(plan(earlier, { topology: null, tree })).sections) ?? [];
  return sections.map(({ title }, index) => `${index + 1}. ${title}`);
}
