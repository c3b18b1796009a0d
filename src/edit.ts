import {
  Document,
  isMap,
  isScalar,
  isSeq,
  parseDocument,
  Scalar,
  visit,
  type Node,
  type Pair,
  type YAMLMap,
} from "yaml";
import { pathText } from "./path-text.ts";

/** A change of one value: the new text, or why it cannot be made. */
export type Edit = { readonly text: string } | { readonly refusal: string };

/**
 * Sets one value and leaves every other byte as it is: comments, order, quotes and layout. Keys that are not there yet are
 * added at the end of their map. The text is a topology without errors.
 */
export function edit(text: string, path: readonly string[], value: unknown): Edit {
  const document = parseDocument(text, { keepSourceTokens: true });
  let node = document.contents as Node | null;
  for (const [depth, key] of path.entries()) {
    if (isSeq(node)) {
      const item = node.items[Number(key)] as Node | undefined;
      if (!item) return { refusal: `${named(path.slice(0, depth))} has no item ${key}` };
      node = item;
      continue;
    }
    if (!isMap(node)) return { refusal: `${named(path.slice(0, depth))} is a single value: it has no ${key}` };
    const pair = findPair(node, key);
    if (!pair) return { text: insert(text, node, nest(path.slice(depth), value)) };
    const rest = path.slice(depth + 1);
    if (isEmpty(pair.value))
      return { text: fill(text, pair, rest.length > 0 ? Object.fromEntries([nest(rest, value)]) : value) };
    node = pair.value as Node;
  }
  return node ? { text: replace(text, node, value) } : { refusal: "the file is empty" };
}

type SourcePair = Pair<Node, Node | null>;

function findPair(map: YAMLMap, key: string): SourcePair | undefined {
  return (map.items as SourcePair[]).find((pair) => isScalar(pair.key) && String(pair.key.value) === key);
}

function isEmpty(value: Node | null): boolean {
  return value === null || (isScalar(value) && value.value === null && !value.source);
}

/** The keys `a, b, c` and a value as the first key and what belongs below it. */
function nest(keys: readonly string[], value: unknown): [string, unknown] {
  const [first = "", ...rest] = keys;
  return [first, rest.length > 0 ? Object.fromEntries([nest(rest, value)]) : value];
}

function replace(text: string, node: Node, value: unknown): string {
  const [start, end] = extent(node);
  const isQuoted = isScalar(node) && node.type === Scalar.QUOTE_DOUBLE && typeof value === "string";
  const kept = text.slice(start, end);
  const tail = kept.slice(kept.trimEnd().length);
  return text.slice(0, start) + (isQuoted ? JSON.stringify(value) : inline(value)) + tail + text.slice(end);
}

/** Gives a value to a key that stands there without one. */
function fill(text: string, pair: SourcePair, value: unknown): string {
  const colon = text.indexOf(":", extent(pair.key)[1]) + 1;
  return `${text.slice(0, colon)} ${inline(value)}${text.slice(colon)}`;
}

/** Adds a key to a map in the map's own style. */
function insert(text: string, map: YAMLMap, [key, value]: [string, unknown]): string {
  const entry = `${inline(key)}: ${inline(value)}`;
  const last = map.items.at(-1) as SourcePair | undefined;
  if (!last) {
    const [start, end] = extent(map);
    return `${text.slice(0, start)}{ ${entry} }${text.slice(end)}`;
  }
  const end = extent(last.value && !isEmpty(last.value) ? last.value : last.key)[1];
  if (map.flow) return `${text.slice(0, end)}, ${entry}${text.slice(end)}`;
  const first = extent((map.items[0] as SourcePair).key)[0];
  const indent = " ".repeat(first - (text.lastIndexOf("\n", first - 1) + 1));
  const contentEnd = text.slice(0, end).trimEnd().length;
  const rest = text.slice(contentEnd).search(/\r?\n/);
  const at = rest === -1 ? text.length : contentEnd + rest;
  return `${text.slice(0, at)}${lineEndOf(text)}${indent}${entry}${text.slice(at)}`;
}

function lineEndOf(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** Where a node stands in the text: its first character, and the one after its last. */
function extent(node: Node): [number, number] {
  const [start, end] = node.range ?? [0, 0];
  return [start, end];
}

/** A value on one line, so that it can stand within a flow map as well: a text of several is quoted. */
function inline(value: unknown): string {
  const document = new Document([value]);
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === "string" && node.value.includes("\n")) node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  const layout = { collectionStyle: "flow", lineWidth: 0, doubleQuotedMinMultiLineLength: Infinity } as const;
  return document.toString(layout).trimEnd().slice(2, -2);
}

function named(keys: readonly string[]): string {
  return keys.length > 0 ? pathText(keys) : "the file";
}
