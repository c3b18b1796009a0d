/** What people mean by values that are not what the schema wants. */
import type { Fix } from "../diagnostic.ts";
import { inlineText } from "../output/yaml-scalar.ts";
import { formsOf } from "./path.ts";
import { accepts, settled, type Subschema } from "./tree.ts";

export interface Meant {
  readonly remedy: string;
  readonly fix?: Fix;
}

/** `port:8000` between brackets is a key to YAML. */
export function partsOf(key: string): readonly [key: string, value: string] | undefined {
  const [, name, value] = /^([\w-]+):([\w./-]+)$/.exec(key) ?? [];
  return name === undefined || value === undefined ? undefined : [name, value];
}

/** What a value of the wrong type is meant as, if that can be told. */
export function asWanted(value: unknown, schema: Subschema): Meant | undefined {
  const form = (type: string): Subschema | undefined => formsOf(schema).find((each) => each.type === type);
  const text = form("string");
  if (typeof value === "object") return asKeys(value, form("array"));
  if (typeof value !== "string") return text && inQuotes(value, text);
  if (text) return undefined;
  const plain = (form("boolean") && truths.get(value.toLowerCase())) ?? digitsOf(value, form("integer"));
  if (plain !== undefined && /^0\d/.test(value))
    return { remedy: `Write \`${plain}\`: a number does not begin with 0.`, fix: () => plain };
  if (plain !== undefined) return { remedy: `Write \`${plain}\`, without quotes.`, fix: () => plain };
  return asList(value, form("array"));
}

function inQuotes(value: unknown, text: Subschema): Meant | undefined {
  const fix = (written: string): string | undefined => (accepts(text, written) ? `"${written}"` : undefined);
  const isPlain = typeof value === "number" || typeof value === "boolean";
  return isPlain && accepts(text, String(value)) ? { remedy: "Put it in double quotes.", fix } : undefined;
}

/** `{ postgres: true }` where a list of names is wanted. */
function asKeys(value: object | null, { items = {} }: Subschema = {}): Meant | undefined {
  const keys = value === null || Array.isArray(value) || isAnyText(items) ? [] : Object.keys(value);
  const areItems = keys.length > 0 && keys.every((key) => accepts(items, key));
  return areItems ? { remedy: `Write \`[${keys.map(inBrackets).join(", ")}]\`.` } : undefined;
}

function digitsOf(text: string, integer: Subschema | undefined): string | undefined {
  return /^\d{1,9}$/.test(text) && integer && accepts(integer, Number(text)) ? String(Number(text)) : undefined;
}

/** A text where a list is wanted. */
function asList(text: string, { items }: Subschema = {}): Meant | undefined {
  if (!items) return undefined;
  const isCommand = isAnyText(items);
  const pieces = isCommand ? wordsOf(text) : accepts(items, text) ? [text] : text.split(/,\s*/);
  if (pieces.length > 0 && pieces.every((piece) => accepts(items, piece))) {
    const list = `[${pieces.map(inBrackets).join(", ")}]`;
    return { remedy: `Write \`${list}\`.`, fix: () => list };
  }
  const shell = `[sh, -c, ${inBrackets(text)}]`;
  return isCommand ? { remedy: `Write its words as a list; for a shell to read it, \`${shell}\`.` } : undefined;
}

function isAnyText(items: Subschema): boolean {
  const { type, pattern, enum: choices } = settled(items, undefined);
  return type === "string" && pattern === undefined && choices === undefined;
}

/** The words of a command, parted by blanks as a shell does it, or by commas; none where a shell does more than that. */
function wordsOf(text: string): readonly string[] {
  const words = text.split(/,\s/.test(text) ? /,\s+/ : /\s+/);
  const isPlain = /^[\w./][^"'`$&|;<>*?~(){}[\]\\!#]*$/.test(text);
  return isPlain && !words.some((word) => /\s|^$|,$/.test(word)) ? words : [];
}

function inBrackets(text: string): string {
  return /[,[\]{}]/.test(text) ? JSON.stringify(text) : inlineText(text);
}

/** As YAML 1.1 wrote them, and in quotes. */
const truths: ReadonlyMap<string, string> = new Map([
  ...["true", "yes", "on"].map((word) => [word, "true"] as const),
  ...["false", "no", "off"].map((word) => [word, "false"] as const),
]);

/** Quotes and comments that are none in YAML: `“16.4”`, `v1.0.0 // the tag`, `v1.0.0# the tag` */
export function inYaml(text: string, form: RegExp): Meant | undefined {
  const [, quoted] = /^[“”„‘’](.*)[“”‘’]$/.exec(text) ?? [];
  if (quoted !== undefined && form.test(quoted)) {
    return { remedy: `Write \`"${quoted}"\`, with straight quotes.`, fix: () => `"${quoted}"` };
  }
  const [, value, comment] = /^(\S+?)(?: *\/\/|#)(?: +(.*))?$/.exec(text) ?? [];
  if (value === undefined || !form.test(value)) return undefined;
  return { remedy: `Write \`${`${value} # ${comment ?? ""}`.trimEnd()}\`: so does a comment begin.` };
}
