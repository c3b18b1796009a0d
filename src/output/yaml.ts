/**
 * Writes values as YAML: block style, two blanks a level, keys in the order of the object. The output reads the same in YAML
 * 1.1 and 1.2, and prettier, yamllint and ansible-lint leave it as it is.
 */
import { blockText, fitsBlock, inlineText } from "./yaml-scalar.ts";

/** What YAML is made from. A property must not be undefined: leave it out of the object. */
export type YamlValue =
  string | number | boolean | null | Unsafe | Commented | readonly YamlValue[] | { readonly [key: string]: YamlValue };

class Unsafe {
  constructor(readonly text: string) {}
}

class Commented {
  constructor(
    readonly value: YamlValue,
    readonly above: string,
    readonly beside: string,
  ) {}
}

/** A text that Ansible must not run as a template although it holds `{{`: it is tagged `!unsafe`. */
export function unsafe(text: string): YamlValue {
  return new Unsafe(text);
}

/** A value with a comment on the lines above its key or list item. */
export function commentAbove(comment: string, value: YamlValue): YamlValue {
  return new Commented(value, comment, "");
}

/** A value of one line with a comment behind it: `uses: actions/checkout@8f4b # v4`. */
export function commentBeside(comment: string, value: string | number | boolean): YamlValue {
  return new Commented(value, "", comment);
}

/** One document. */
export function yaml(value: YamlValue): string {
  return `${write(value, "").trimStart()}\n`;
}

/** One document that begins with `---`, as Ansible's style asks. */
export function ansibleYaml(value: YamlValue): string {
  return `---\n${yaml(value)}`;
}

/** Several documents in one file. */
export function yamlDocuments(values: readonly YamlValue[]): string {
  return values.map(yaml).join("---\n");
}

/** A value as it follows a colon or a dash: behind a blank, or on lines of its own, which start with a line break. */
function write(value: YamlValue, indent: string): string {
  if (typeof value === "string") return ` ${text(value, indent)}`;
  if (typeof value === "number") return ` ${number(value)}`;
  if (typeof value === "boolean" || value === null) return ` ${value}`;
  if (Array.isArray(value)) return list(value, indent);
  if (value instanceof Unsafe) return ` !unsafe ${text(value.text, indent)}`;
  if (value instanceof Commented) return write(value.value, indent) + (value.beside && ` ${comment(value.beside, "")}`);
  if (typeof value === "object") return mapping(value as Record<string, YamlValue>, indent);
  throw new Error(`YAML cannot hold ${String(value)}: leave the property or the item out`);
}

function mapping(value: Record<string, YamlValue>, indent: string): string {
  let lines = "";
  for (const key of Object.keys(value)) {
    const item = value[key] as YamlValue;
    lines += `\n${above(item, indent)}${indent}${inlineText(key)}:${write(item, `${indent}  `)}`;
  }
  return lines || " {}";
}

/** Items that are lists or objects themselves start behind their dash. */
function list(items: readonly YamlValue[], indent: string): string {
  let lines = "";
  for (const item of items) {
    const written = write(item, `${indent}  `);
    lines += `\n${above(item, indent)}${indent}- ${written.trimStart()}`;
  }
  return lines || " []";
}

function text(value: string, indent: string): string {
  return fitsBlock(value) ? blockText(value, indent) : inlineText(value);
}

/** A number that YAML 1.1 reads as one: there, an exponent asks for a point and a sign. */
function number(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`YAML is not to hold ${value}`);
  const digits = String(value);
  return digits.includes("e") && !digits.includes(".") ? digits.replace("e", ".0e") : digits;
}

function above(item: YamlValue, indent: string): string {
  return item instanceof Commented && item.above ? `${comment(item.above, indent)}\n` : "";
}

function comment(words: string, indent: string): string {
  return words.trimEnd().replace(/^/gm, `${indent}# `).replace(/ +$/gm, "");
}
