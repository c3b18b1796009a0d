/** Random edits of the 14 nodes that leave a valid topology, one to three things at a time. */
import { stringify } from "yaml";
import { compile, type Tree } from "../src/compile.ts";
import { fourteenNodes } from "./fourteen-nodes.ts";
import { kinds } from "./random-edit-kinds.ts";
import { below, type Kind, type Map, type Next, pick } from "./random-edit-setters.ts";
import { random } from "./random.ts";

export interface RandomEdit {
  /** What was done, in words. */
  readonly name: string;
  readonly topology: unknown;
  readonly tree: Tree;
}

/** Edits of a seed, as many as are asked for. Every kind comes up, in some order, before any comes up twice. */
export function randomEdits(count: number, seed: number): readonly RandomEdit[] {
  const next = random(seed);
  const drawn = kinds.map((kind) => ({ kind, draw: next() })).sort((one, other) => one.draw - other.draw);
  return Array.from({ length: count }, (_, turn) => validEdit(drawn[turn % drawn.length]?.kind as Kind, next));
}

/** The first valid edit of a kind, with up to two of other kinds beside it. What does not fit is drawn again. */
function validEdit(kind: Kind, next: Next): RandomEdit {
  for (let attempt = 1; attempt <= 100; attempt++) {
    const others = Array.from({ length: below(next, 3) }, () => pick(next, kinds));
    const edit = tryEdit([kind, ...others], next);
    if (edit) return edit;
  }
  throw new Error("no edit of this kind is valid");
}

function tryEdit(chosen: readonly Kind[], next: Next): RandomEdit | null {
  const topology = structuredClone(fourteenNodes) as unknown as Map;
  const done = chosen.map((kind) => kind(topology, next));
  const { source, tree } = compile("topology.yaml", stringify(topology, { aliasDuplicateObjects: false }));
  return tree && done[0] !== null
    ? { name: done.filter((one) => one !== null).join("; "), topology: source.value, tree }
    : null;
}
