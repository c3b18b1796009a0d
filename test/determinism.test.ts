import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { compile } from "../src/compile.ts";
import { random } from "./random.ts";
import { inTemporaryFolder, put } from "./temporary.ts";

const text = readFileSync("topology.yaml", "utf8");

function outputOf(source: string): string {
  const { tree, diagnostics } = compile("topology.yaml", source);
  assert.equal(diagnostics, []);
  return JSON.stringify(tree?.files);
}

/** The same value with the keys of every map in another order. */
function shuffled(value: unknown, next: () => number): unknown {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, next));
  if (typeof value !== "object" || value === null) return value;
  const drawn = Object.entries(value).map(([key, item]) => ({ key, item, draw: next() }));
  return Object.fromEntries(
    drawn.sort((one, other) => one.draw - other.draw).map(({ key, item }) => [key, shuffled(item, next)]),
  );
}

const test = suite("determinism");

test("the order of keys in the topology changes no byte", () => {
  const want = outputOf(text);
  const value: unknown = parse(text);
  for (let seed = 1; seed <= 40; seed += 1) {
    // JSON is YAML.
    assert.ok(outputOf(JSON.stringify(shuffled(value, random(seed)))) === want, `seed ${seed}`);
  }
});

test("line ends and a byte order mark change no byte", () => {
  const want = outputOf(text);
  assert.ok(outputOf(text.replaceAll("\n", "\r\n")) === want);
  assert.ok(outputOf(`\uFEFF${text}`) === want);
});

/** The manifest, which has the hash of every file, of a run in an environment. */
function manifestOf(environment: Record<string, string>, folder: string): string {
  return inTemporaryFolder((root) => {
    put(root, join(folder, "topology.yaml"), text);
    const environmentOnly = { ...environment, PATH: process.env["PATH"] ?? "" };
    execFileSync(process.execPath, [resolve("dist/topogen.js"), "gen", "--file", join(folder, "topology.yaml")], {
      cwd: root,
      env: environmentOnly,
    });
    return readFileSync(join(root, folder, "out/MANIFEST"), "utf8");
  });
}

const environments: readonly (readonly [Record<string, string>, string])[] = [
  [{ LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8", TZ: "Asia/Kolkata" }, "."],
  [{ LC_ALL: "de_DE.UTF-8", TZ: "America/St_Johns", HOME: "/nonexistent" }, "deep/below/here"],
  [{ LC_ALL: "ja_JP.UTF-8", TZ: "Pacific/Apia", NO_COLOR: "1", CI: "true" }, "."],
  [{ GITHUB_ACTIONS: "true", FORCE_COLOR: "1" }, "another"],
];

test("locale, time zone, home and folder change no byte", () => {
  const want = manifestOf({}, ".");
  for (const [environment, folder] of environments) assert.is(manifestOf(environment, folder), want);
});

test.run();
