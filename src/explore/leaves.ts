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
  if (!isInner(tree)) return replace({ ...at, value: typeof tree === "object" && tree ? JSON.stringify(tree) : tree });
  const children = childrenOf(tree).map(({ key, name, value }) => {
    return [key, mapLeaves(value, replace, { path: [...at.path, key], place: below(at.place, name), value })] as const;
  });
  return Array.isArray(tree) ? children.map(([, child]) => child) : Object.fromEntries(children);
}

/** The places of the leaves in one tree that another has not, or not with the same value. What is the same is passed over. */
export function changedPlaces(tree: unknown, other: unknown, place = ""): readonly string[] {
  if (isSame(tree, other)) return [];
  if (!isInner(tree) || !isInner(other)) return leavesOf(tree, place).map((leaf) => leaf.place);
  const others = new Map(childrenOf(other).map(({ name, value }) => [name, value]));
  return childrenOf(tree).flatMap(({ name, value }) => changedPlaces(value, others.get(name), below(place, name)));
}

function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  const keys = Object.keys(one);
  if (Array.isArray(one) !== Array.isArray(other) || keys.length !== Object.keys(other).length) return false;
  type Values = Readonly<Record<string, unknown>>;
  return keys.every((key) => Object.hasOwn(other, key) && isSame((one as Values)[key], (other as Values)[key]));
}

function isInner(tree: unknown): tree is object {
  return typeof tree === "object" && tree !== null && Object.keys(tree).length > 0;
}

interface Child {
  readonly key: string | number;
  readonly name: string;
  readonly value: unknown;
}

function childrenOf(tree: object): readonly Child[] {
  if (Array.isArray(tree)) return itemsOf(tree);
  return Object.entries(tree).map(([key, value]) => ({ key, name: key, value }));
}

/** Where several have one name, the later ones are numbered. */
function itemsOf(list: readonly unknown[]): readonly Child[] {
  const counts = new Map<string, number>();
  return list.map((value, key) => {
    const name = nameOf(value);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return { key, name: count === 1 ? name : `${name}#${count}`, value };
  });
}

function below(place: string, name: string): string {
  return place === "" ? name : `${place}.${name}`;
}

function nameOf(item: unknown): string {
  if (typeof item !== "object" || item === null) return String(item);
  const { name, key, id } = item as Readonly<Record<string, unknown>>;
  return String(name ?? key ?? id ?? JSON.stringify(item));
}
