import { basename, dirname } from "node:path";
import { compile, type Compilation } from "../compile.ts";
import { mergeBase, textAt } from "../git.ts";
import { planMarkdown } from "../plan/markdown.ts";
import { plan, type Before } from "../plan/plan.ts";
import { planText } from "../plan/text.ts";
import { invalid, type Outcome } from "./outcome.ts";

/** With what to compare, and for whom to write. */
export interface PlanRequest {
  /** A commit; null for the one at which the working tree has left the main branch. */
  readonly from: string | null;
  readonly markdown: boolean;
}

/**
 * Compares the topology with an earlier one. Both are rendered by this version of topogen: what a new version renders
 * differently is not part of the plan.
 */
export function planCommand({ from, markdown }: PlanRequest, compilation: Compilation): Outcome {
  const { source, diagnostics, tree } = compilation;
  if (!tree) return invalid(source.text, diagnostics);
  const folder = dirname(source.file);
  const commit = from ?? mergeBase(folder, tree.model.git.branch);
  const earlier = textAt(folder, commit, basename(source.file));
  const base = earlier === null ? null : compile(source.file, earlier);
  if (base && !base.tree) return unreadable(base, commit);
  const before: Before = {
    topology: base?.source.value ?? {},
    files: base?.tree?.files ?? [],
    output: base?.tree?.output ?? tree.output,
  };
  const result = plan(before, { topology: source.value, tree });
  const summary = markdown ? planMarkdown(result) : planText(result);
  return { isClean: true, text: source.text, diagnostics, drift: [], summary: summary.trimEnd(), plan: result };
}

function unreadable({ source, diagnostics }: Compilation, commit: string): Outcome {
  const placed = diagnostics.map((diagnostic) => ({ ...diagnostic, file: `${commit}:${source.file}` }));
  const summary = `The topology at ${commit} is not valid: there is nothing to compare with.`;
  return { isClean: false, text: source.text, diagnostics: placed, drift: [], summary };
}
