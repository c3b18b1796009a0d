/** What docs/topology.html says, without a browser: of the 14 nodes and of every golden case. */
import { readdirSync, readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { PageData, ThingId } from "../generators/docs/page-data.ts";
import { compile, type Tree } from "../src/compile.ts";

const goldens = readdirSync("test/golden").map((name) => `test/golden/${name}/topology.yaml`);
const cases = new Map(["topology.yaml", ...goldens].map((file) => [file, treeOf(readFileSync(file, "utf8"))]));

function treeOf(text: string): Tree {
  const { tree, diagnostics } = compile("topology.yaml", text);
  if (!tree) throw new Error(JSON.stringify(diagnostics));
  return tree;
}

function pageOf({ model, files }: Tree): string {
  return files.find(({ path }) => path === `${model.paths.docs}/topology.html`)?.text ?? "";
}

/** The JSON in the page, as a browser finds it. */
function dataOf(page: string): PageData {
  const [, json = ""] = /<script id="data" type="application\/json">(.*?)<\/script>/s.exec(page) ?? [];
  return JSON.parse(json) as PageData;
}

for (const [name, tree] of cases) {
  const data = dataOf(pageOf(tree));
  const ids = new Set(Object.keys(data.things));

  test(`${name}: every node stands in one zone, and everything that is named exists`, () => {
    const drawn = data.zones.flatMap(({ nodes }) => nodes);
    assert.equal(drawn.toSorted(), tree.model.nodes.map(({ name: node }) => `node/${node}`).toSorted());
    const named = Object.values(data.things).flatMap(({ to = [], node }) => [
      ...to,
      ...(node?.carries ?? []).map(({ thing }) => thing),
    ]);
    const staged = data.stages.flatMap(({ lists }) => lists.flatMap(({ things }) => things));
    assert.equal(
      [...named, ...staged].filter((id) => !ids.has(id)),
      [],
    );
  });

  test(`${name}: every file and folder that it names is generated`, () => {
    const paths = Object.values(data.things).flatMap(({ facts }) =>
      facts.flatMap(([label, text]) => (label === "Made in" ? text.split("\n") : [])),
    );
    assert.ok(paths.length > 0);
    assert.equal(
      paths.filter((path) => !tree.files.some((file) => file.path.startsWith(path))),
      [],
    );
  });

  test(`${name}: no node is asked for more than it has`, () => {
    const loads = Object.values(data.things).flatMap(({ node }) => (node ? [node.cpu.share, node.memory.share] : []));
    assert.ok(
      loads.every((share) => share > 0 && share <= 1),
      loads.join(" "),
    );
  });
}

test("a change of one service changes the lines of that service alone", () => {
  const text = readFileSync("topology.yaml", "utf8");
  const before = pageOf(treeOf(text)).split("\n");
  const after = pageOf(treeOf(text.replace("image: v1.2.2", "image: v1.2.3"))).split("\n");
  const changed = after.filter((line, at) => line !== before[at]);
  assert.is(after.length, before.length);
  assert.equal(
    changed.map((line) => line.slice(0, line.indexOf(":"))),
    ['"service/auth"'],
  );
});

test("no value ends its script early, or begins a comment", () => {
  const text = readFileSync("topology.yaml", "utf8");
  const page = pageOf(treeOf(text.replace("LOG_LEVEL: info", 'LOG_LEVEL: "</script><!--<script>"')));
  assert.is(page.match(/<\/script>/g)?.length, 2);
  const [, level] =
    dataOf(page).things["service/auth" as ThingId]?.facts.find(([label]) => label === "Environment") ?? [];
  assert.match(level ?? "", "LOG_LEVEL=</script><!--<script>");
});

test("a node that is draining says so", () => {
  const draining = [...cases.values()].flatMap(({ model }) => model.nodes.filter(({ state }) => state === "draining"));
  assert.ok(draining.length > 0);
  const drawn = [...cases.values()].flatMap((tree) =>
    Object.values(dataOf(pageOf(tree)).things).filter(({ node }) => node?.draining),
  );
  assert.equal(drawn.map(({ name }) => name).toSorted(), draining.map(({ name }) => name).toSorted());
});

test.run();
