import { parseArgs } from "node:util";
import { Misuse } from "../misuse.ts";
import { nearest } from "../nearest.ts";
import { type CommandName, commands } from "./commands.ts";
import { usageOf } from "./help.ts";
import { type OptionName, options, optionTexts } from "./options.ts";

type Parsed = ReturnType<typeof parse>;

export interface CommandLine {
  /** Null where only help or the version is asked for. */
  readonly name: CommandName | null;
  readonly values: Parsed["values"];
  readonly parameters: readonly string[];
}

/** What is asked for on the command line. Throws Misuse where that is no command, or more or less than it takes. */
export function readCommandLine(args: readonly string[]): CommandLine {
  const { values, positionals, tokens } = parse(args);
  const isHelp = values.help || positionals[0] === "help";
  const [word = "", ...parameters] = positionals[0] === "help" ? positionals.slice(1) : positionals;
  if (values.version || (isHelp && word === "")) return { name: null, values, parameters };
  if (!isCommand(word)) throw new Misuse(noCommand(word));
  if (isHelp) return { name: word, values: { ...values, help: true }, parameters };
  for (const token of tokens) if (token.kind === "option") requireOption(word, token);
  const { parameters: wanted } = commands[word];
  const required = wanted.filter((parameter) => parameter.startsWith("<")).length;
  const isEmpty = required > 0 && parameters[0] === "";
  if (isEmpty || parameters.length < required || parameters.length > wanted.length)
    throw new Misuse(`usage: ${usageOf(word)}`);
  return { name: word, values, parameters };
}

function noCommand(word: string): string {
  const known = [...Object.keys(commands), "help", "--help", "--version"];
  return word === "" ? "which command?" : `there is no command ${word}${hint(word, known)}`;
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value?: string | undefined;
}

/** Throws Misuse where the command has no such option, or one without its value. */
function requireOption(command: CommandName, { name, rawName, value }: OptionToken): void {
  if (value === "") throw new Misuse(noValue(name));
  if (hasOption(command, name)) return;
  const others = (Object.keys(commands) as CommandName[]).filter((other) => hasOption(other, name));
  const there = others.map((other) => `\`topogen ${other} ${dashed(name)}\``).join(" and ");
  throw new Misuse(`${command} has no option ${rawName}${others.length > 2 ? "" : `: there is ${there}`}`);
}

function hasOption(command: CommandName, name: string): boolean {
  return commands[command].options.some((option) => option === name);
}

/** `--from needs a value: --from <commit>` */
function noValue(option: string): string {
  const [value] = optionTexts[option as OptionName];
  return `${dashed(option)} needs a value: ${dashed(option)} ${value}`;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, tokens: true, options });
  } catch (error) {
    throw new Misuse(parsingProblem((error as Error).message));
  }
}

/** What Node.js says, in our words where we know what it says. */
function parsingProblem(message: string): string {
  const [, unknown] = /^Unknown option '(-[^']*)'/.exec(message) ?? [];
  if (unknown !== undefined) return `there is no option ${unknown}${hint(unknown, Object.keys(options).map(dashed))}`;
  const [, written, problem] = /^Option '(?:-., )?--?([a-z-]+)[^']*' (\S+ \S+)/.exec(message) ?? [];
  const option = written === options.file.short ? "file" : written;
  if (option === undefined || !Object.hasOwn(options, option)) return message;
  return problem === "does not" ? `${dashed(option)} takes no value` : noValue(option);
}

function dashed(option: string): string {
  return `--${option}`;
}

export function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

function hint(word: string, candidates: readonly string[]): string {
  const meant = nearest(word, candidates);
  return meant === undefined ? "" : `. Did you mean ${meant}?`;
}
