import { basename, dirname } from "node:path";
import { compile, type Compilation, type Tree } from "../compile.ts";
import { count } from "../count.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { mergeBase, textAt } from "../git.ts";
import { committedTree, variablesIn } from "../plan/earlier.ts";
import { planMarkdown } from "../plan/markdown.ts";
import { type After, type Before, type Plan, plan } from "../plan/plan.ts";
import { ifReadable } from "../plan/previous-files.ts";
import { planText } from "../plan/text.ts";
import { readSource, type Source } from "../source/source.ts";
import { invalid, type Outcome } from "./outcome.ts";

/** With what to compare, and for whom to write. */
export interface PlanRequest {
  /** A commit; null for the one at which the working tree has left the main branch. */
  readonly from: string | null;
  readonly markdown: boolean;
}

/**
 * Compares the topology and its tree with those of a commit. Where the commit has no tree, its topology is rendered by this
 * version of topogen; where that is not valid, there is nothing to compare with, which is no fault of what comes after it.
 */
export function planCommand({ from, markdown }: PlanRequest, { source, diagnostics, tree }: Compilation): Outcome {
  if (!tree) return invalid(source.text, diagnostics);
  const folder = dirname(source.file);
  const commit = from ?? mergeBase(folder, tree.model.git.branch);
  const after = { topology: source.value, tree, variables: variablesIn(folder, tree.output) };
  const text = textAt(folder, commit, basename(source.file));
  const earlier = text === null ? null : readSource(source.file, text);
  const result = earlier === null ? plan(nothing(tree), after) : planFrom(earlier, commit, after);
  const summary =
    "reason" in result ? unreadable(result.reason, markdown) : (markdown ? planMarkdown : planText)(result);
  const outcome = { isClean: true, text: source.text, diagnostics, drift: [], summary: summary.trimEnd() };
  return "reason" in result ? outcome : { ...outcome, plan: result };
}

function nothing({ output }: Tree): Before {
  return { topology: {}, files: [], output };
}

/** The plan, or why there is none. */
function planFrom(earlier: Source, commit: string, after: After): Plan | { readonly reason: string } {
  const output = outputOf(earlier.value);
  const committed = earlier.problems.length > 0 ? null : committedTree(dirname(earlier.file), commit, output);
  const before = committed && { topology: earlier.value, output, ...committed };
  const compared = before && ifReadable(() => plan(before, after));
  if (compared) return compared;
  const { tree, diagnostics } = compile(earlier.file, earlier.text);
  if (!tree)
    return { reason: `The topology at ${commit} is not valid${first(diagnostics)}: there is nothing to compare with.` };
  return plan({ topology: earlier.value, files: tree.files, output: tree.output }, after);
}

/** Of a topology that may not be valid. */
function outputOf(topology: unknown): string {
  const { output } = Object(topology) as { readonly output?: unknown };
  return typeof output === "string" ? output : "out";
}

function first(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity !== "warning");
  return ` (${count(errors.length, "error")}, such as ${errors[0]?.code} in line ${errors[0]?.line})`;
}

function unreadable(reason: string, markdown: boolean): string {
  return markdown ? `### topogen plan\n\n${reason}` : reason;
}
