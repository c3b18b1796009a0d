/** The only file that knows the process: arguments, streams, exit code. */
import { dirname } from "node:path";
import { parseArgs } from "node:util";
import { version } from "../package.json";
import { check } from "./commands/check.ts";
import { gen } from "./commands/gen.ts";
import { type CommandName, commands, helpOf, helpText } from "./commands/help.ts";
import type { Outcome } from "./commands/outcome.ts";
import { planCommand } from "./commands/plan.ts";
import { set } from "./commands/set.ts";
import { validate } from "./commands/validate.ts";
import { compile } from "./compile.ts";
import { readText } from "./files.ts";
import { annotations, coloured, outcomeJson, outcomeText, plain } from "./report.ts";

const exitCodes = { clean: 0, notClean: 1, wrongUsage: 2 };

interface Options {
  readonly file: string;
  readonly force: boolean;
  readonly json: boolean;
  readonly markdown: boolean;
  readonly from?: string;
  readonly "allow-destroy": readonly string[];
}

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      file: { type: "string", short: "f", default: "topology.yaml" },
      force: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      markdown: { type: "boolean", default: false },
      from: { type: "string" },
      "allow-destroy": { type: "string", multiple: true, default: [] },
      help: { type: "boolean", short: "h", default: false },
      version: { type: "boolean", default: false },
    },
  });
  const [name = "", ...rest] = positionals;
  if (values.version) return print(`${version}\n`);
  if (values.help) return print(isCommand(name) ? helpOf(name) : helpText());
  if (!isCommand(name)) return misuse(name === "" ? "which command?" : `there is no command ${name}`);
  if (name === "set" ? rest.length !== 2 : rest.length > 0)
    return misuse(`${name} takes ${name === "set" ? "a path and a value" : "options only"}`);
  return run(name, values, rest);
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

function run(name: CommandName, options: Options, [path = "", value = ""]: readonly string[]): number {
  const { file, force, from = null, markdown } = options;
  const root = dirname(file);
  const generation = { root, runner: { id: process.pid, isRunning, wait }, force, allowDestroy: options["allow-destroy"] };
  const compilation = () => compile(file, readText(file));
  const outcomes: Record<CommandName, () => Outcome> = {
    gen: () => gen(generation, compilation()),
    check: () => check(root, compilation()),
    validate: () => validate(compilation()),
    plan: () => planCommand({ from, markdown }, compilation()),
    set: () => set(generation, file, { path, value }),
  };
  const outcome = outcomes[name]();
  if (options.json) print(outcomeJson(outcome));
  else print((process.env.GITHUB_ACTIONS ? annotations(outcome) : "") + outcomeText(outcome, paint()));
  return outcome.isClean ? exitCodes.clean : exitCodes.notClean;
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
function explain(error: NodeJS.ErrnoException): number {
  if (error.code?.startsWith("ERR_PARSE_ARGS")) return misuse(error.message);
  if (error.code === "ENOENT" && error.syscall === "open") return misuse(`there is no file ${error.path}`);
  const text = error.code === undefined ? `this is a bug in topogen, please report it.\n${error.stack}` : error.message;
  process.stderr.write(`topogen: ${text}\n`);
  return exitCodes.notClean;
}

try {
  process.exitCode = main();
} catch (error) {
  process.exitCode = explain(error as NodeJS.ErrnoException);
}
