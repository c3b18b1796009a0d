import { existsSync, mkdtempSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { gen } from "../src/commands/gen.ts";
import { type Compilation, compile } from "../src/compile.ts";
import { outcomeText, plain } from "../src/report.ts";
import { rules } from "../src/rules/index.ts";

const folder = "test/invalid";

/** Each case is a folder `<code>` or `<code>--<variant>` with a topology and what is said of it, byte for byte. */
const cases = readdirSync(folder).sort();

function topologyOf(name: string): string {
  return readFileSync(`${folder}/${name}/topology.yaml`, "utf8");
}

const compilations = new Map(cases.map((name) => [name, compile("topology.yaml", topologyOf(name))]));

/** What `topogen validate` prints, but for the size of the tree, which other things decide. */
function saidOf({ source, diagnostics }: Compilation): string {
  const errors = diagnostics.filter(({ severity }) => severity !== "warning").length;
  const summary = `${errors} errors, ${diagnostics.length - errors} warnings`;
  return outcomeText({ isClean: errors === 0, text: source.text, diagnostics, drift: [], summary }, plain);
}

for (const [name, compilation] of compilations) {
  test(name, () => {
    const said = saidOf(compilation);
    const path = `${folder}/${name}/diagnostics.txt`;
    // TOPOGEN_UPDATE=1 npm test: what is said now is what is wanted. Read the difference before it is committed.
    if (process.env.TOPOGEN_UPDATE === "1") writeFileSync(path, said);
    assert.is(said, existsSync(path) ? readFileSync(path, "utf8") : "");
  });
}

test("what is wrong has a place, a code, a message and a remedy, and nothing is generated from it", () => {
  for (const [name, { source, diagnostics, tree }] of compilations) {
    assert.ok(diagnostics.length > 0, name);
    assert.is(
      tree === null,
      diagnostics.some(({ severity }) => severity !== "warning"),
      name,
    );
    for (const { line, column, code, message, remedy } of diagnostics) {
      const shown = source.text.split("\n")[line - 1] ?? "";
      assert.ok(column >= 1 && column <= shown.length + 1, `${name} ${line}:${column}`);
      assert.match(code, /^[a-z]+(-[a-z]+)*$/);
      assert.match(message, /^[A-Z`].*[.]$/, name);
      assert.match(remedy, /^[A-Z].*[.?]$/, name);
      assert.not.match(message + remedy, /\bat .*\.(ts|js):\d|undefined|NaN|\[object/, name);
    }
  }
});

test("gen writes nothing for an invalid topology", () => {
  const root = mkdtempSync(join(tmpdir(), "invalid-"));
  const generation = {
    root,
    runner: { id: process.pid, isRunning: () => true, wait: () => {} },
    force: true,
    allowDestroy: [],
  };
  for (const [name, compilation] of compilations) {
    if (compilation.tree === null) assert.not(gen(generation, compilation).isClean, name);
  }
  assert.equal(readdirSync(root), []);
  rmdirSync(root);
});

test("no report repeats a secret", () => {
  for (const [name, compilation] of compilations) {
    if (!name.startsWith("secret-")) continue;
    assert.match(compilation.source.text, /hunter2/, name);
    assert.not.match(saidOf(compilation), /hunter2|AKIA|ghp_|BEGIN|eyJ|kP9z/, name);
  }
});

test("diagnostics stand in the order of the file", () => {
  for (const [name, { diagnostics }] of compilations) {
    const places = diagnostics.map(({ line, column }) => line * 1e6 + column);
    assert.equal(
      places,
      places.toSorted((one, other) => one - other),
      name,
    );
  }
});

test("every rule has a case, and every case is about what it is called after", () => {
  const codes = new Set(cases.map((name) => name.split("--")[0] ?? ""));
  assert.equal(
    Object.keys(rules).filter((code) => !codes.has(code)),
    [],
  );
  for (const [name, { diagnostics }] of compilations) {
    if (name.startsWith("several--")) continue;
    assert.ok(
      diagnostics.every(({ code }) => code === name.split("--")[0]),
      `${name}: ${diagnostics.map(({ code }) => code)}`,
    );
  }
});

test.run();
