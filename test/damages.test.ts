import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { isCollection, isPair, LineCounter, parseDocument, visit } from "yaml";
import { fix, mend } from "../src/commands/validate.ts";
import { diagnose } from "../src/compile.ts";
import { checkSchema } from "../src/schema/schema.ts";
import { readSource } from "../src/source/source.ts";
import { random } from "./random.ts";
import { inTemporaryFolder } from "./temporary.ts";

const test = suite("validate --fix, on a topology that was damaged");

const topology = readFileSync("topology.yaml", "utf8");

type Next = () => number;

function pick<Item>(next: Next, items: readonly Item[]): Item {
  return items[Math.floor(next() * items.length)] as Item;
}

const signs = [...":,[]{}\"'#-&*!|>%@=? \t\n\u00a0ab0/."];
const tokens = [...topology.matchAll(/[\w./-]+|[:,[\]{}"]| +/g)];

/** What fingers do to one character, or to one word or sign. */
const damages: readonly ((next: Next) => string)[] = [
  (next) => atCharacter(next, () => ""),
  (next) => atCharacter(next, () => pick(next, signs)),
  (next) => atCharacter(next, (character) => character + pick(next, signs)),
  (next) => atCharacter(next, (character) => character.repeat(2)),
  (next) => atToken(next, () => ""),
  (next) => atToken(next, () => pick(next, tokens)[0]),
  (next) => atToken(next, (token) => `${token} ${token}`),
  (next) => atToken(next, (token) => token.toUpperCase()),
];

function atCharacter(next: Next, change: (character: string) => string): string {
  const at = Math.floor(next() * topology.length);
  return topology.slice(0, at) + change(topology.charAt(at)) + topology.slice(at + 1);
}

function atToken(next: Next, change: (token: string) => string): string {
  const { index, 0: token } = pick(next, tokens);
  return topology.slice(0, index) + change(token) + topology.slice(index + token.length);
}

function errorsIn(text: string): number {
  return diagnose("topology.yaml", text).diagnostics.filter(({ severity }) => severity !== "warning").length;
}

/** Errors of a text that rules have not looked at, since it was not a topology yet. */
function misshapenIn(text: string): number {
  const { problems, value } = readSource("topology.yaml", text);
  return problems.length > 0 ? problems.length : checkSchema(value).length;
}

/** What stands on each line of a text: how deep, the key, and the value. */
function valuesOf(text: string): ReadonlyMap<number, string> {
  const lineCounter = new LineCounter();
  const values = new Map<number, string>();
  visit(parseDocument(text, { schema: "failsafe", lineCounter }), {
    Scalar(at, node, path) {
      const { line } = lineCounter.linePos(node.range?.[0] ?? 0);
      const parent = path.at(-1);
      const key = isPair(parent) && at === "value" ? String(parent.key) : "";
      const depth = path.filter((each) => isCollection(each)).length;
      values.set(line, `${values.get(line) ?? ""}${depth} ${key}: ${String(node.value)}\n`);
    },
  });
  return values;
}

function isRead(text: string): boolean {
  return readSource("topology.yaml", text).problems.length === 0;
}

function linesIn(text: string): number {
  return text.split("\n").length;
}

/** The lines of a text that are those of the topology, and say something else. */
function changedLines(text: string): readonly string[] {
  const [wanted, found] = [valuesOf(topology), valuesOf(text)];
  const lines = text.split("\n");
  return topology.split("\n").filter((line, at) => line === lines[at] && wanted.get(at + 1) !== found.get(at + 1));
}

// TOPOGEN_DAMAGES=5000 tries as many.
const damaged = Array.from({ length: Number(process.env.TOPOGEN_DAMAGES ?? 150) }, (_, at) => {
  const next = random(at + 1);
  return pick(next, damages)(next);
});

test("there are never more errors than before, and no other line means something else", () => {
  let mended = 0;
  for (const [at, text] of damaged.entries()) {
    const { text: after, fixed } = mend("topology.yaml", text);
    if (fixed.length === 0) continue;
    const what = `seed ${at + 1}: ${JSON.stringify(fixed)}`;
    assert.ok(misshapenIn(after) <= misshapenIn(text), what);
    if (!isRead(text)) assert.ok(errorsIn(after) <= errorsIn(text), what);
    if (isRead(after) && linesIn(text) === linesIn(topology)) assert.equal(changedLines(after), [], what);
    if (errorsIn(after) === 0) mended++;
  }
  assert.ok(mended > damaged.length / 10, String(mended));
});

test("an edit after which there would be more errors is not made, and not promised", () => {
  const text = topology.replace("\n  auth:\n", "\n  authors\n");
  assert.is(errorsIn(text), 1);
  assert.ok(errorsIn(text.replace("authors", "authors:")) > 1);
  assert.equal(mend("topology.yaml", text), { text, fixed: [] });
  inTemporaryFolder((root) => {
    const file = join(root, "topology.yaml");
    writeFileSync(file, text);
    assert.match(
      fix(file).summary,
      /^The topology has 1 error\. Nothing was written\. `topogen explain syntax` says why\.$/,
    );
  });
});

test.run();
