/** A single value, and where it stands. */
export interface Leaf {
  readonly path: readonly (string | number)[];
  /**
   * The path as a text in which an item of a list is called by its name, or by itself: `services.auth.env.LOG_LEVEL.value`.
   * Other items of the list can come and go.
   */
  readonly place: string;
  readonly value: unknown;
}

/** Every single value in a tree of maps and lists. An empty map or list is one as well. */
export function leavesOf(tree: unknown, place = ""): readonly Leaf[] {
  const leaves: Leaf[] = [];
  mapLeaves(tree, (leaf) => leaves.push(leaf), { path: [], place, value: tree });
  return leaves;
}

/** The tree with another value in the place of each single one. */
export function mapLeaves(
  tree: unknown,
  replace: (leaf: Leaf) => unknown,
  at: Leaf = { path: [], place: "", value: tree },
): unknown {
  if (typeof tree !== "object" || tree === null) return replace({ ...at, value: tree });
  if (Object.keys(tree).length === 0) return replace({ ...at, value: JSON.stringify(tree) });
  const child = (key: string | number, name: string, value: unknown): unknown =>
    mapLeaves(value, replace, {
      path: [...at.path, key],
      place: at.place === "" ? name : `${at.place}.${name}`,
      value,
    });
  if (Array.isArray(tree)) return tree.map((item, index) => child(index, nameOf(item), item));
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, child(key, key, value)]));
}

function nameOf(item: unknown): string {
  if (typeof item !== "object" || item === null) return String(item);
  const { name, key, id } = item as Readonly<Record<string, unknown>>;
  return String(name ?? key ?? id ?? JSON.stringify(item));
}
