/** Finds the place in the text that a finding is about. Runs only when there is something to report. */
import { isCollection, isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import { byCodeUnit } from "./order.ts";
import type { Diagnostic, Finding, Path } from "./diagnostic.ts";
import type { Source } from "./source.ts";

/** Both count from 1; columns in units of UTF-16, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Tells the line and column of an offset of the text. */
export function positionsIn(text: string): (offset: number) => Position {
  const starts = [0];
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => {
    const line = lastNotAfter(starts, offset);
    return { line: line + 1, column: offset - (starts[line] as number) + 1 };
  };
}

/** The index of the last number that is not larger than the limit, in an ordered list that begins with 0. */
function lastNotAfter(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((numbers[middle] as number) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The line on which the value at a path stands. */
export function lineOf({ text, root }: Source, path: Path): number {
  return positionsIn(text)(offsetOf(root, path, false)).line;
}

/** The findings at their places, in file order, each once. */
export function place(source: Source, findings: readonly Finding[]): readonly Diagnostic[] {
  const positionAt = positionsIn(source.text);
  const diagnostics = findings.map((finding) => {
    const offset = offsetOf(source.root, finding.path, finding.atKey === true);
    return { ...finding, file: source.file, ...positionAt(offset) };
  });
  const seen = new Set<string>();
  return diagnostics.toSorted(inFileOrder).filter((diagnostic) => {
    const identity = JSON.stringify([diagnostic.code, diagnostic.path, diagnostic.message]);
    return !seen.has(identity) && seen.add(identity);
  });
}

function inFileOrder(a: Diagnostic, b: Diagnostic): number {
  return a.line - b.line || a.column - b.column || byCodeUnit(a.code, b.code) || byCodeUnit(a.message, b.message);
}

/**
 * The offset of a path's value, or of its key: when the key is asked for, when there is no value, and when the value is a map
 * or a list on lines of its own. Of a path that leads nowhere, the offset of its last part that exists.
 */
function offsetOf(root: ParsedNode | null, path: Path, atKey: boolean): number {
  let node = root;
  let offset = root?.range[0] ?? 0;
  for (const [depth, part] of path.entries()) {
    const step = child(node, part);
    if (!step) return offset;
    const isLast = depth === path.length - 1;
    offset = isLast && atKey ? step.key : step.value;
    node = step.node;
  }
  return offset;
}

interface Step {
  readonly node: ParsedNode | null;
  readonly key: number;
  readonly value: number;
}

function child(node: ParsedNode | null, part: string | number): Step | undefined {
  if (isSeq(node)) {
    const item = node.items[Number(part)] as ParsedNode | undefined;
    return item && { node: item, key: item.range[0], value: item.range[0] };
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && key.value === String(part));
  if (!pair) return undefined;
  const key = (pair.key as ParsedNode).range[0];
  const value = pair.value as ParsedNode | null;
  return { node: value, key, value: value && standsBehindKey(value) ? value.range[0] : key };
}

function standsBehindKey(value: ParsedNode): boolean {
  if (isCollection(value)) return value.flow === true;
  return value.range[1] > value.range[0];
}
