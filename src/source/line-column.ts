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
