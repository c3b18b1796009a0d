/** From the topology's text to the files that it stands for, in memory. */
import { generators } from "../generators/index.ts";
import type { Diagnostic, Finding } from "./diagnostic.ts";
import type { GeneratedFile, Generator } from "./generated-file.ts";
import type { Model } from "./model/model.ts";
import { resolve } from "./model/resolve.ts";
import { byCodeUnit } from "./order.ts";
import { withHeader } from "./output/header.ts";
import { checkPaths } from "./output/paths.ts";
import { place } from "./source/position.ts";
import { checkRules } from "./rules/index.ts";
import { spareNodeFindings } from "./rules/spare-nodes.ts";
import { asTopology, checkSchema } from "./schema/schema.ts";
import { readSource, type Source } from "./source/source.ts";
import { type Absence, absences } from "./verify/absences.ts";
import type { Contradiction } from "./verify/contradiction.ts";
import { readFacts } from "./verify/read-facts.ts";
import { verify } from "./verify/verify.ts";

/** What became of a topology: diagnostics, and the generated tree unless one of them is an error. */
export interface Compilation {
  readonly source: Source;
  readonly diagnostics: readonly Diagnostic[];
  readonly tree: Tree | null;
}

/** All generated files, ordered by path. */
export interface Tree {
  readonly model: Model;
  /** The folder that most of them are in, `out`. */
  readonly output: string;
  readonly files: readonly GeneratedFile[];
  /** The pods that have no place while some node is down. */
  readonly absences: readonly Absence[];
}

/** Is told what begins, in a few words. */
export type Progress = (step: string) => void;

/** `file` is the topology's path as the user names it; some generators stand for all in a test alone. */
export function compile(
  file: string,
  text: string,
  begin: Progress = () => {},
  some: readonly Generator[] = generators,
): Compilation {
  begin("reading the topology");
  const source = readSource(file, text);
  const findings = check(source);
  const isValid = source.problems.length === 0 && findings.every(({ severity }) => severity === "warning");
  if (!isValid) return { source, diagnostics: [...source.problems, ...place(source, findings)], tree: null };
  const tree = render(source, begin, some);
  const warnings = [...findings, ...spareNodeFindings(asTopology(source.value), tree.absences)];
  return { source, diagnostics: place(source, warnings), tree };
}

/** What is wrong with a topology, as far as that shows before anything is rendered. */
export function diagnose(file: string, text: string): Omit<Compilation, "tree"> {
  const source = readSource(file, text);
  return { source, diagnostics: [...source.problems, ...place(source, check(source))] };
}

function check({ problems, value }: Source): readonly Finding[] {
  if (problems.length > 0) return [];
  const misshapen = checkSchema(value);
  return misshapen.length > 0 ? misshapen : checkRules(asTopology(value));
}

function render({ file, value }: Source, begin: Progress, some: readonly Generator[]): Tree {
  begin("resolving the topology");
  const model = resolve(asTopology(value));
  const name = file.slice(Math.max(file.lastIndexOf("/"), file.lastIndexOf("\\")) + 1);
  const generated = some.flatMap((generate, at) => {
    begin(`rendering, ${at + 1} of ${some.length}`);
    return generate(model);
  });
  const files = generated.map((each) => withHeader(each, name));
  const { output } = model.paths;
  begin("verifying what is rendered");
  checkForm(files, output);
  const facts = readFacts(files, model.paths);
  refuseContradictions(verify(facts));
  return {
    model,
    output,
    files: files.toSorted((one, other) => byCodeUnit(one.path, other.path)),
    absences: absences(facts),
  };
}

/** What is wrong here is a mistake in a generator, so it is an exception. */
function checkForm(files: readonly GeneratedFile[], output: string): void {
  const paths = files.map(({ path }) => path);
  checkPaths(paths, output);
  for (const { path, text } of files) {
    if (!text.endsWith("\n") || text.endsWith("\n\n")) throw new Error(`${path} does not end with one line break`);
    if (text.includes("\r")) throw new Error(`${path} has a carriage return`);
  }
}

/** Outputs that contradict each other are a mistake of ours as well, and none of them is to be used. */
function refuseContradictions(found: readonly Contradiction[]): void {
  if (found.length === 0) return;
  const lines = found.map(({ check, file, message }) => `${file}: ${check}: ${message}`);
  throw new Error(`the outputs contradict each other:\n${lines.join("\n")}`);
}
