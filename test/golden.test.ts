import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { check } from "../src/commands/check.ts";
import { compile } from "../src/compile.ts";
import { contents } from "./temporary.ts";

// A golden case is a topology with the output that is wanted beside it, and `check` is what compares the two. The 14 nodes
// are the repository's own topology and output. `npm run goldens` writes them all anew, for a person to read the difference.
const cases = [".", ...readdirSync("test/golden").map((name) => join("test/golden", name))];

const test = suite("goldens");

for (const folder of cases) {
  test(`${folder}: the output is byte for byte what is wanted`, () => {
    const compilation = compile("topology.yaml", readFileSync(join(folder, "topology.yaml"), "utf8"));
    const { isClean, drift } = check(folder, compilation);
    assert.ok(isClean, drift.map(({ kind, path }) => `${kind}: ${path}`).join("\n"));
  });
}

for (const folder of cases.slice(1)) {
  test(`${folder}: nothing else lies there`, () => {
    const { tree } = compile("topology.yaml", readFileSync(join(folder, "topology.yaml"), "utf8"));
    const wanted = [...(tree?.files ?? []).map(({ path }) => path), `${tree?.output}/MANIFEST`, "topology.yaml"];
    assert.equal(Object.keys(contents(folder)).sort(), wanted.sort());
  });
}

test.run();
