import { test } from "uvu";
import * as assert from "uvu/assert";
import { changedPlaces, leavesOf } from "../src/explore/leaves.ts";
import { originsOf } from "../src/explore/origins.ts";
import { shownModel } from "../src/explore/shown-model.ts";
import { resolve } from "../src/model/resolve.ts";
import { pathText } from "../src/path-text.ts";
import { topologyEdits, type TopologyEdit } from "../src/plan/edits.ts";
import { checkRules } from "../src/rules/index.ts";
import { asTopology, checkSchema } from "../src/schema/schema.ts";
import { fourteenNodes } from "./fourteen-nodes.ts";
import { kinds } from "./random-edit-kinds.ts";
import { type Map as Values, pick } from "./random-edit-setters.ts";
import { random } from "./random.ts";

const before = shownModel(resolve(fourteenNodes));
const { written, left } = originsOf(fourteenNodes, []);

interface Edited extends TopologyEdit {
  /** The values of the model that are other ones now, by their places. */
  readonly changed: readonly string[];
}

/** Random edits of the 14 nodes that are valid and concern one single value. */
function singleEdits(count: number, seed: number): readonly Edited[] {
  const next = random(seed);
  const found = new Map<string, Edited>();
  while (found.size < count) {
    const topology = structuredClone(fourteenNodes) as unknown as Values;
    pick(next, kinds)(topology, next);
    const [edit, other] = topologyEdits(fourteenNodes, topology);
    if (edit && !other && typeof (edit.before ?? edit.after) !== "object" && isValid(topology))
      found.set(`${edit.path} ${String(edit.after)}`, { ...edit, changed: placesChangedIn(topology) });
  }
  return [...found.values()];
}

function isValid(topology: unknown): boolean {
  if (checkSchema(topology).length > 0) return false;
  return checkRules(asTopology(topology)).every(({ severity }) => severity === "warning");
}

/** A node that is gone has no other values. */
function placesChangedIn(topology: unknown): readonly string[] {
  const model = shownModel(resolve(asTopology(topology))) as { readonly nodes: object };
  const nodes = { ...(before as typeof model).nodes, ...model.nodes };
  return changedPlaces(before, { ...model, nodes });
}

const edits = singleEdits(60, 20261124);

test("whatever a random edit of a value changes in the model says that it comes from there", () => {
  const ofValues = edits.filter((edit) => edit.before !== undefined);
  assert.ok(ofValues.length > 25);
  for (const { path, after, changed } of ofValues)
    for (const place of changed) {
      const claimed = (written.get(place) ?? []).map((leaf) => pathText(leaf.path));
      assert.ok(
        claimed.includes(path),
        `${path} = ${String(after)} changes ${place}, which claims ${claimed.join(", ")}`,
      );
    }
});

test("what an added key changes, and nothing written decides, names the key's default", () => {
  const ofKeys = edits.filter((edit) => edit.before === undefined);
  assert.ok(ofKeys.length > 10);
  for (const { path, after, changed } of ofKeys)
    for (const place of changed.filter((one) => !written.has(one))) {
      const claimed = (left.get(place) ?? []).map((leaf) => pathText(leaf.path));
      assert.ok(
        claimed.includes(path),
        `${path} = ${String(after)} changes ${place}, which claims ${claimed.join(", ")}`,
      );
    }
});

test("no value claims what is not in the topology", () => {
  const known = new Set(leavesOf(fourteenNodes).map((leaf) => pathText(leaf.path)));
  const claimed = [...written.values()].flat().map((leaf) => pathText(leaf.path));
  assert.equal(
    claimed.filter((path) => !known.has(path)),
    [],
  );
});

test.run();
