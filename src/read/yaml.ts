/**
 * Reads the YAML that src/output/yaml.ts writes, back from its bytes, and throws on any other. It serves the verification
 * pass, which runs at every start and cannot wait for a reader of the whole language.
 */
export type Data = string | number | boolean | null | Data[] | { [key: string]: Data };

interface Line {
  readonly indent: number;
  readonly text: string;
  readonly number: number;
}

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
  private next = 0;
  /** The line that was looked at last: each is looked at several times before it is taken. */
  private seen: Line | null = null;

  constructor(text: string) {
    this.lines = text.split("\n");
  }

  document(): Data {
    const first = this.peek();
    if (!first) return null;
    const value = first.text === "{}" || first.text === "[]" ? this.inline(first) : this.block(first.indent);
    const rest = this.peek();
    if (rest) throw new Error(`line ${rest.number}: ${rest.text} stands at no level`);
    return value;
  }

  /** The next line that is neither empty nor a comment; it is not taken yet. */
  private peek(): Line | null {
    if (this.seen?.number === this.next + 1) return this.seen;
    for (; this.next < this.lines.length; this.next += 1) {
      const line = this.lines[this.next] as string;
      const text = line.trimStart();
      if (text !== "" && !text.startsWith("#")) {
        this.seen = { indent: line.length - text.length, text, number: this.next + 1 };
        return this.seen;
      }
    }
    return null;
  }

  private inline(line: Line): Data {
    this.next += 1;
    return scalar(line.text, line.number);
  }

  private block(indent: number): Data {
    const line = this.peek();
    return line?.text.startsWith("- ") ? this.list(indent) : this.mapping(indent);
  }

  private list(indent: number): Data[] {
    const items: Data[] = [];
    for (let line = this.peek(); line?.indent === indent && line.text.startsWith("- "); line = this.peek()) {
      items.push(this.item(line));
    }
    return items;
  }

  /** What stands behind a dash: a value, or the first line of a list or a mapping two blanks further in. */
  private item(line: Line): Data {
    const text = line.text.slice(2);
    if (!text.startsWith("- ") && !keyOf(text)) return this.value(text, line, line.indent + 2);
    this.seen = { ...line, indent: line.indent + 2, text };
    return this.block(line.indent + 2);
  }

  private mapping(indent: number): Record<string, Data> {
    const map: Record<string, Data> = {};
    for (let line = this.peek(); line?.indent === indent; line = this.peek()) {
      const found = keyOf(line.text);
      if (!found) throw new Error(`line ${line.number}: ${line.text} is no key`);
      const value = this.value(found.rest, line, indent + 2);
      if (found.key === "__proto__") define(map, found.key, value);
      else map[found.key] = value;
    }
    return map;
  }

  /** The value behind a key or a dash, of which `text` is what stands on the same line. */
  private value(text: string, line: Line, indent: number): Data {
    this.next += 1;
    if (text === "|" || text === "|-") return this.literal(indent) + (text === "|" ? "\n" : "");
    if (text !== "" && !text.startsWith("#")) return scalar(text, line.number);
    const below = this.peek();
    if (!below || below.indent < indent) throw new Error(`line ${line.number}: ${line.text} has no value`);
    return this.block(below.indent);
  }

  private literal(indent: number): string {
    const kept: string[] = [];
    for (; this.next < this.lines.length; this.next += 1) {
      const line = this.lines[this.next] as string;
      if (line !== "" && !line.startsWith(" ".repeat(indent))) break;
      kept.push(line.slice(indent));
    }
    while (kept.at(-1) === "") kept.pop();
    return kept.join("\n");
  }
}

/** Sets a key that an assignment would take for something else. */
function define(map: Record<string, Data>, key: string, value: Data): void {
  Object.defineProperty(map, key, { value, enumerable: true, writable: true, configurable: true });
}

/** What most keys look like, and what tells at once that a text is none. */
const PLAIN_KEY = /^([A-Za-z][\w./-]*):(?: (.*))?$/;

function keyOf(text: string): { key: string; rest: string } | null {
  const plain = PLAIN_KEY.exec(text);
  if (plain) return { key: plain[1] as string, rest: plain[2] ?? "" };
  if (!text.includes(":")) return null;
  const match = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^"'\s{[|!#][^\n]*?):(?:\s+(.*))?$/.exec(text);
  return match ? { key: String(unquote(match[1] as string)), rest: match[2] ?? "" } : null;
}

const WORDS: ReadonlyMap<string, Data> = new Map<string, Data>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

const SCALAR = /^(?:!unsafe )?("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|\{\}|\[\]|.*?)(?:\s+#.*)?$/;

/** A plain text of one word, without a comment behind it, that begins with a letter or a slash. */
const WORD = /^[A-Za-z/][^\s]*$/;

function scalar(text: string, line: number): Data {
  if (WORD.test(text)) return WORDS.has(text) ? (WORDS.get(text) as Data) : text;
  const source = SCALAR.exec(text)?.[1];
  if (source === undefined) throw new Error(`line ${line}: ${text} cannot be read`);
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
