import type { Path } from "../diagnostic.ts";
import type { Topology } from "../topology.ts";
import { type Violation, written } from "./rule.ts";

/** The texts that the schema leaves free. */
function freeTexts(topology: Topology): { path: Path; text: string }[] {
  return written(topology.services).flatMap(([name, { env, command = [], alive = [] }]) => [
    ...written(env).flatMap(([key, value]) =>
      typeof value === "string" ? [{ path: ["services", name, "env", key], text: value }] : [],
    ),
    ...command.map((text, index) => ({ path: ["services", name, "command", index], text })),
    ...alive.map((text, index) => ({ path: ["services", name, "alive", index], text })),
  ]);
}

/** Tabs and line ends are text; the other control characters have no place in a process's environment or in YAML. */
const CONTROL = /[^\P{Cc}\t\n]/u;
const HALF_A_PAIR = /\p{Cs}/u;

export function* textsCanBeWritten(topology: Topology): Iterable<Violation> {
  for (const { path, text } of freeTexts(topology)) {
    const character = (CONTROL.exec(text) ?? HALF_A_PAIR.exec(text))?.[0];
    if (character === undefined) continue;
    const code = character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
    const message = `The text holds the character U+${code}, which not every tool can write or read.`;
    yield { path, message, remedy: "Remove the character." };
  }
}

/** `é` as one character or as two looks the same and is not: programs that compare would disagree. */
export function* textsAreNormalised(topology: Topology): Iterable<Violation> {
  for (const { path, text } of freeTexts(topology)) {
    if (text === text.normalize("NFC")) continue;
    const message = `The text \`${text}\` has letters and accents as separate characters (it is not in Unicode's form NFC).`;
    const fix = (written: string): string => written.normalize("NFC");
    yield { path, message, remedy: `Type it again as \`${text.normalize("NFC")}\`.`, fix };
  }
}
