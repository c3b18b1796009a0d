import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { yaml, yamlDocuments, type YamlValue } from "../src/output/yaml.ts";
import { readYaml } from "../src/read/yaml.ts";

const test = suite("reading our own YAML back");

const values: readonly YamlValue[] = [
  { a: 1, b: "text", c: true, d: null, e: {}, f: [] },
  { list: ["a", "b: c", "# no comment", { deep: [{ x: 1 }, { y: [1, 2] }] }, ["in", "in"]] },
  { script: "#!/bin/sh\nset -e\n\n  indented\n", bare: "two\nlines", next: 1 },
  { 'a "quoted" key': "it's", "12:30": "12:30", on: "on", yes: "yes", "": "" },
  { "with: colon": 'say "hi"', "# key": "a # b", tab: "a\tb", emoji: "🦉", nul: "\u0001" },
  [{ name: "x", script: "a\nb\n" }, { name: "y" }],
  "- not an item",
].map((value) => (typeof value === "string" ? { value } : value));

for (const [index, value] of values.entries()) {
  test(`value ${index} comes back`, () => {
    const text = yaml(value);
    assert.equal(readYaml(text), [value]);
    assert.equal(readYaml(text), [parse(text)]);
  });
}

test("several documents come back", () => {
  assert.equal(readYaml(yamlDocuments([{ a: 1 }, { b: 2 }])), [{ a: 1 }, { b: 2 }]);
});

test("comments are passed over", () => {
  assert.equal(readYaml("# a header\n\n---\nuses: checkout@1 # v4\n# more\nlist:\n  # of one\n  - a\n"), [
    { uses: "checkout@1", list: ["a"] },
  ]);
});

const alphabet = [
  "a",
  "B",
  "1",
  "0",
  " ",
  ":",
  "-",
  "#",
  "'",
  '"',
  "\\",
  "{",
  "}",
  "[",
  "]",
  "\n",
  "\t",
  ",",
  "é",
  "🦉",
  "|",
  "!",
  "&",
  "*",
  "%",
  "~",
  ".",
  "e",
];

/** A text that follows from its seed (a linear congruential generator). */
function randomText(seed: number): string {
  let state = seed;
  const next = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return Array.from({ length: next(12) }, () => alphabet[next(alphabet.length)]).join("");
}

test("5,000 random texts come back, as keys and as values", () => {
  for (let seed = 1; seed <= 5000; seed += 1) {
    const value = {
      [randomText(seed)]: randomText(seed + 10000),
      list: [randomText(seed + 20000), { [randomText(seed + 30000)]: 1 }],
    };
    assert.equal(readYaml(yaml(value)), [value], `seed ${seed}`);
  }
});

test("other YAML is refused", () => {
  assert.throws(() => readYaml("a:\nb: 1\n"), /line 1: a: has no value/);
  assert.throws(() => readYaml("just text\n"), /is no key/);
});

test.run();
