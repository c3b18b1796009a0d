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
export function plainValue(node: ParsedNode, problems: Problem[]): unknown {
  checkNode(node, problems);
  if (isScalar(node)) return node.type === Scalar.PLAIN ? plainScalar(node.source ?? "") : node.value;
  if (isSeq(node)) return node.items.map((item) => plainValue(item as ParsedNode, problems));
  return isMap(node) ? plainObject(node as YAMLMap.Parsed, problems) : null;
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

function plainObject(map: YAMLMap.Parsed, problems: Problem[]): object {
  const object: Record<string, unknown> = Object.create(null);
  for (const { key, value } of map.items) {
    checkNode(key, problems);
    const name = isScalar(key) ? String(key.value) : "";
    checkKey(name, key.range[0], name in object, problems);
    object[name] = value === null ? null : plainValue(value, problems);
  }
  return object;
}

function checkKey(name: string, offset: number, isRepeated: boolean, problems: Problem[]): void {
  if (isRepeated) {
    const message = `The key ${JSON.stringify(name)} stands twice in one map.`;
    problems.push({ code: "repeated-key", offset, message, remedy: "Remove one of the two." });
  }
  if (name === "<<") problems.push(refuse("merge keys (`<<`)", offset, "Write the keys out."));
  if (name === "__proto__") problems.push(refuse("the key `__proto__`", offset, "Give it another name."));
}
