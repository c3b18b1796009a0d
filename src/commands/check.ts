import type { Compilation } from "../compile.ts";
import { compare } from "../drift.ts";
import { openSnapshot } from "../files.ts";
import { writeManifest } from "../output/manifest.ts";
import { count } from "../count.ts";
import { invalid, type Outcome } from "./outcome.ts";

/** Whether the tree below the root is what the topology says. Writes nothing. */
export function check(root: string, { source, diagnostics, tree }: Compilation): Outcome {
  if (!tree) return invalid(source.text, diagnostics);
  const drift = compare(tree, writeManifest(tree.files), openSnapshot(root, tree.output));
  const isClean = drift.length === 0;
  const summary = isClean
    ? `All ${tree.files.length} generated files are as ${source.file} says.`
    : `${count(drift.length, "file")} of ${tree.files.length} ${drift.length === 1 ? "differs" : "differ"} from what ${source.file} says.`;
  return { isClean, text: source.text, diagnostics, drift, summary, absences: tree.absences };
}
