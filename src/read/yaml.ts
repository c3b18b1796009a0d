/**
 * Reads the YAML that src/output/yaml.ts writes, back from its bytes, and throws on any other. It serves the verification
 * pass, which runs at every start and cannot wait for a reader of the whole language.
 */
export type Data = string | number | boolean | null | Data[] | { [key: string]: Data };

/** The documents of a file, in order. */
export function readYaml(text: string): readonly Data[] {
  return documentsOf(text).map(readDocument);
}

/** The texts of the documents of a file, those left out that hold nothing. */
export function documentsOf(text: string): readonly string[] {
  return text.split(/^---\n/m).filter((document) => /^[^#\n]/m.test(document));
}

export function readDocument(text: string): Data {
  return new Reader(text).document();
}

class Reader {
  private readonly lines: readonly string[];
  /** The index of the line that is to be read next, one that is neither empty nor a comment. */
  private next = 0;
  /** How far in it stands; -1 behind the last one. */
  private indent = -1;
  private text = "";

  constructor(text: string) {
    this.lines = text.split("\n");
    this.goTo(0);
  }

  private goTo(index: number): void {
    for (this.next = index; this.next < this.lines.length; this.next += 1) {
      const line = this.lines[this.next] as string;
      this.text = line.trimStart();
      this.indent = line.length - this.text.length;
      if (this.text !== "" && !this.text.startsWith("#")) return;
    }
    this.indent = -1;
  }

  document(): Data {
    if (this.indent < 0) return null;
    const isInline = this.text === "{}" || this.text === "[]";
    const value = isInline ? this.value(this.text, 0) : this.block(this.indent);
    if (this.indent >= 0) throw this.failure(this.next, "stands at no level");
    return value;
  }

  private block(indent: number): Data {
    return this.text.startsWith("- ") ? this.list(indent) : this.mapping(indent);
  }

  private list(indent: number): Data[] {
    const items: Data[] = [];
    while (this.indent === indent && this.text.startsWith("- ")) items.push(this.item(this.text.slice(2), indent + 2));
    return items;
  }

  /** What stands behind a dash: a value, or the first line of a list or a mapping. */
  private item(text: string, indent: number): Data {
    if (!text.startsWith("- ") && keyLength(text) < 0) return this.value(text, indent);
    this.indent = indent;
    this.text = text;
    return this.block(indent);
  }

  private mapping(indent: number): Record<string, Data> {
    const map: Record<string, Data> = {};
    while (this.indent === indent) {
      const length = keyLength(this.text);
      if (length < 0) throw this.failure(this.next, "is no key");
      const key = unquote(this.text.slice(0, length));
      const value = this.value(this.text.slice(length + 1).trimStart(), indent + 2);
      if (key === "__proto__") define(map, key, value);
      else map[key] = value;
    }
    return map;
  }

  /** The value behind a key or a dash, of which `text` is what stands on the same line. */
  private value(text: string, indent: number): Data {
    const line = this.next;
    if (text === "|" || text === "|-") return this.literal(indent) + (text === "|" ? "\n" : "");
    this.goTo(line + 1);
    if (text !== "" && !text.startsWith("#")) {
      const read = scalar(text);
      if (read === undefined) throw this.failure(line, "cannot be read");
      return read;
    }
    if (this.indent < indent) throw this.failure(line, "has no value");
    return this.block(this.indent);
  }

  private literal(indent: number): string {
    const margin = " ".repeat(indent);
    const kept: string[] = [];
    let at = this.next + 1;
    for (; at < this.lines.length; at += 1) {
      const line = this.lines[at] as string;
      if (line !== "" && !line.startsWith(margin)) break;
      kept.push(line.slice(indent));
    }
    this.goTo(at);
    while (kept.at(-1) === "") kept.pop();
    return kept.join("\n");
  }

  private failure(line: number, words: string): Error {
    return new Error(`line ${line + 1}: ${this.lines[line]?.trim()} ${words}`);
  }
}

/** Sets a key that an assignment would take for something else. */
function define(map: Record<string, Data>, key: string, value: Data): void {
  Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true });
}

const QUOTED_KEY = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'):(?: |$)/;
/** What a plain key does not begin with. */
const NO_KEY = "{[|!#";

/** How long the key is that a text begins with; -1 where it begins with none. */
function keyLength(text: string): number {
  if (text.startsWith('"') || text.startsWith("'")) return QUOTED_KEY.exec(text)?.[1]?.length ?? -1;
  if (NO_KEY.includes(text.charAt(0))) return -1;
  const length = text.indexOf(": ");
  return length < 0 && text.endsWith(":") ? text.length - 1 : length;
}

const WORDS: ReadonlyMap<string, Data> = new Map<string, Data>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

const SCALAR = /^(?:!unsafe )?("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\{\}|\[\]|.*?)(?:\s+#.*)?$/;

/** A plain text of one word, without a comment behind it, that begins with a letter or a slash. */
const WORD = /^[A-Za-z/][^\s]*$/;

/** Undefined for what no scalar looks like. */
function scalar(text: string): Data | undefined {
  if (WORD.test(text)) return WORDS.has(text) ? (WORDS.get(text) as Data) : text;
  const source = SCALAR.exec(text)?.[1];
  if (source === undefined) return undefined;
  if (source === "{}") return {};
  if (source === "[]") return [];
  if (WORDS.has(source)) return WORDS.get(source) as Data;
  return /^-?\d+(?:\.\d+)?(?:e[+-]\d+)?$/.test(source) ? Number(source) : unquote(source);
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

function unquote(text: string): string {
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'");
  if (!text.startsWith('"')) return text;
  return text
    .slice(1, -1)
    .replace(/\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|(.))/g, (_, two, four, eight, one) => {
      const digits: string | undefined = two ?? four ?? eight;
      return digits ? String.fromCodePoint(Number.parseInt(digits, 16)) : (ESCAPES[one as string] ?? one);
    });
}
