/** Parses the expressions of HCL that src/read/hcl.ts leaves as text. */
import { HclScanner } from "../../read/hcl-scanner.ts";

export type Node =
  | { readonly kind: "literal"; readonly value: string | number | boolean | null }
  | { readonly kind: "template"; readonly parts: readonly Node[] }
  | { readonly kind: "list"; readonly items: readonly Node[] }
  | { readonly kind: "object"; readonly entries: readonly (readonly [Node, Node])[] }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "get"; readonly of: Node; readonly key: Node }
  | { readonly kind: "splat"; readonly of: Node; readonly each: Node }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Node[] }
  | { readonly kind: "operation"; readonly operator: string; readonly operands: readonly Node[] }
  | { readonly kind: "condition"; readonly test: Node; readonly yes: Node; readonly no: Node }
  | ForNode;

/** `[for key, value in source : result if test]`, and with `key => result` in braces. */
export interface ForNode {
  readonly kind: "for";
  readonly names: readonly string[];
  readonly source: Node;
  /** Null where the outcome is a list. */
  readonly key: Node | null;
  readonly result: Node;
  readonly test: Node | null;
  /** Whether results of one key are gathered in a list (`...`). */
  readonly groups: boolean;
}

/** The name that stands for an element behind `[*]`. */
export const element = "[*]";

const parsed = new Map<string, Node>();

/** The expression that a text holds. Throws an Error where it holds none. */
export function parseExpression(source: string): Node {
  const known = parsed.get(source);
  if (known) return known;
  const scanner = new HclScanner(source);
  const node = parseWhole(scanner);
  if (scanner.at < source.length) scanner.fail(`something behind an expression: ${source}`);
  parsed.set(source, node);
  return node;
}

function parseWhole(scanner: HclScanner): Node {
  const test = parseOperation(scanner, 0);
  if (!take(scanner, "?")) return test;
  const yes = parseWhole(scanner);
  demand(scanner, ":");
  return { kind: "condition", test, yes, no: parseWhole(scanner) };
}

/** From what binds least to what binds most. */
const operators = [["||"], ["&&"], ["==", "!="], ["<=", ">=", "<", ">"], ["+", "-"], ["*", "/", "%"]];

function parseOperation(scanner: HclScanner, level: number): Node {
  if (level === operators.length) return parseUnary(scanner);
  let left = parseOperation(scanner, level + 1);
  for (;;) {
    const operator = operators[level]?.find((candidate) => take(scanner, candidate));
    if (operator === undefined) return left;
    left = { kind: "operation", operator, operands: [left, parseOperation(scanner, level + 1)] };
  }
}

function parseUnary(scanner: HclScanner): Node {
  const operator = ["!", "-"].find((candidate) => take(scanner, candidate));
  if (operator) return { kind: "operation", operator, operands: [parseUnary(scanner)] };
  return parseAccess(scanner, parsePrimary(scanner));
}

/** What follows a value: `.name`, `[key]`, `[*].name`. */
function parseAccess(scanner: HclScanner, start: Node): Node {
  let of = start;
  for (;;) {
    if (take(scanner, "[*]") || take(scanner, ".*")) {
      return { kind: "splat", of, each: parseAccess(scanner, { kind: "name", name: element }) };
    }
    if (take(scanner, "[")) {
      of = { kind: "get", of, key: parseWhole(scanner) };
      demand(scanner, "]");
    } else if (!scanner.startsWith("...") && take(scanner, ".")) {
      const key = scanner.number() ?? scanner.identifier() ?? scanner.fail("no name behind a dot");
      of = { kind: "get", of, key: { kind: "literal", value: key } };
    } else return of;
  }
}

const words = new Map<string, boolean | null>([
  ["true", true],
  ["false", false],
  ["null", null],
]);

function parsePrimary(scanner: HclScanner): Node {
  scanner.skipLines();
  if (scanner.here() === '"') return parseTemplate(scanner);
  if (take(scanner, "(")) return closed(scanner, parseWhole(scanner), ")");
  if (take(scanner, "[")) return parseFor(scanner, "]") ?? parseList(scanner);
  if (take(scanner, "{")) return parseFor(scanner, "}") ?? parseObject(scanner);
  const number = scanner.number();
  if (number !== undefined) return { kind: "literal", value: number };
  const name = scanner.identifier() ?? scanner.fail(`no expression: ${scanner.text}`);
  if (words.has(name)) return { kind: "literal", value: words.get(name) ?? null };
  return scanner.here() === "(" ? parseCall(scanner, name) : { kind: "name", name };
}

function parseTemplate(scanner: HclScanner): Node {
  const parts: Node[] = [];
  for (scanner.at++; scanner.here() !== '"';) {
    if (!scanner.isTemplateStart()) parts.push({ kind: "literal", value: scanner.characters() });
    else if (scanner.startsWith("%{")) scanner.fail("a directive in a template");
    else {
      scanner.at += 2;
      parts.push(closed(scanner, parseWhole(scanner), "}"));
    }
  }
  scanner.at++;
  const [only] = parts;
  return parts.length === 1 && only ? only : { kind: "template", parts };
}

function parseList(scanner: HclScanner): Node {
  const items: Node[] = [];
  while (!take(scanner, "]")) {
    items.push(parseWhole(scanner));
    if (!take(scanner, ",")) return closed(scanner, { kind: "list", items }, "]");
  }
  return { kind: "list", items };
}

function parseObject(scanner: HclScanner): Node {
  const entries: [Node, Node][] = [];
  while (!take(scanner, "}")) {
    const key = parseWhole(scanner);
    if (!take(scanner, "=")) demand(scanner, ":");
    entries.push([key.kind === "name" ? { kind: "literal", value: key.name } : key, parseWhole(scanner)]);
    take(scanner, ",");
  }
  return { kind: "object", entries };
}

function parseCall(scanner: HclScanner, name: string): Node {
  const list: Node[] = [];
  demand(scanner, "(");
  while (!take(scanner, ")")) {
    list.push(parseWhole(scanner));
    if (take(scanner, "...")) scanner.fail("a list spread over the arguments of a function");
    take(scanner, ",");
  }
  return { kind: "call", name, arguments: list };
}

function parseFor(scanner: HclScanner, closing: string): ForNode | null {
  const start = scanner.at;
  scanner.skipLines();
  if (scanner.identifier() !== "for" || "=:".includes(afterBlanks(scanner))) {
    scanner.at = start;
    return null;
  }
  const names = parseNames(scanner);
  const source = parseWhole(scanner);
  demand(scanner, ":");
  const first = parseWhole(scanner);
  const isObject = take(scanner, "=>");
  const result = isObject ? parseWhole(scanner) : first;
  const groups = take(scanner, "...");
  const test = takeWord(scanner, "if") ? parseWhole(scanner) : null;
  demand(scanner, closing);
  return { kind: "for", names, source, key: isObject ? first : null, result, test, groups };
}

function parseNames(scanner: HclScanner): readonly string[] {
  const names: string[] = [];
  do {
    scanner.skipLines();
    names.push(scanner.identifier() ?? scanner.fail("no name behind for"));
  } while (take(scanner, ","));
  if (!takeWord(scanner, "in")) scanner.fail("a for without in");
  return names;
}

function afterBlanks(scanner: HclScanner): string {
  scanner.skipLines();
  return scanner.here();
}

function closed(scanner: HclScanner, node: Node, closing: string): Node {
  demand(scanner, closing);
  return node;
}

function demand(scanner: HclScanner, sign: string): void {
  if (!take(scanner, sign)) scanner.fail(`no ${sign} in ${scanner.text}`);
}

/** Goes over a sign, if it stands here: `=` is not the beginning of `==` or `=>`, nor `!` that of `!=`. */
function take(scanner: HclScanner, sign: string): boolean {
  scanner.skipLines();
  if (!scanner.startsWith(sign)) return false;
  const next = scanner.text[scanner.at + sign.length] ?? "";
  if ((sign === "=" && "=>".includes(next) && next !== "") || (sign === "!" && next === "=")) return false;
  scanner.at += sign.length;
  return true;
}

function takeWord(scanner: HclScanner, word: string): boolean {
  scanner.skipLines();
  const start = scanner.at;
  if (scanner.identifier() === word) return true;
  scanner.at = start;
  return false;
}
