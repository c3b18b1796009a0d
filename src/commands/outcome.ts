import { count } from "../count.ts";
import type { Diagnostic } from "../diagnostic.ts";
import type { Drift } from "../drift.ts";
import type { Plan } from "../plan/plan.ts";
import type { Absence } from "../verify/absences.ts";

/** What a command has to say. */
export interface Outcome {
  readonly isClean: boolean;
  /** The topology's text, for excerpts. */
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  /** Differences that remain. */
  readonly drift: readonly Drift[];
  /** One line for people. */
  readonly summary: string;
  /** Paths that `gen` has written and removed, and how many it has left as they were. */
  readonly changes?: {
    readonly written: readonly string[];
    readonly removed: readonly string[];
    readonly unchanged: number;
  };
  /** What `validate --fix` has put right. */
  readonly fixed?: readonly Fixed[];
  /** The pods that have no place while some node is down. */
  readonly absences?: readonly Absence[];
  /** Who acts on what `gen` has written, in order. */
  readonly next?: readonly string[];
  /** A value that is printed in place of everything else, as YAML or JSON. */
  readonly document?: unknown;
  /** What `plan` has found. */
  readonly plan?: Plan;
}

/** One thing that was put right: where it stood, and what it became. */
export interface Fixed extends Pick<Diagnostic, "code" | "file" | "line" | "column"> {
  readonly from: string;
  readonly to: string;
}

/** What a command says of a topology that is not valid, having written nothing. */
export function invalid(text: string, diagnostics: readonly Diagnostic[]): Outcome {
  return { isClean: false, text, diagnostics, drift: [], summary: errorSummary(diagnostics, " Nothing was written.") };
}

/** How many errors there are, what was written, and what helps. */
export function errorSummary(diagnostics: readonly Diagnostic[], written = ""): string {
  const errors = diagnostics.filter(({ severity }) => severity !== "warning").length;
  const fixes = diagnostics.filter(({ edit }) => edit).length;
  const hint = fixes > 0 ? ` \`topogen validate --fix\` puts ${fixes} right.` : "";
  const why = ` \`topogen explain ${diagnostics.find(({ severity }) => severity !== "warning")?.code}\` says why.`;
  return `The topology has ${count(errors, "error")}.${written}${why}${hint}`;
}

/** A command's whole answer as a text. */
export function answer(isClean: boolean, summary: string): Outcome {
  return { isClean, text: "", diagnostics: [], drift: [], summary };
}
