/** The only file that knows the process: arguments, streams, exit code. */
import { readSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { version } from "../package.json";
import { check } from "./commands/check.ts";
import { gen } from "./commands/gen.ts";
import { type CommandName, commands } from "./commands/commands.ts";
import { completion } from "./commands/completion.ts";
import { explain } from "./commands/explain.ts";
import { helpOf, helpText, usageOf } from "./commands/help.ts";
import { init } from "./commands/init.ts";
import { options } from "./commands/options.ts";
import type { Outcome } from "./commands/outcome.ts";
import { planCommand } from "./commands/plan.ts";
import { set } from "./commands/set.ts";
import { show } from "./commands/show.ts";
import { fix, validate } from "./commands/validate.ts";
import { view } from "./commands/view.ts";
import { compile } from "./compile.ts";
import { findText, readText, watchText } from "./files.ts";
import { Misuse } from "./misuse.ts";
import { yaml, type YamlValue } from "./output/yaml.ts";
import { annotations, coloured, outcomeJson, outcomeText, plain } from "./report.ts";

const exitCodes = { clean: 0, notClean: 1, wrongUsage: 2 };

type Options = ReturnType<typeof parse>["values"];

function parse() {
  return parseArgs({ allowPositionals: true, tokens: true, options });
}

function main(): number {
  const { values, positionals, tokens } = parse();
  const [name = "", ...rest] = positionals;
  if (values.version) return print(`${version}\n`);
  if (values.help) return print(isCommand(name) ? helpOf(name) : helpText());
  if (!isCommand(name)) return misuse(name === "" ? "which command?" : `there is no command ${name}`);
  const { parameters, options: own } = commands[name];
  const stranger = tokens.find((token) => token.kind === "option" && !own.some((option) => option === token.name));
  if (stranger?.kind === "option") return misuse(`${name} has no option ${stranger.rawName}`);
  const required = parameters.filter((parameter) => parameter.startsWith("<")).length;
  if (rest.length < required || rest.length > parameters.length) return misuse(`usage: ${usageOf(name)}`);
  return run(name, values, rest);
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

function run(name: CommandName, values: Options, parameters: readonly string[]): number {
  const { file, force, from = null, markdown, to = join(dirname(file), "topology.html"), template } = values;
  const [path = "", value = ""] = parameters;
  const root = dirname(file);
  const generation = {
    root,
    runner: { id: process.pid, isRunning, wait },
    force,
    allowDestroy: values["allow-destroy"],
  };
  const compilation = () => compile(file, readText(file));
  const outcomes: Record<CommandName, () => Outcome> = {
    init: () => init({ file, template, answers: values, ask: isTerminal() ? ask : null }),
    gen: () => gen(generation, compilation()),
    check: () => check(root, compilation()),
    validate: () => (values.fix ? fix(file) : validate(compilation())),
    plan: () => planCommand({ from, markdown }, compilation()),
    set: () => set(generation, file, { path, value }),
    explain: () => explain(path, compile(file, findText(file) ?? "")),
    show: () => show({ path, origin: values.origin, json: values.json }, compilation()),
    view: () => view(to, compilation()),
    completion: () => completion(path),
  };
  const respond = () => tell(outcomes[name](), values.json);
  if (values.watch) watchText(file, () => guarded(respond));
  return respond();
}

function tell(outcome: Outcome, isJson: boolean): number {
  if (outcome.document !== undefined)
    print(isJson ? `${JSON.stringify(outcome.document, undefined, 2)}\n` : yaml(outcome.document as YamlValue));
  else if (isJson) print(outcomeJson(outcome));
  else print((process.env.GITHUB_ACTIONS ? annotations(outcome) : "") + outcomeText(outcome, paint()));
  return outcome.isClean ? exitCodes.clean : exitCodes.notClean;
}

/** Whether a person is there to answer. */
function isTerminal(): boolean {
  return process.stdin.isTTY && process.stdout.isTTY;
}

/** Asks a person, and waits for the line that they type. */
function ask(question: string): string {
  print(question);
  const bytes: number[] = [];
  const byte = Buffer.alloc(1);
  while (readSync(0, byte) === 1 && byte[0] !== 10) bytes.push(byte[0] as number);
  return Buffer.from(bytes).toString("utf8").trim();
}

function paint(): typeof plain {
  return process.stdout.isTTY && !process.env.NO_COLOR ? coloured : plain;
}

/** Whether a process of this number exists; one that belongs to somebody else does. */
function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function wait(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
}

function print(text: string): number {
  process.stdout.write(text);
  return exitCodes.clean;
}

function misuse(message: string): number {
  process.stderr.write(`topogen: ${message}\nSee topogen --help.\n`);
  return exitCodes.wrongUsage;
}

/** What the user or the machine can cause is told in a sentence; anything else is a bug of ours. */
function describe(error: NodeJS.ErrnoException): number {
  if (error instanceof Misuse || error.code?.startsWith("ERR_PARSE_ARGS")) return misuse(error.message);
  if (error.code === "ENOENT" && error.syscall === "open")
    return misuse(`there is no file ${error.path}: \`topogen init\` begins one, --file names another`);
  if (error.code === "EISDIR") return misuse("the topology is a folder: --file names a file");
  const text = error.code === undefined ? `this is a bug in topogen, please report it.\n${error.stack}` : error.message;
  process.stderr.write(`topogen: ${text}\n`);
  return exitCodes.notClean;
}

function guarded(action: () => number): number {
  try {
    return action();
  } catch (error) {
    return describe(error as NodeJS.ErrnoException);
  }
}

process.exitCode = guarded(main);
