/**
 * Where the values of the model come from. Nothing keeps a record of that: each value of the topology is changed in memory,
 * and what then differs in the model comes from it. So the answer is true however the model is made.
 */
import { absentKeys } from "./absent-keys.ts";
import type { Path } from "../diagnostic.ts";
import { changedPlaces, leavesOf, type Leaf } from "./leaves.ts";
import { resolve } from "../model/resolve.ts";
import { MOST_OTHERS, otherValues, withValues } from "./other-value.ts";
import { asTopology } from "../schema/schema.ts";
import { valueAt } from "../schema/tree.ts";
import { shownModel } from "./shown-model.ts";

/** For each single value of a part of the model, by its place, some places in the topology. */
export type Origins = ReadonlyMap<string, readonly Leaf[]>;

/**
 * Of the part of the model that is at a path. `written` are the values of the topology that a value comes from. What comes
 * from none of them may come from a key that the topology leaves out, whose default then decides it: `left`.
 */
export function originsOf(topology: unknown, path: Path): { readonly written: Origins; readonly left: Origins } {
  const written = search(topology, path, { causes: leavesOf(topology), rounds: MOST_OTHERS });
  const left = search(topology, path, { causes: absentKeys(topology), rounds: 3 });
  return { written, left: new Map([...left].filter(([place]) => !written.has(place))) };
}

interface Search {
  readonly causes: readonly Leaf[];
  /** How many other values of each are tried: a value may decide something only where it is one of several others. */
  readonly rounds: number;
}

function search(topology: unknown, path: Path, { causes, rounds }: Search): Origins {
  const model = modelOf(topology, {});
  const before = valueAt(model, path);
  const origins = new Map<string, Set<Leaf>>();
  const others = new Map(causes.map((cause) => [cause, otherValues(topology, cause)]));
  for (let round = 0; round < rounds; round++) {
    const tried = causes.filter((cause) => round < (others.get(cause)?.length ?? 0));
    // Of the whole model, nearly every cause decides something.
    for (const some of path.length === 0 ? tried.map((cause) => [cause]) : [tried]) halve(some, round);
  }
  return new Map([...origins].map(([place, found]) => [place, causes.filter((cause) => found.has(cause))]));

  /** Halves a list of causes until a half has no effect, or is a single cause. */
  function halve(some: readonly Leaf[], round: number): void {
    const [cause] = some;
    if (!cause) return;
    const changes = some.map((leaf) => ({ ...leaf, value: others.get(leaf)?.[round] }));
    const after = modelOf(withValues(topology, changes), model?.nodes);
    const changed = after ? changedPlaces(before, valueAt(after, path)) : [];
    if (after && changed.length === 0) return;
    if (some.length > 1) {
      halve(some.slice(0, some.length / 2), round);
      halve(some.slice(some.length / 2), round);
    } else for (const place of changed) origins.set(place, (origins.get(place) ?? new Set()).add(cause));
  }
}

interface ShownModel {
  readonly nodes: object;
}

/**
 * Null where a changed topology has become one that means nothing. A node that is gone is shown as it was `before`: it has
 * no other values, and what lets it go decides none of them.
 */
function modelOf(topology: unknown, before: object = {}): ShownModel | null {
  try {
    const model = shownModel(resolve(asTopology(topology))) as ShownModel;
    return { ...model, nodes: { ...before, ...model.nodes } };
  } catch {
    return null;
  }
}
