import { basename, dirname, join } from "node:path";
import { compile } from "../compile.ts";
import { findText, replaceFiles } from "../files.ts";
import type { GeneratedFile } from "../generated-file.ts";
import { version } from "../../package.json";
import { findsTopogen, withScripts } from "../init/package-json.ts";
import preCommit from "../init/pre-commit.sh";
import { type Answers, type Question, questions } from "../init/questions.ts";
import { exampleOf, type TemplateName, templates, topologyText } from "../init/topology-text.ts";
import { Misuse } from "../misuse.ts";
import { findNamed, requireFolderOf } from "./named-files.ts";
import { answer, type Outcome } from "./outcome.ts";

export interface Initialization {
  readonly file: string;
  readonly template: string;
  readonly answers: Answers;
  /** Asks a person; null where there is none. */
  readonly ask: Ask | null;
}

/** Puts a question to a person. Gives their answer, where an empty one means the example; null where they want no more. */
type Ask = (question: string) => string | null;

interface Asking extends Pick<Initialization, "answers"> {
  readonly template: TemplateName;
  readonly ask: Ask;
}

/** Begins a platform: the topology, npm's scripts and a Git hook. What is there already stays as it is. Throws Misuse for a template that there is not. */
export function init({ file, template, answers, ask }: Initialization): Outcome {
  if (!isTemplate(template))
    throw new Misuse(`there is no template ${template}, only ${Object.keys(templates).join(" and ")}`);
  requireFolderOf(file);
  if (findNamed("file", file) !== null) return answer(false, `${file} is there already. Nothing was written.`);
  const { source, diagnostics, tree } = compile(file, topologyText(template, answers));
  if (!tree)
    return { ...answer(false, "That makes no valid topology. Nothing was written."), text: source.text, diagnostics };
  const given = ask === null ? answers : askAll({ template, answers, ask });
  if (given === null) return answer(false, "Nothing was written.");
  const text = topologyText(template, given);
  const created: readonly GeneratedFile[] = [{ path: basename(file), text }, ...scripts(file), ...hook(file)];
  replaceFiles(dirname(file), created);
  return answer(
    true,
    summary(
      created,
      questions.filter(({ option }) => given[option] === undefined),
      findsTopogen(findText(join(dirname(file), "package.json"))),
    ),
  );
}

/** What the workflows run, on other machines than this. */
const KEEP_PACKAGE = [
  `  put topogen-${version}.tgz into vendor/        npm's scripts and the workflows run it, so it is committed:`,
  `  npm install --save-dev ./vendor/topogen-${version}.tgz`,
];

function summary(created: readonly GeneratedFile[], examples: readonly Question[], isKept: boolean): string {
  const own = examples.map(({ path }) => path.join(".")).join(", ");
  return [
    "Written:",
    ...created.map(({ path }) => `  ${path}`),
    "",
    "Next:",
    ...(own ? [`  put your own values in the place of the examples: ${own}`] : []),
    ...(isKept ? [] : KEEP_PACKAGE),
    "  npx topogen gen                        write everything that follows from it",
    "  git config core.hooksPath .githooks    let Git refuse a commit whose generated files are not up to date",
  ].join("\n");
}

function isTemplate(name: string): name is TemplateName {
  return Object.hasOwn(templates, name);
}

/** The answers with those that a person adds; null where they want no more. */
function askAll({ template, answers, ask }: Asking): Answers | null {
  return questions
    .filter(({ option }) => answers[option] === undefined)
    .reduce<Answers | null>((soFar, question) => soFar && askFor(question, { template, answers: soFar, ask }), answers);
}

/** Asks until the answer makes a valid topology together with those before it. */
function askFor(question: Question, asking: Asking, complaint = ""): Answers | null {
  const { template, answers, ask } = asking;
  const given = ask(`${complaint}${question.asks} (${exampleOf(template, question)}): `)?.trim();
  if (given === undefined) return null;
  if (given === "") return answers;
  const extended = { ...answers, [question.option]: given };
  const { diagnostics, tree } = compile("topology.yaml", topologyText(template, extended));
  const [problem] = diagnostics;
  return tree || !problem ? extended : askFor(question, asking, `  ${problem.message} ${problem.remedy}\n`);
}

/** package.json with npm's scripts, if some are missing. */
function scripts(file: string): readonly GeneratedFile[] {
  const text = withScripts(findText(join(dirname(file), "package.json")));
  return text === null ? [] : [{ path: "package.json", text }];
}

function hook(file: string): readonly GeneratedFile[] {
  const path = ".githooks/pre-commit";
  return findText(join(dirname(file), path)) === null ? [{ path, text: preCommit, executable: true }] : [];
}
