import { parseArgs } from "node:util";
import { Misuse } from "../misuse.ts";
import { nearest } from "../nearest.ts";
import { type CommandName, commands } from "./commands.ts";
import { usageOf } from "./help.ts";
import { options } from "./options.ts";

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
  const [word = "", ...parameters] = positionals;
  const name = isCommand(word) ? word : null;
  if (values.help || values.version) return { name, values, parameters };
  if (name === null)
    throw new Misuse(
      word === "" ? "which command?" : `there is no command ${word}${hint(word, Object.keys(commands))}`,
    );
  const { parameters: wanted, options: own } = commands[name];
  for (const token of tokens) {
    if (token.kind !== "option" || own.some((option) => option === token.name)) continue;
    throw new Misuse(`${name} has no option ${token.rawName}${hint(token.rawName, own.map(dashed))}`);
  }
  const required = wanted.filter((parameter) => parameter.startsWith("<")).length;
  if (parameters.length < required || parameters.length > wanted.length) throw new Misuse(`usage: ${usageOf(name)}`);
  return { name, values, parameters };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, tokens: true, options });
  } catch (error) {
    const { message } = error as Error;
    const [, option] = /^Unknown option '(-[^']*)'/.exec(message) ?? [];
    throw new Misuse(
      option === undefined ? message : `there is no option ${option}${hint(option, Object.keys(options).map(dashed))}`,
    );
  }
}

function dashed(option: string): string {
  return `--${option}`;
}

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commands, name);
}

function hint(word: string, candidates: readonly string[]): string {
  const meant = nearest(word, candidates);
  return meant === undefined ? "" : `. Did you mean ${meant}?`;
}
