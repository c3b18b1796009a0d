/**
 * Reads HCL, as far as this project writes it: blocks, attributes, and the literals among their values. What is no literal
 * stays as text, in an `Expression`. One pass over the text; what it does not understand is an exception.
 */
import { type Expression, HclScanner } from "./hcl-scanner.ts";

export { Expression } from "./hcl-scanner.ts";

export type HclValue = string | number | boolean | null | Expression | readonly HclValue[] | HclObject;

export interface HclObject {
  readonly [key: string]: HclValue;
}

/** `resource "aws_vpc" "main" { … }` */
export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
}

/** What stands between the braces of a block, or in a file. */
export interface Body {
  readonly attributes: HclObject;
  readonly blocks: readonly Block[];
}

/** Reads a file. Throws an Error that names the line. */
export function readHcl(text: string): Body {
  const scanner = new HclScanner(text);
  const body = readBody(scanner);
  if (scanner.at < text.length) scanner.fail("a closing brace too many");
  return body;
}

function readBody(scanner: HclScanner): Body {
  const attributes: Record<string, HclValue> = {};
  const blocks: Block[] = [];
  for (scanner.skipLines(); scanner.at < scanner.text.length && scanner.here() !== "}"; scanner.skipLines()) {
    const name = scanner.identifier() ?? scanner.fail("no name of an attribute or a block");
    scanner.skipBlanks();
    if (scanner.here() !== "=") blocks.push(readBlock(scanner, name));
    else if (Object.hasOwn(attributes, name) || name === "__proto__") scanner.fail(`a second ${name}`);
    else attributes[name] = readAttribute(scanner);
    scanner.skipBlanks();
    if (!"\n}".includes(scanner.here())) scanner.fail("something behind a value");
  }
  return { attributes, blocks };
}

function readBlock(scanner: HclScanner, type: string): Block {
  const labels: string[] = [];
  for (; scanner.here() === '"'; scanner.skipBlanks()) {
    const label = scanner.string();
    labels.push(typeof label === "string" ? label : scanner.fail("a label that is a template"));
  }
  scanner.expect("{");
  const body = readBody(scanner);
  scanner.expect("}");
  return { type, labels, body };
}

/** What stands behind `=` or `:`. */
function readAttribute(scanner: HclScanner): HclValue {
  scanner.at++;
  scanner.skipBlanks();
  return readValue(scanner);
}

function readValue(scanner: HclScanner): HclValue {
  const start = scanner.at;
  const literal = readLiteral(scanner);
  if (literal !== undefined) {
    scanner.skipBlanks();
    if (scanner.isEnd()) return literal;
  }
  scanner.at = start;
  return scanner.expression();
}

const words = new Map<string | undefined, HclValue>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/** A literal, or undefined where something else begins. */
function readLiteral(scanner: HclScanner): HclValue | undefined {
  const character = scanner.here();
  if (character === '"') return readText(scanner);
  if (character === "[") return readList(scanner);
  if (character === "{") return readObject(scanner);
  if (character === "<") return scanner.heredoc();
  if (character === "-" || (character >= "0" && character <= "9")) return readNumber(scanner);
  return words.get(scanner.identifier());
}

function readText(scanner: HclScanner): string | undefined {
  const text = scanner.string();
  return typeof text === "string" ? text : undefined;
}

function readNumber(scanner: HclScanner): number | undefined {
  const isNegative = scanner.here() === "-";
  if (isNegative) scanner.at++;
  const value = scanner.number();
  return isNegative && value !== undefined ? -value : value;
}

function readList(scanner: HclScanner): readonly HclValue[] | undefined {
  const items: HclValue[] = [];
  for (scanner.at++, scanner.skipLines(); scanner.here() !== "]"; readComma(scanner)) {
    if (isFor(scanner)) return undefined;
    items.push(readValue(scanner));
  }
  scanner.at++;
  return items;
}

/** An object, or undefined where its keys are computed. */
function readObject(scanner: HclScanner): HclObject | undefined {
  const object: Record<string, HclValue> = {};
  for (scanner.at++, scanner.skipLines(); scanner.here() !== "}"; readComma(scanner)) {
    if (isFor(scanner)) return undefined;
    const key = scanner.here() === '"' ? readText(scanner) : scanner.identifier();
    scanner.skipBlanks();
    if (key === undefined || key === "__proto__" || !"=:".includes(scanner.here())) return undefined;
    object[key] = readAttribute(scanner);
  }
  scanner.at++;
  return object;
}

/** Goes on to the next item of a list or an object. */
function readComma(scanner: HclScanner): void {
  scanner.skipLines();
  if (scanner.here() === ",") scanner.at++;
  scanner.skipLines();
}

function isFor(scanner: HclScanner): boolean {
  return /^for\s/.test(scanner.text.slice(scanner.at, scanner.at + 4));
}
