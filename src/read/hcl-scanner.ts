/** An expression that is no literal, such as `each.value.zone` or `"${local.id}-api"`, as it is written. */
export class Expression {
  readonly source: string;

  constructor(source: string) {
    this.source = source;
  }
}

const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const number = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const heredocStart = /<<(-?)([A-Za-z_][\w-]*)\n/y;
const blanks = /[ \t]+/y;
const blankLines = /[ \t\n]+/y;
/** What means nothing special within a string, and within an expression. */
const plainCharacters = /[^"\\$%\n]+/y;
const plainWords = /[^"#/<,\n()[\]{}]+/y;
const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" };

/** A place in a text of HCL that moves on over its words. Whatever it does not understand is an exception. */
export class HclScanner {
  readonly text: string;
  at: number;

  constructor(text: string, at = 0) {
    this.text = text;
    this.at = at;
  }

  /** The character at this place; empty at the end of the text. */
  here(): string {
    return this.text[this.at] ?? "";
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.at);
  }

  fail(what: string): never {
    throw new Error(`HCL, line ${this.text.slice(0, this.at).split("\n").length}: ${what}`);
  }

  expect(character: string): void {
    if (this.here() !== character) this.fail(`no ${character}`);
    this.at++;
  }

  identifier(): string | undefined {
    return this.match(identifier)?.[0];
  }

  number(): number | undefined {
    const digits = this.match(number)?.[0];
    return digits === undefined ? undefined : Number(digits);
  }

  /** Goes over blanks and comments. */
  skipBlanks(): void {
    this.skip(blanks);
  }

  /** Goes over blanks, comments and the ends of lines. */
  skipLines(): void {
    this.skip(blankLines);
  }

  private skip(blank: RegExp): void {
    for (;;) {
      this.pass(blank);
      const character = this.here();
      if (character === "#" || this.startsWith("//")) this.at = this.find("\n");
      else if (this.startsWith("/*")) this.at = this.find("*/") + 2;
      else return;
    }
  }

  /** Goes over all characters of a kind, in one step. */
  private pass(pattern: RegExp): void {
    pattern.lastIndex = this.at;
    if (pattern.test(this.text)) this.at = pattern.lastIndex;
  }

  private find(text: string): number {
    const found = this.text.indexOf(text, this.at);
    return found === -1 ? this.text.length : found;
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  /** A string in quotes: its value, or an expression where it holds `${…}` or `%{…}`. */
  string(): string | Expression {
    const start = this.at++;
    let value = "";
    let isTemplate = false;
    while (this.here() !== '"') {
      if (this.isTemplateStart()) isTemplate = this.interpolation();
      else value += this.characters();
    }
    this.at++;
    return isTemplate ? new Expression(this.text.slice(start, this.at)) : value;
  }

  isTemplateStart(): boolean {
    return this.startsWith("${") || this.startsWith("%{");
  }

  private interpolation(): true {
    this.at++;
    this.brackets();
    return true;
  }

  /** Characters within a string, up to the next one that is special: `\n` is a line's end, `$${` means `${`. */
  characters(): string {
    const first = this.here();
    if (first === "" || first === "\n") this.fail("a string without its end");
    if (first === "\\") return this.escape();
    const start = this.at++;
    if (first === "$" || first === "%") return this.startsWith(`${first}{`) ? this.escapedTemplate() : first;
    this.pass(plainCharacters);
    return this.text.slice(start, this.at);
  }

  private escapedTemplate(): string {
    this.at += 2;
    return this.text.slice(this.at - 2, this.at);
  }

  private escape(): string {
    const letter = this.text[this.at + 1] ?? "";
    const length = { u: 4, U: 8 }[letter] ?? 0;
    const digits = this.text.slice(this.at + 2, this.at + 2 + length);
    this.at += 2 + length;
    if (length === 0) return escapes[letter] ?? this.fail(`the escape \\${letter}`);
    if (digits.length < length || /[^0-9a-fA-F]/.test(digits)) this.fail(`the escape \\${letter}${digits}`);
    return String.fromCodePoint(parseInt(digits, 16));
  }

  /** `<<EOT` up to a line that says EOT; `<<-EOT` takes away the indentation that all its lines share. */
  heredoc(): string {
    const [, dash, word] = this.match(heredocStart) ?? this.fail("a heredoc without a name");
    const lines: string[] = [];
    for (let line = this.line(); line.trim() !== word; line = this.line()) lines.push(line);
    this.at--; // the line's end belongs to what comes next
    if (lines.some((line) => /[$%]\{/.test(line))) this.fail("a template in a heredoc");
    const indents = lines.filter((line) => line.trim() !== "").map((line) => line.length - line.trimStart().length);
    const shared = dash === "-" && indents.length > 0 ? Math.min(...indents) : 0;
    return lines.map((line) => line.slice(line.trim() === "" ? 0 : shared)).join("");
  }

  private line(): string {
    if (this.at >= this.text.length) this.fail("a heredoc without its end");
    const start = this.at;
    this.at = this.find("\n") + 1;
    return this.text.slice(start, this.at);
  }

  /** The text of an expression, up to the end of its line or what else ends it. */
  expression(): Expression {
    const start = this.at;
    while (!this.isEnd()) this.step();
    const source = this.text.slice(start, this.at).trimEnd();
    return source === "" ? this.fail("no value") : new Expression(source);
  }

  /** Whether an expression ends here. */
  isEnd(): boolean {
    return "\n,]})#".includes(this.here()) || this.startsWith("//");
  }

  private step(): void {
    const character = this.here();
    if (character === "") this.fail("a bracket without its end");
    if (character === '"') this.string();
    else if ("([{".includes(character)) this.brackets();
    else if (this.startsWith("<<")) this.fail("a heredoc within an expression");
    else {
      this.at++;
      this.pass(plainWords);
    }
  }

  private brackets(): void {
    const closing = { "(": ")", "[": "]", "{": "}" }[this.here()];
    this.at++;
    for (this.skipLines(); this.here() !== closing; this.skipLines()) this.step();
    this.at++;
  }
}
