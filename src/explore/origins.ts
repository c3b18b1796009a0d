/**
 * Where the values of the model come from. Nothing keeps a record of that: each value of the topology is changed in memory,
 * and what then differs in the model comes from it. So the answer is true however the model is made.
 */
import { leavesOf, type Leaf } from "./leaves.ts";
import { resolve } from "../model/resolve.ts";
import { otherValues, withValues } from "./other-value.ts";
import { asTopology } from "../schema/schema.ts";
import { shownModel } from "./shown-model.ts";

/** A part of the model, as `topogen show` prints it; undefined where there is none. */
export type Part = (model: object) => unknown;

/** For each single value of a part of the model, by its place, the places in the topology that it comes from. */
export function originsOf(topology: unknown, part: Part): ReadonlyMap<string, readonly Leaf[]> {
  const before = partOf(topology, part);
  const origins = new Map<string, Leaf[]>();
  search(leavesOf(topology));
  return origins;

  /** Halves a list of causes until a half has no effect, or is a single cause. */
  function search(causes: readonly Leaf[]): void {
    const others = causes.map((leaf) => ({ ...leaf, value: otherValues(topology, leaf)[0] }));
    const after = partOf(withValues(topology, others), part);
    const changed = [...before].filter(([place, value]) => after.get(place) !== value).map(([place]) => place);
    const [cause] = causes;
    if (!cause || changed.length === 0) return;
    if (causes.length > 1) {
      search(causes.slice(0, causes.length / 2));
      search(causes.slice(causes.length / 2));
    } else if (after.size > 0) {
      for (const place of changed) origins.set(place, [...(origins.get(place) ?? []), cause]);
    }
  }
}

/** The single values of a part by their places; none where a changed topology has become one that means nothing. */
function partOf(topology: unknown, part: Part): ReadonlyMap<string, unknown> {
  try {
    const leaves = leavesOf(part(shownModel(resolve(asTopology(topology)))));
    return new Map(leaves.map(({ place, value }) => [place, value]));
  } catch {
    return new Map();
  }
}
