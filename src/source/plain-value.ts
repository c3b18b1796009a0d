import { isAlias, isMap, isScalar, isSeq, Scalar, type ParsedNode, type YAMLMap } from "yaml";
import type { TextEdit } from "../diagnostic.ts";

/** What is wrong at an offset of the text. */
export interface Problem {
  readonly code: string;
  readonly offset: number;
  readonly message: string;
  readonly remedy: string;
  /** What puts it right, where that is certain. */
  readonly edit?: TextEdit;
  /** The line holds a secret, and is not shown. */
  readonly confidential?: true;
}

/** What is found while a text is read. */
export interface Reading {
  readonly problems: Problem[];
  /** The line of an offset, counted from 1. */
  readonly lineAt: (offset: number) => number;
}

/** A problem with something that YAML allows and a topology does not. */
export function refuse(what: string, offset: number, remedy: string): Problem {
  return { code: "not-allowed", offset, message: `A topology does not use ${what}.`, remedy };
}

/**
 * The value of a syntax tree. Numbers are those of JSON; what only some readers take for a number or a boolean (`0o17`,
 * `1_000`, `yes`) is a text, as it is written. Objects have no prototype: no key means more than itself.
 * Adds what a topology does not use, and repeated keys, to the problems.
 */
export function plainValue(node: ParsedNode, reading: Reading): unknown {
  checkNode(node, reading.problems);
  if (isScalar(node)) return node.type === Scalar.PLAIN ? plainScalar(node.source ?? "") : node.value;
  if (isSeq(node)) return node.items.map((item) => plainValue(item as ParsedNode, reading));
  return isMap(node) ? plainObject(node as YAMLMap.Parsed, reading) : null;
}

function checkNode(node: ParsedNode, problems: Problem[]): void {
  const offset = node.range[0];
  if (isAlias(node)) problems.push(refuse("aliases (`*name`)", offset, "Write the value out."));
  else if (node.anchor) problems.push(refuse("anchors (`&name`)", offset, "Remove the anchor."));
  if (node.tag) problems.push(refuse("tags (`!name`)", offset, "Remove the tag. Quotes make a text of a number."));
}

/** What a text without quotes stands for. */
export function plainScalar(text: string): unknown {
  if (/^(?:null|Null|NULL|~|)$/.test(text)) return null;
  if (/^(?:true|True|TRUE)$/.test(text)) return true;
  if (/^(?:false|False|FALSE)$/.test(text)) return false;
  return /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/.test(text) ? Number(text) : text;
}

function plainObject(map: YAMLMap.Parsed, reading: Reading): object {
  const object: Record<string, unknown> = Object.create(null);
  const offsets = new Map<string, number>();
  for (const { key, value } of map.items) {
    checkNode(key, reading.problems);
    const name = isScalar(key) ? String(key.value) : "";
    checkKey(name, key.range[0], offsets.get(name), reading);
    offsets.set(name, offsets.get(name) ?? key.range[0]);
    object[name] = value === null ? null : plainValue(value, reading);
  }
  return object;
}

function checkKey(name: string, offset: number, first: number | undefined, { problems, lineAt }: Reading): void {
  if (first !== undefined) {
    const message = `The key ${JSON.stringify(name)} stands twice in one map, first on line ${lineAt(first)}.`;
    problems.push({ code: "repeated-key", offset, message, remedy: "Remove one of the two." });
  }
  if (name === "<<") problems.push(refuse("merge keys (`<<`)", offset, "Write the keys out."));
  if (name === "__proto__") problems.push(refuse("the key `__proto__`", offset, "Give it another name."));
}
