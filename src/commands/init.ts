import { basename, dirname, join } from "node:path";
import { compile } from "../compile.ts";
import { findText, replaceFiles } from "../files.ts";
import { placeInWorkTree } from "../git.ts";
import type { GeneratedFile } from "../generated-file.ts";
import { version } from "../../package.json";
import { hookText } from "../init/hook.ts";
import { fileOption, findsTopogen, otherScripts, withScripts } from "../init/package-json.ts";
import { type Answers, type Question, questions } from "../init/questions.ts";
import { type TemplateName, templates, topologyText } from "../init/topology-text.ts";
import { Misuse } from "../misuse.ts";
import { sh } from "../output/quote.ts";
import { type Ask, askAll } from "./ask-all.ts";
import { findNamed, requireFolderOf } from "./named-files.ts";
import { answer, type Outcome } from "./outcome.ts";

export interface Initialization {
  readonly file: string;
  readonly template: string;
  readonly answers: Answers;
  /** Asks a person; null where there is none. */
  readonly ask: Ask | null;
}

/** Begins a platform: the topology, npm's scripts and a Git hook. What is there already stays as it is. Throws Misuse for a template that there is not. */
export function init({ file, template, answers, ask }: Initialization): Outcome {
  if (!isTemplate(template))
    throw new Misuse(`there is no template ${template}, only ${Object.keys(templates).join(" and ")}`);
  requireFolderOf(file);
  if (findNamed("file", file) !== null) return answer(false, `${file} is there already. Nothing was written.`);
  const place = placeInWorkTree(dirname(file));
  if (place) return answer(false, belowTheTop(place));
  const { source, diagnostics, tree } = compile(file, topologyText(template, answers));
  if (!tree)
    return { ...answer(false, "That makes no valid topology. Nothing was written."), text: source.text, diagnostics };
  const given = ask === null ? answers : askAll({ template, answers, ask });
  if (given === null) return answer(false, "Nothing was written.");
  const text = topologyText(template, given);
  const begun: Begun = {
    file,
    created: [{ path: basename(file), text }, ...scripts(file), ...hook(file), ...ignored(file)],
    left: left(file),
    examples: questions.filter(({ option }) => given[option] === undefined),
    inGit: place !== null,
  };
  replaceFiles(dirname(file), begun.created);
  return answer(true, summary(begun));
}

/** Why a platform does not begin in a folder of a work tree. */
function belowTheTop(place: string): string {
  return `${place} is not the top of its Git work tree, and only there GitHub reads .github/workflows, Atlantis atlantis.yaml, and
Argo CD the paths of the manifests. Begin at the top, or run \`git init\` here first. Nothing was written.`;
}

/** What the workflows run, on other machines than this. */
const KEEP_PACKAGE = [
  `  put topogen-${version}.tgz into vendor/        npm's scripts and the workflows run it, so it is committed:`,
  `  npm install --save-dev ./vendor/topogen-${version}.tgz`,
];

/** What was done, and what was found. */
interface Begun {
  readonly file: string;
  readonly created: readonly GeneratedFile[];
  /** What was there already, and was made for something else. */
  readonly left: readonly string[];
  readonly examples: readonly Question[];
  readonly inGit: boolean;
}

function summary({ file, created, left, examples, inGit }: Begun): string {
  const folder = dirname(file);
  const own = examples.map(({ path }) => path.join(".")).join(", ");
  const isKept = findsTopogen(findBeside(file, "package.json"));
  return [
    "Written:",
    ...created.map(({ path }) => `  ${join(folder, path)}`),
    "",
    ...(left.length > 0 ? [`Left as it is, not for ${file}:`, ...left.map((each) => `  ${each}`), ""] : []),
    "Next:",
    ...(folder === "." ? [] : [`  cd ${sh(folder)}`]),
    ...(own ? [`  put your own values in the place of the examples: ${own}`] : []),
    ...(isKept ? [] : KEEP_PACKAGE),
    step(`npx topogen gen${fileOption(basename(file))}`, "write everything that follows from it"),
    ...(inGit ? [] : [step("git init", "it is to be a repository")]),
    step("git config core.hooksPath .githooks", "let Git refuse a commit whose generated files are not up to date"),
  ].join("\n");
}

function step(command: string, meaning: string): string {
  return `  ${command.padEnd(39)}${meaning}`;
}

function isTemplate(name: string): name is TemplateName {
  return Object.hasOwn(templates, name);
}

/** package.json with npm's scripts, if some are missing. */
function scripts(file: string): readonly GeneratedFile[] {
  const text = withScripts(findBeside(file, "package.json"), basename(file));
  return text === null ? [] : [{ path: "package.json", text }];
}

const HOOK = ".githooks/pre-commit";

function hook(file: string): readonly GeneratedFile[] {
  const text = hookText(basename(file));
  return findBeside(file, HOOK) === null ? [{ path: HOOK, text, executable: true }] : [];
}

/** What npm and Terraform leave in the folder; the state of the root that makes the state's bucket lies there, too. */
const IGNORED = "node_modules/\n.terraform/\n*.tfstate*\n";

function ignored(file: string): readonly GeneratedFile[] {
  return findBeside(file, ".gitignore") === null ? [{ path: ".gitignore", text: IGNORED }] : [];
}

/** What is there already, and was made for something else. */
function left(file: string): readonly string[] {
  const others = otherScripts(findBeside(file, "package.json"), basename(file));
  const found = findBeside(file, HOOK) ?? hookText(basename(file));
  return [
    ...(others.length > 0 ? [`package.json: ${others.join(", ")}`] : []),
    ...(found === hookText(basename(file)) ? [] : [HOOK]),
  ];
}

function findBeside(file: string, path: string): string | null {
  return findText(join(dirname(file), path));
}
