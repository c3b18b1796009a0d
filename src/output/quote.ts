/** Writes values as literals of the languages that have no serialiser. What a language cannot hold is an exception. */

/** What the quoting functions take: the scalars of a topology. */
export type Scalar = string | number | boolean;

const unprintable = /[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu;
const loneSurrogate = /\p{Cs}/u;

/** The text itself. Throws on NUL and on half a surrogate pair, which no output format can hold. */
export function representable(text: string): string {
  if (text.includes("\0")) throw new Error(`a NUL character cannot be written: ${JSON.stringify(text)}`);
  if (loneSurrogate.test(text)) throw new Error(`half of a surrogate pair cannot be written: ${JSON.stringify(text)}`);
  return text;
}

function decimal(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`${value} cannot be written as a number`);
  return String(value);
}

const hclEscapes: Record<string, string> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function hclEscape(character: string): string {
  const code = character.codePointAt(0) as number;
  const digits = code.toString(16);
  return hclEscapes[character] ?? (code < 0x10000 ? `\\u${digits.padStart(4, "0")}` : `\\U${digits.padStart(8, "0")}`);
}

function hclString(text: string): string {
  const escaped = representable(text)
    .replace(/["\\]/g, "\\$&")
    .replace(/([$%])\{/g, "$1$1{")
    .replace(unprintable, hclEscape);
  return `"${escaped}"`;
}

/** An HCL literal, with the escapes of hclwrite: `a"b` gives `"a\"b"`, `${x}` gives `"$${x}"`, a list `["a", "b"]`. */
export function hcl(value: Scalar | readonly Scalar[]): string {
  if (Array.isArray(value)) return `[${value.map(hcl).join(", ")}]`;
  if (typeof value === "string") return hclString(value);
  return typeof value === "number" ? decimal(value) : String(value);
}

/** A key of an HCL object: bare where it is an identifier. `for` is quoted, because `{ for` begins an expression. */
export function hclKey(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_-]*$/.test(name) && name !== "for" ? name : hclString(name);
}

const iniPlain = /^(?:[A-Za-z/][A-Za-z0-9_./:@-]*|\d+(?:\.\d+){3}(?:\/\d+)?)$/;
const pythonEscapes: Record<string, string> = {
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
  "\\": "\\\\",
  '"': '\\"',
  "'": "\\x27",
};

function pythonString(text: string): string {
  const escaped = text
    .replace(/[\n\r\t\\"']/g, (character) => pythonEscapes[character] as string)
    .replace(unprintable, hclEscape);
  return `"${escaped}"`;
}

/**
 * A value on a host line of an Ansible inventory (`name key=value`). Ansible splits the line as a shell does and then reads
 * each value as a Python literal where it is one: `5` is a number, the text 5 is written `'"5"'`.
 */
export function ini(value: Scalar): string {
  if (typeof value === "number") return decimal(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (/\{[{%#]/.test(value)) throw new Error(`Ansible would run this text as a template: ${JSON.stringify(value)}`);
  if (iniPlain.test(value) && !/^(?:True|False|None)$/.test(value)) return value;
  return `'${pythonString(representable(value))}'`;
}

/** A word of a POSIX shell: `it's` gives `'it'\''s'`. */
export function sh(value: Scalar): string {
  const text = representable(String(value));
  return /^[A-Za-z0-9_./:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** A cell of a Markdown table: the text shows as it is, on one line. */
export function md(value: Scalar): string {
  const escaped = representable(String(value))
    .replace(/[\\`*_[\]<>|~#&]/g, "\\$&")
    .replace(/\r\n?|\n/g, "<br>");
  return escaped.trim();
}

const htmlEntities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text or an attribute's value in HTML. */
export function html(value: Scalar): string {
  return representable(String(value)).replace(/[&<>"']/g, (character) => htmlEntities[character] as string);
}

/** A JSON literal; JSON is also what YAML, JavaScript and HCL's `jsondecode` read. */
export function json(value: unknown): string {
  const text = JSON.stringify(value);
  if (text === undefined) throw new Error(`this cannot be written as JSON: ${String(value)}`);
  return text;
}
