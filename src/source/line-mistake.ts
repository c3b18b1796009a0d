/** Says what is wrong with the colons, commas and signs of one line. */
import type { Problem } from "./plain-value.ts";
import { type Line, mistake } from "./lines.ts";

/** Where the parser can go on no more. */
export interface Complaint {
  readonly offset: number;
  readonly message: string;
}

/** The mistake of a line, if it is a usual one; `next` is the line below it. */
export function lineMistake(line: Line, next: Line | undefined, complaint: Complaint): Problem | undefined {
  return withoutColon(line, next) ?? within(line, complaint);
}

/** `image v1.0.0`, `image:v1.0.0`, `image = v1.0.0`, `services`, `http { port: 8000 }` */
function withoutColon({ offset, indent, content }: Line, next: Line | undefined): Problem | undefined {
  const [opened, owner, bracket] = /^(\w[\w./-]*) *([{[])/.exec(content) ?? [];
  if (opened) return rewritten(offset, opened, `${owner}: ${bracket}`, noColon);
  if (/:(?:\s|$)|^[-[{"'?]/.test(content)) return undefined;
  const [, name = "", sign = "", value = ""] = /^([\w./-]+?)(?:(:+| *= *| +)(.*))?$/.exec(content) ?? [];
  if (name === "") return undefined;
  const right = `${name}:${value && ` ${value}`}`;
  const message = sign.startsWith(":") ? "No blank stands behind the colon." : noColon;
  const isCertain = value === "" ? next && next.indent > indent : !/^ +$/.test(sign) && isValue(value);
  return isCertain ? rewritten(offset, content, right, message) : mistake(offset, message, `Write \`${right}\`.`);
}

const noColon = "No colon stands behind the key.";

function isValue(text: string): boolean {
  return openBrackets(text) === 0 && /^(?:[\w./-][^"'[\]{}]*|"[^"]*"|'[^']*'|\[.*\]|\{.*\})$/.test(text);
}

/** A mistake that is certainly put right by another text in the place of what is written. */
function rewritten(offset: number, written: string, right: string, message: string): Problem {
  const edit = { start: offset, end: offset + written.length, text: right };
  return { ...mistake(offset, message, `Write \`${right}\`.`), edit };
}

/** What the parser complains about stands behind other things on its line. */
function within({ offset, content }: Line, complaint: Complaint): Problem | undefined {
  const before = content.slice(0, Math.max(complaint.offset - offset, 0));
  const rest = content.slice(before.length);
  const [sign = "", first] = /([,:]) *$/.exec(before) ?? [];
  if (first && rest.startsWith(first)) return twice(complaint.offset - sign.length, sign + first, first);
  if (openBrackets(before) > 0) return inBrackets(before, rest, complaint.offset);
  return /(?:[\w"']:|-) *$/.test(before) ? unquoted(complaint.offset, rest) : undefined;
}

function twice(offset: number, written: string, sign: string): Problem {
  const message = `A second \`${sign}\` follows the first.`;
  return { ...rewritten(offset, written, sign, message), remedy: "Remove one of the two." };
}

/** `{ http { port: 8000 } }`, `{ role: api address: 10.0.1.10 }`, `{ path: * }` */
function inBrackets(before: string, rest: string, offset: number): Problem | undefined {
  const [owner, key] = /(\w[\w./-]*) *$/.exec(before) ?? [];
  const [bracket] = /^[[{]/.exec(rest) ?? [];
  if (owner && bracket) return rewritten(offset - owner.length, `${owner}${bracket}`, `${key}: ${bracket}`, noColon);
  if (!/[:,[{] *$/.test(before)) return undefined;
  const [value = ""] = /^[^,[\]{}]*/.exec(rest) ?? [];
  const [blanks, next] = /\s+([\w./-]+:) /.exec(value) ?? [];
  if (!blanks) return isPair.test(value) ? innerMap(offset, value.trimEnd()) : unquoted(offset, value.trimEnd());
  const at = offset + value.indexOf(blanks) + blanks.search(/\S/);
  return mistake(at, `No comma stands in front of \`${next}\`.`, `Write \`, ${next}\`.`);
}

const isPair = /^[^"'\\]+: /;

function innerMap(offset: number, value: string): Problem {
  const remedy = `Write \`{ ${value} }\`, or \`${JSON.stringify(value)}\` if it is a text.`;
  return mistake(offset, `To YAML, \`${value}\` is more than a text.`, remedy);
}

/** A text that has a meaning in YAML: it begins with `@`, `%` or the like, or holds `: `. */
function unquoted(offset: number, value: string): Problem | undefined {
  if (!/^[@`%*&!|>]|: /.test(value) || /["'\\[\]{}]| {2}/.test(value)) return undefined;
  return rewritten(offset, value, JSON.stringify(value), `To YAML, \`${value}\` is more than a text.`);
}

/** How many brackets of a line's beginning are not closed in it. */
function openBrackets(text: string): number {
  const signs = text.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/g, "");
  return (signs.match(/[[{]/g) ?? []).length - (signs.match(/[\]}]/g) ?? []).length;
}
