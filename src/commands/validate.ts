import { compile, type Compilation } from "../compile.ts";
import { count } from "../count.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { writeText } from "../files.ts";
import { withEdits } from "../source/text-edit.ts";
import { readTopology } from "./named-files.ts";
import { errorSummary, type Fixed, invalid, type Outcome } from "./outcome.ts";

/** Whether the topology is valid. Nothing is read but the topology. */
export function validate({ source, diagnostics, tree }: Compilation): Outcome {
  if (!tree) return invalid(source.text, diagnostics);
  const summary = `${source.file} is valid: ${count(tree.model.nodes.length, "node")}, ${count(tree.files.length, "generated file")}.`;
  return { isClean: true, text: source.text, diagnostics, drift: [], summary, absences: tree.absences };
}

/** Where it is certain what was meant, writes it, and leaves every other byte as it is. Says what remains. */
export function fix(file: string): Outcome {
  const raw = readTopology(file);
  const { compilation, fixed } = mend(compile(file, raw));
  const { text } = compilation.source;
  if (fixed.length === 0) return validate(compilation);
  const byteOrderMark = raw.startsWith("\ufeff") ? "\ufeff" : "";
  writeText(file, byteOrderMark + text);
  const outcome = validate(compilation);
  const remaining = outcome.isClean ? outcome.summary : errorSummary(compilation.diagnostics);
  return { ...outcome, fixed, summary: `${fixed.map(fixText).join("\n")}\n${remaining}` };
}

function fixText({ file, line, column, code, from, to }: Fixed): string {
  const change = to === "" ? `removed ${from.replace(/^[\s,-]+/, "")}` : `${visible(from)} -> ${visible(to)}`;
  return `${file}:${line}:${column}: fixed ${code}: ${change}`;
}

/** A text in quotes where blanks are what it is about. */
function visible(text: string): string {
  return text === text.trim() ? text : JSON.stringify(text);
}

/** One mistake can hide another, so the text is looked at again until nothing is left that is certain. */
function mend(begun: Compilation): { readonly compilation: Compilation; readonly fixed: readonly Fixed[] } {
  const fixed: Fixed[] = [];
  const seen = new Set<string>();
  let compilation = begun;
  while (!seen.has(compilation.source.text)) {
    const { file, text } = compilation.source;
    seen.add(text);
    const found = compilation.diagnostics.filter(({ edit }) => edit);
    const edits = found.flatMap(({ edit }) => edit ?? []);
    fixed.push(...found.map((diagnostic) => fixedOf(diagnostic, text)));
    compilation = edits.length > 0 ? compile(file, withEdits(text, edits)) : compilation;
  }
  return { compilation, fixed };
}

function fixedOf({ code, file, line, column, edit }: Diagnostic, text: string): Fixed {
  return { code, file, line, column, from: text.slice(edit?.start, edit?.end), to: edit?.text ?? "" };
}
