/** Finds the brackets and quotes of a text that do not close. Runs only over texts that are no YAML, to say where to look. */
import type { Problem } from "./plain-value.ts";

/** A line that says something, and on which no bracket or quote is open. */
export interface Line {
  readonly offset: number;
  readonly indent: number;
  /** Without indentation and comment. */
  readonly content: string;
}

export interface Scan {
  readonly lines: readonly Line[];
  readonly unclosed: Problem | undefined;
}

interface Bracket {
  readonly sign: string;
  readonly offset: number;
  readonly indent: number;
}

/** The signs of a line: a comment, blanks, a quoted text, a bracket, what stands before a value, and words. */
const signs = /( #.*)|(\s+)|("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')|([[\]{}])|(,|:(?=\s|$)|-(?=\s))|[^\s,[\]{}:"'-]+|./gy;
const closing: Readonly<Record<string, string>> = { "[": "]", "{": "}" };
const key = /^(?:- +)*(?:[\w./-]+|"[^"]*"|'[^']*'):(?:\s|$)/;

/** Reads line by line what the parser reads as a whole, and so knows where a bracket or a quote was meant to end. */
export function scan(text: string): Scan {
  const lines: Line[] = [];
  const open: Bracket[] = [];
  let blockIndent = Infinity;
  for (const line of written(text)) {
    if (line.indent > blockIndent) continue;
    const outer = open[0];
    if (outer && line.indent <= outer.indent && key.test(line.content)) return { lines, unclosed: neverClosed(open) };
    if (!outer) lines.push(line);
    const problem = readLine(line, open);
    if (problem) return { lines, unclosed: problem };
    blockIndent = /(?:^|[:-]) +[|>][-+\d]*$/.test(line.content) ? line.indent : Infinity;
  }
  return { lines, unclosed: open.length > 0 ? neverClosed(open) : undefined };
}

function written(text: string): readonly Line[] {
  return Array.from(text.matchAll(/^([ \t]*)([^ \t\r\n#].*)$/gm), ({ index, 1: blanks = "", 2: content = "" }) => {
    return { offset: index + blanks.length, indent: blanks.length, content: content.replace(/(?: #.*)?\s*$/, "") };
  });
}

/** Opens and closes the brackets of one line. */
function readLine({ offset, indent, content }: Line, open: Bracket[]): Problem | undefined {
  let isValue = true;
  let hasClosed = false;
  for (const { index, 0: sign, 2: blank, 3: quoted, 4: bracket, 5: before } of content.matchAll(signs)) {
    const at = offset + index;
    if (blank !== undefined) continue;
    if ((sign === '"' || sign === "'") && isValue) return quoteNeverClosed(at, sign, content.slice(index + 1));
    if (bracket !== undefined && (isValue || open.length > 0 || hasClosed)) {
      if (bracket in closing) open.push({ sign: bracket, offset: at, indent });
      else {
        const problem = close(bracket, at, open);
        if (problem) return problem;
        hasClosed = open.length === 0;
      }
    } else if (quoted === undefined && before === undefined) hasClosed = false;
    isValue = before !== undefined || (bracket !== undefined && bracket in closing);
  }
  return undefined;
}

function close(bracket: string, offset: number, open: Bracket[]): Problem | undefined {
  const last = open.at(-1);
  if (!last) return mistake(offset, `The \`${bracket}\` closes nothing.`, "Remove it.");
  if (closing[last.sign] === bracket) return void open.pop();
  const isOuters = closing[open.at(-2)?.sign ?? ""] === bracket;
  if (isOuters) return neverClosed(open);
  const message = `The \`${bracket}\` stands where \`${last.sign}\` is open.`;
  return mistake(offset, message, `Write \`${closing[last.sign]}\`.`);
}

function neverClosed(open: readonly Bracket[]): Problem {
  const { offset, sign } = open.at(-1) as Bracket;
  const remedy = `Write \`${closing[sign]}\` where it ends.`;
  return mistake(offset, `The \`${sign}\` that opens here is never closed.`, remedy);
}

function quoteNeverClosed(offset: number, quote: string, rest: string): Problem {
  const word = /^[^\s,[\]{}"']+/.exec(rest)?.[0] ?? "";
  const remedy = `Write it where the text ends, such as \`${quote}${word}${quote}\`.`;
  return mistake(offset, `The quote that opens here is never closed.`, remedy);
}

export function mistake(offset: number, message: string, remedy: string): Problem {
  return { code: "syntax", offset, message, remedy };
}
