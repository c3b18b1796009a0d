import { diffArrays } from "diff";

/** The indexes of the lines of a text that another text has not. Of a block that goes, those of the block itself. */
export function goneLines(before: string, after: string | undefined): readonly number[] {
  if (before === after) return [];
  const lines = before.trimEnd().split("\n");
  if (after === undefined) return [...lines.keys()];
  let at = 0;
  return diffArrays(lines, after.trimEnd().split("\n")).flatMap(({ removed, added, count = 0 }, index, parts) => {
    const start = at;
    if (!added) at += count;
    if (!removed) return [];
    const isReplaced = parts[index + 1]?.added || parts[index - 1]?.added;
    const first = isReplaced ? start : blockStart(lines, start, count);
    return Array.from({ length: count }, (_, line) => first + line);
  });
}

/**
 * Blocks begin and end alike, so that a difference may be told as `from = … } moved {`: it is moved up to the line that is
 * indented least, `moved { from = … }`.
 */
function blockStart(lines: readonly string[], start: number, count: number): number {
  let best = start;
  for (let first = start; first > 0 && lines[first - 1] === lines[first + count - 1];) {
    first -= 1;
    if (/^\s*[\w"-]/.test(lines[first] ?? "") && indent(lines[first]) <= indent(lines[best])) best = first;
  }
  return best;
}

function indent(line = ""): number {
  return line.length - line.trimStart().length;
}
