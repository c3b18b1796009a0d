import { compile, type Compilation, diagnose } from "../compile.ts";
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
  const { text, fixed } = mend(file, raw);
  const compilation = withoutEdits(compile(file, text));
  if (fixed.length === 0) return validate(compilation);
  const byteOrderMark = raw.startsWith("\ufeff") ? "\ufeff" : "";
  writeText(file, byteOrderMark + text);
  const outcome = validate(compilation);
  const remaining = outcome.isClean ? outcome.summary : errorSummary(compilation.diagnostics);
  return { ...outcome, fixed, summary: `${fixed.map(fixText).join("\n")}\n${remaining}` };
}

/** What has an edit still is not put right by it. */
function withoutEdits(compilation: Compilation): Compilation {
  const diagnostics = compilation.diagnostics.map((diagnostic) => {
    const { edit: _, ...told } = diagnostic;
    return told;
  });
  return { ...compilation, diagnostics };
}

function fixText({ file, line, column, code, from, to }: Fixed): string {
  const change = to === "" ? `removed ${from.replace(/^[\s,-]+/, "")}` : `${visible(from)} -> ${visible(to)}`;
  return `${file}:${line}:${column}: fixed ${code}: ${change}`;
}

/** A text in quotes where blanks are what it is about. */
function visible(text: string): string {
  return text === text.trim() ? text : JSON.stringify(text);
}

type Diagnosis = ReturnType<typeof diagnose>;

/** Puts right what is certain. One mistake can hide another, so the text is looked at again until nothing such is left. */
export function mend(file: string, raw: string): { readonly text: string; readonly fixed: readonly Fixed[] } {
  const fixed: Fixed[] = [];
  const seen = new Set<string>();
  let diagnosis = diagnose(file, raw);
  while (!seen.has(diagnosis.source.text)) {
    const { text } = diagnosis.source;
    seen.add(text);
    const found = helpful(diagnosis);
    fixed.push(...found.map((diagnostic) => fixedOf(diagnostic, text)));
    diagnosis = found.length > 0 ? edited(diagnosis, found) : diagnosis;
  }
  return { text: diagnosis.source.text, fixed };
}

/** The diagnostics that have an edit; where these leave the text worse off, those that one after another do not. */
function helpful(diagnosis: Diagnosis): readonly Diagnostic[] {
  const found = diagnosis.diagnostics.filter(({ edit }) => edit);
  // Blanks for tabs were tried in every width; what is removed stands there twice.
  if (found.every(({ edit }) => edit?.text.trim() === "") || !isWorse(edited(diagnosis, found), diagnosis))
    return found;
  return found.reduce<readonly Diagnostic[]>((kept, next) => {
    return isWorse(edited(diagnosis, [...kept, next]), diagnosis) ? kept : [...kept, next];
  }, []);
}

function edited({ source: { file, text } }: Diagnosis, found: readonly Diagnostic[]): Diagnosis {
  const edits = found.flatMap(({ edit }) => edit ?? []);
  return diagnose(file, withEdits(text, edits));
}

/**
 * Whether edits leave a text worse off. In one that could not be read they have guessed wrong where it then has more errors,
 * besides those that are put right next. In one that could, a key that is spelt right may show errors that were there before.
 */
function isWorse(after: Diagnosis, before: Diagnosis): boolean {
  if (before.source.problems.length === 0) return after.source.problems.length > 0;
  return errorsOf(after).filter(({ edit }) => !edit).length > errorsOf(before).length;
}

function errorsOf({ diagnostics }: Diagnosis): readonly Diagnostic[] {
  return diagnostics.filter(({ severity }) => severity !== "warning");
}

function fixedOf({ code, file, line, column, edit }: Diagnostic, text: string): Fixed {
  return { code, file, line, column, from: text.slice(edit?.start, edit?.end), to: edit?.text ?? "" };
}
