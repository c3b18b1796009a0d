/**
 * Reads YAML as people usually write it: maps and lists by indentation, or in brackets on one line, and texts of one line.
 * It takes a tenth of the time that the whole language takes, and gives up on whatever is unusual.
 */
import { plainScalar } from "./plain-value.ts";
import { largestText } from "./syntax.ts";

/** The value, the same that `parse` gives; undefined for texts that only `parse` can read, or refuse. */
export function readUsual(text: string): unknown {
  if (text.length > largestText || unusual.test(text)) return undefined;
  try {
    return new Reader(text).document();
  } catch (error) {
    if (error === givesUp) return undefined;
    throw error;
  }
}

const givesUp = new Error("unusual YAML");
const deepest = 60;

/** Controls and separators of lines but the line break, and what is not a character of its own. */
const unusual = /[^\n\x20-\x7e\xa1-\u167f\u2010-\u2027\u2030-\u205e\u3001-\ud7ff]/;

const emptyLines = /(?: *(?:#.*)?\n)*/y;
const key = /(?:([A-Za-z0-9_][A-Za-z0-9_./-]{0,200})|"([^"\\\n]{0,200})"):(?= |\n|$)/y;
const comma = / *, */y;
const closingBrace = / *\}/y;
const closingBracket = / *\]/y;
const blanks = / */y;
const dash = /- +(?=\S)/y;
const lineEnd = / *(?: #.*)?(?:\n|$)/y;
const quoted = /"([^"\\\n]*)"(?=[ ,\]}\n]|$)|'([^'\n]*)'(?=[ ,\]}\n]|$)/y;
const words = /(?:-{1,2}(?=\w)|[\w./+~])(?:[\w./+=@~^*()$;<>-]|:(?=[\w/])| (?=[\w./+=@~^*()$;<>-]))*/y;

class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  document(): unknown {
    const value = this.indented(-1, 0);
    return this.at === this.text.length && value !== null ? value : this.giveUp();
  }

  private giveUp(): never {
    throw givesUp;
  }

  /** Takes what the pattern matches here; null if it does not. */
  private take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match) this.at = pattern.lastIndex;
    return match;
  }

  /** The indentation of the next line with something on it, which is not taken; -1 at the end. */
  private nextIndent(): number {
    this.take(emptyLines);
    let end = this.at;
    while (this.text[end] === " ") end += 1;
    if (end === this.text.length) this.at = end;
    else if (this.text[end] === "#") this.giveUp();
    return end === this.text.length ? -1 : end - this.at;
  }

  /** The value on the lines below that are indented deeper. */
  private indented(outer: number, depth: number): unknown {
    const indent = this.nextIndent();
    if (depth > deepest) this.giveUp();
    if (indent < 0 || indent < outer) return null;
    if (this.text.startsWith("- ", this.at + indent)) return this.list(indent, depth);
    return indent > outer ? this.map(indent, depth) : null;
  }

  private map(indent: number, depth: number): unknown {
    const map: Record<string, unknown> = Object.create(null);
    for (let next = indent; next === indent; next = this.nextIndent()) {
      this.at += indent;
      const name = this.key(map);
      map[name] = this.take(lineEnd) ? this.indented(indent, depth + 1) : this.rest(depth);
    }
    return map;
  }

  private list(indent: number, depth: number): unknown {
    const items: unknown[] = [];
    while (this.nextIndent() === indent && this.text.startsWith("- ", this.at + indent)) {
      this.at += indent;
      if (!this.take(dash)) this.giveUp();
      items.push(this.rest(depth));
    }
    return items;
  }

  /** The value on the rest of the line. Were it to go on below, that line would stand at no level, and be given up. */
  private rest(depth: number): unknown {
    const value = this.inline(depth + 1);
    if (!this.take(lineEnd)) this.giveUp();
    return value;
  }

  private key(map: object): string {
    const match = this.take(key);
    const name = match?.[1] ?? match?.[2] ?? this.giveUp();
    if (name in map || name === "__proto__") this.giveUp();
    return name;
  }

  private inline(depth: number): unknown {
    this.take(blanks);
    if (depth > deepest) this.giveUp();
    if (this.text[this.at] === "{") return this.bracketMap(depth);
    if (this.text[this.at] === "[") return this.bracketList(depth);
    const quote = this.take(quoted);
    if (quote) return quote[1] ?? quote[2];
    return plainScalar(this.take(words)?.[0] ?? this.giveUp());
  }

  private bracketMap(depth: number): unknown {
    const map: Record<string, unknown> = Object.create(null);
    this.at += 1;
    if (this.take(closingBrace)) return map;
    this.take(blanks);
    do {
      const name = this.key(map);
      map[name] = this.inline(depth + 1);
    } while (this.take(comma));
    return this.take(closingBrace) ? map : this.giveUp();
  }

  private bracketList(depth: number): unknown {
    const items: unknown[] = [];
    this.at += 1;
    if (this.take(closingBracket)) return items;
    do items.push(this.inline(depth + 1));
    while (this.take(comma));
    return this.take(closingBracket) ? items : this.giveUp();
  }
}
