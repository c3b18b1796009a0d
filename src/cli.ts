/** The only file that knows the process: arguments, streams, exit code. */
import { readSync } from "node:fs";
import { dirname, join } from "node:path";
import { isatty } from "node:tty";
import { version } from "../package.json";
import { check } from "./commands/check.ts";
import { gen } from "./commands/gen.ts";
import { type CommandLine, isCommand, readCommandLine } from "./commands/command-line.ts";
import type { CommandName } from "./commands/commands.ts";
import { completion } from "./commands/completion.ts";
import { explain } from "./commands/explain.ts";
import { helpOf, helpText } from "./commands/help.ts";
import { init } from "./commands/init.ts";
import { findNamed, readTopology } from "./commands/named-files.ts";
import type { Outcome } from "./commands/outcome.ts";
import { options } from "./commands/options.ts";
import { planCommand } from "./commands/plan.ts";
import { set } from "./commands/set.ts";
import { show } from "./commands/show.ts";
import { fix, validate } from "./commands/validate.ts";
import { view } from "./commands/view.ts";
import { compile } from "./compile.ts";
import { failureText } from "./failure.ts";
import { watchText } from "./files.ts";
import { Misuse } from "./misuse.ts";
import { yaml, type YamlValue } from "./output/yaml.ts";
import { annotations, coloured, outcomeJson, outcomeText, plain } from "./report.ts";

const exitCodes = { clean: 0, notClean: 1, wrongUsage: 2 };

function main(): number {
  const { name, values, parameters } = readCommandLine(process.argv.slice(2));
  if (values.version) return print(`${version}\n`);
  if (values.help || name === null) return print(name === null ? helpText() : helpOf(name));
  return run(name, values, parameters);
}

function run(name: CommandName, values: CommandLine["values"], parameters: readonly string[]): number {
  const { file, force, from = null, markdown, to = join(dirname(file), "topology.html"), template } = values;
  const [path = "", value = ""] = parameters;
  const root = dirname(file);
  const generation = {
    root,
    runner: { id: process.pid, isRunning, wait },
    force,
    allowDestroy: values["allow-destroy"],
  };
  const compilation = () => {
    const compiled = compile(file, readTopology(file), progress);
    progress("comparing it with the tree");
    return compiled;
  };
  const outcomes: Record<CommandName, () => Outcome> = {
    init: () => init({ file, template, answers: values, ask: isTerminal() ? ask : null }),
    gen: () => gen(generation, compilation()),
    check: () => check(root, compilation()),
    validate: () => (values.fix ? fix(file) : validate(compilation())),
    plan: () => planCommand({ from, markdown }, compilation()),
    set: () => set(generation, file, { path, value }),
    explain: () => explain(path, compile(file, explained(file))),
    show: () => show({ path, origin: values.origin, json: values.json }, compilation()),
    view: () => view(to, compilation(), progress),
    completion: () => completion(path),
  };
  const respond = () => tell(outcomes[name](), values.json);
  if (values.watch) watch(file, respond);
  return respond();
}

/** The language can be explained without a topology, unless one is asked for. */
function explained(file: string): string {
  return file === options.file.default ? (findNamed("file", file) ?? "") : readTopology(file);
}

/** Responds each time that the topology is written. One that is not there is wrong usage, and not waited for. */
function watch(file: string, respond: () => number): void {
  readTopology(file);
  watchText(file, () => guarded(respond));
}

function tell(outcome: Outcome, isJson: boolean): number {
  if (outcome.document !== undefined)
    print(isJson ? `${JSON.stringify(outcome.document, undefined, 2)}\n` : yaml(outcome.document as YamlValue));
  else if (isJson) print(outcomeJson(outcome));
  else print((process.env.GITHUB_ACTIONS ? annotations(outcome) : "") + outcomeText(outcome, paint()));
  return outcome.isClean ? exitCodes.clean : exitCodes.notClean;
}

/** Whether a person is there to answer. `process.stdin` would do more than tell: it makes reading fail until something is typed. */
function isTerminal(): boolean {
  return isatty(0) && isatty(1);
}

/** Asks a person, and waits for the line that they type; null where they end the input (Ctrl-D). */
function ask(question: string): string | null {
  print(question);
  const line = readLine();
  if (line === "") print("\n");
  return line || null;
}

/** What a terminal gives at once is one line, of no more bytes than this. */
const longestLine = 4096;

function readLine(): string {
  const bytes = Buffer.alloc(longestLine);
  for (;;) {
    try {
      return bytes.toString("utf8", 0, readSync(0, bytes));
    } catch (error) {
      // Whoever had the terminal before may have left it so that reading does not wait.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      wait();
    }
  }
}

let isProgressShown = false;

/** What begins now, on a line that the next one replaces: on a terminal, and once the whole has taken a second. */
function progress(step: string): void {
  const { CI, TERM } = process.env;
  if (!process.stderr.isTTY || CI || TERM === "dumb" || process.uptime() < 1) return;
  process.stderr.write(`\r\x1b[K${step} ...`);
  isProgressShown = true;
}

function endProgress(): void {
  if (isProgressShown) process.stderr.write("\r\x1b[K");
  isProgressShown = false;
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
  endProgress();
  process.stdout.write(text);
  return exitCodes.clean;
}

function misuse(message: string): number {
  endProgress();
  const [word = ""] = process.argv.slice(2);
  process.stderr.write(`topogen: ${message}\nSee topogen ${isCommand(word) ? `${word} ` : ""}--help.\n`);
  return exitCodes.wrongUsage;
}

function describe(error: Error): number {
  if (error instanceof Misuse) return misuse(error.message);
  endProgress();
  process.stderr.write(`topogen: ${failureText(error)}\n`);
  return exitCodes.notClean;
}

function guarded(action: () => number): number {
  try {
    return action();
  } catch (error) {
    return describe(error as Error);
  }
}

/** Who reads the output may have seen enough, as `head` has: that ends the run, and is no failure. Anything else is told. */
function endAtOnce(error: NodeJS.ErrnoException): never {
  process.exit(error.code === "EPIPE" ? process.exitCode : describe(error));
}

process.stdout.on("error", endAtOnce);
process.stderr.on("error", () => process.exit(exitCodes.notClean));
process.exitCode = guarded(main);
