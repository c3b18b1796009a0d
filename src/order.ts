/** Orders texts by their UTF-16 units: the same on every machine and in every locale. */
export function byCodeUnit(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

/** The entries of a map, ordered by key. */
export function entries<T>(map: Readonly<Record<string, T>> | undefined): [string, T][] {
  return Object.entries(map ?? {}).sort(([one], [other]) => byCodeUnit(one, other));
}

/** Each text once, in order. */
export function distinct(texts: Iterable<string>): string[] {
  return [...new Set(texts)].sort(byCodeUnit);
}
