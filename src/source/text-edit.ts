/** Turns what certainly puts a finding right into a change of the text. */
import { isMap, isScalar, isSeq, type ParsedNode, type YAMLMap } from "yaml";
import type { Finding, TextEdit } from "../diagnostic.ts";

/** The change that a finding's `fix` asks for. None where the value is no single piece of one line. */
export function editOf(text: string, root: ParsedNode | null, { path, atKey, fix }: Finding): TextEdit | undefined {
  const parent = nodeAt(root, path.slice(0, -1));
  const last = path.at(-1);
  if (fix === "remove") return isSeq(parent) ? removal(parent.items as ParsedNode[], Number(last)) : undefined;
  const node = atKey ? keyOf(parent, last) : nodeAt(root, path);
  if (!node || !fix || !isScalar(node)) return undefined;
  const [start, end] = node.range;
  const written = text.slice(start, end);
  const right = written.includes("\n") ? undefined : fix(written);
  return right === undefined || right === written ? undefined : { start, end, text: right };
}

/** The text with all changes made. Of two that overlap, the first is. */
export function withEdits(text: string, edits: readonly TextEdit[]): string {
  let changed = "";
  let done = 0;
  for (const edit of edits.toSorted((one, other) => one.start - other.start)) {
    if (edit.start < done) continue;
    changed += text.slice(done, edit.start) + edit.text;
    done = edit.end;
  }
  return changed + text.slice(done);
}

function nodeAt(root: ParsedNode | null, path: Finding["path"]): ParsedNode | undefined {
  if (path.length === 0) return root ?? undefined;
  const found: unknown = isMap(root) || isSeq(root) ? root.getIn(path, true) : undefined;
  return (found as ParsedNode | null) ?? undefined;
}

function keyOf(map: ParsedNode | undefined, name: unknown): ParsedNode | undefined {
  if (!isMap(map)) return undefined;
  return (map as YAMLMap.Parsed).items.find(({ key }) => isScalar(key) && key.value === name)?.key;
}

/** An item that another one comes before, with what stands between the two. */
function removal(items: readonly ParsedNode[], at: number): TextEdit | undefined {
  const [before, item] = [items[at - 1], items[at]];
  return before && item && { start: before.range[1], end: item.range[1], text: "" };
}
