/** The candidate that `word` is probably a misspelling of, if one is close: about a third of its letters may differ. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.floor((word.length + 1) / 3) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - word.length) >= least) continue;
    const edits = distance(word.toLowerCase(), candidate.toLowerCase());
    if (edits < least) [best, least] = [candidate, edits];
  }
  return best;
}

/** The only candidate that `word` can be a misspelling of: one letter differs at most, and no digit. */
export function certainlyMeant(word: string, candidates: readonly string[]): string | undefined {
  const digits = (text: string): string => text.replace(/\D/g, "");
  const [meant, other] = candidates.filter((candidate) => {
    return digits(candidate) === digits(word) && distance(word.toLowerCase(), candidate.toLowerCase()) <= 1;
  });
  return word.length > 2 && other === undefined ? meant : undefined;
}

/** How many letters must be inserted, removed, replaced or swapped with their neighbour (Damerau and Levenshtein). */
function distance(from: string, to: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const same = from[row - 1] === to[column - 1];
      const swapped = row > 1 && column > 1 && from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      current[column] = Math.min(
        (last[column] as number) + 1,
        (current[column - 1] as number) + 1,
        (last[column - 1] as number) + (same ? 0 : 1),
        swapped ? (beforeLast[column - 2] as number) + 1 : Infinity,
      );
    }
    [beforeLast, last] = [last, current];
  }
  return last[to.length] as number;
}
