/** How a text is written in YAML so that readers of YAML 1.1 (Ansible, kubectl) and of 1.2 get the same text back. */
import { representable } from "./quote.ts";

/** What no reader takes for anything but text: the names, paths, versions and addresses that most values are. */
const obvious = /^(?:[A-Za-z_/][A-Za-z0-9_./@-]*|\d+\.\d+\.\d+[A-Za-z0-9./-]*)$/;

/** Words that some reader takes for a boolean or for null, in any case. */
const reserved = /^(?:y|n|yes|no|on|off|true|false|null)$/i;

/** All that may be a number, a time or a date: decimal, octal, hexadecimal, base 60 (`12:30`), `.inf`, `.nan`. */
const numeric = /^[-+]?(?:[.\d][\d_.,:a-fxo+-]*(?:[tz ][\d_.:tz +-]*)?|\.(?:inf|nan))$/i;

/** Starts that mean something in YAML. A `-` may start a text when no blank follows: `--verbose`. */
const indicator = /^(?:[\s!"#%&'*,:=>?@`{|}[\]~+]|<<|-$|-\s|---|\.\.\.|\.$)/;

/** What ends a text or begins a comment, and blanks at the end. */
const breaking = /:(?:\s|$)|\s#|\s$/;

/** All that is not shown as itself: it has to be escaped. Readers also disagree on which of these end a line. */
const unprintable = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/u;
const everyUnprintable = new RegExp(unprintable, "gu");
const unprintableInBlock = /[^\p{L}\p{M}\p{N}\p{P}\p{S} \n\t]/u;

const shortEscapes: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function escape(character: string): string {
  const code = character.codePointAt(0) as number;
  if (code < 0x100) return shortEscapes[character] ?? `\\x${code.toString(16).padStart(2, "0")}`;
  const digits = code.toString(16);
  return code < 0x10000 ? `\\u${digits.padStart(4, "0")}` : `\\U${digits.padStart(8, "0")}`;
}

/** The quotes that prettier would choose: single ones around a text with `"` in it, double ones otherwise. */
function quoted(text: string): string {
  if (text.includes("\\") || unprintable.test(text)) {
    return `"${text.replace(/["\\]/g, "\\$&").replace(everyUnprintable, escape)}"`;
  }
  return text.includes('"') ? `'${text.replaceAll("'", "''")}'` : `"${text}"`;
}

function isPlain(text: string): boolean {
  if (text === "" || reserved.test(text) || numeric.test(text)) return false;
  return !indicator.test(text) && !breaking.test(text) && !unprintable.test(text);
}

/** A text on one line: plain where every reader sees a text, quoted elsewhere. */
export function inlineText(text: string): string {
  if (obvious.test(text) && !reserved.test(text)) return text;
  return isPlain(text) ? text : quoted(representable(text));
}

/**
 * Whether a text is written as a literal block (`|`). Texts that a block cannot hold, or that yamllint would call untidy
 * (blanks at a line's end, several empty lines), are quoted.
 */
export function fitsBlock(text: string): boolean {
  return text.includes("\n") && !/^\s|[ \t](?:\n|$)|\n\n$|\n{4}/.test(text) && !unprintableInBlock.test(text);
}

/** The lines of a literal block, with its header: `|` keeps the text's last line break, `|-` is for a text without one. */
export function blockText(text: string, indent: string): string {
  const header = text.endsWith("\n") ? "|" : "|-";
  const lines = text.replace(/\n$/, "").replace(/\n(?!\n)/g, `\n${indent}`);
  return `${header}\n${indent}${lines}`;
}
