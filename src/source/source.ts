/** Reads the text of a topology: strict YAML 1.2, one document, nothing that hides what a value is. */
import type { Diagnostic } from "../diagnostic.ts";
import { positionsIn } from "./line-column.ts";
import { parse } from "./syntax.ts";
import { readUsual } from "./usual-yaml.ts";

/** A topology's text and the value that it holds, not yet checked for anything but its syntax. */
export interface Source {
  /** As the user named it. */
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
  /** What is wrong with the syntax. The value is incomplete where there is any. */
  readonly problems: readonly Diagnostic[];
}

const mostProblems = 100;

/** Never throws: whatever a text holds, the outcome is a value or problems with their places. */
export function readSource(file: string, text: string): Source {
  const content = text.startsWith("\ufeff") ? text.slice(1) : text;
  const usual = readUsual(content);
  if (usual !== undefined) return { file, text: content, value: usual, problems: [] };
  const { value, problems } = parse(content);
  if (problems.length === 0) return { file, text: content, value, problems: [] };
  const positionAt = positionsIn(content);
  const placed = problems
    .slice(0, mostProblems)
    .map(({ offset, ...problem }) => ({ ...problem, path: [], file, ...positionAt(offset) }));
  return { file, text: content, value, problems: onePerLine(placed) };
}

/** One mistake makes the parser complain several times; what it says first about a line is what helps. */
function onePerLine(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const inOrder = diagnostics.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return inOrder.filter((diagnostic, at) => diagnostic.line !== inOrder[at - 1]?.line || diagnostic.code !== "syntax");
}
