/** Finds the place in the text that a finding is about. Runs only when there is something to report. */
import { isCollection, isMap, isScalar, isSeq, type ParsedNode } from "yaml";
import { positionsIn } from "./line-column.ts";
import { byCodeUnit } from "../order.ts";
import type { Diagnostic, Finding, Path } from "../diagnostic.ts";
import type { Source } from "./source.ts";
import { parse } from "./syntax.ts";
import { editOf } from "./text-edit.ts";

/** The line on which the value at a path stands. */
export function lineOf(source: Source, path: Path): number {
  return positionsIn(source.text)(offsetOf(rootOf(source), path, false)).line;
}

const roots = new WeakMap<Source, ParsedNode | null>();

/** The syntax tree of a source, which is made when the first place is asked for. */
function rootOf(source: Source): ParsedNode | null {
  if (!roots.has(source)) roots.set(source, parse(source.text).root);
  return roots.get(source) ?? null;
}

/** The findings at their places, in file order, each once. */
export function place(source: Source, findings: readonly Finding[]): readonly Diagnostic[] {
  if (findings.length === 0) return [];
  const positionAt = positionsIn(source.text);
  const diagnostics = findings.map((finding) => {
    const offset = offsetOf(rootOf(source), finding.path, finding.atKey === true);
    const { fix: _, ...told } = finding;
    const edit = finding.fix && editOf(source.text, rootOf(source), finding);
    return { ...told, file: source.file, ...positionAt(offset), ...(edit && { edit }) };
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
