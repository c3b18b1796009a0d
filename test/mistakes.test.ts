import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { fix, validate } from "../src/commands/validate.ts";
import { compile } from "../src/compile.ts";
import { outcomeText, plain } from "../src/report.ts";
import { inTemporaryFolder } from "./temporary.ts";

const test = suite("docs/mistakes.md");

const path = "docs/mistakes.md";
const page = readFileSync(path, "utf8");
const [, topology = ""] = /```yaml\n([^]*?)```/.exec(page) ?? [];

/** A mistake is a diff of the topology; below it stands what is said of it. */
const mistake = /```diff\n([^]*?)```\n(?:\n```console\n[^]*?```\n)?/g;

const answered = page.replace(mistake, (_, edit: string) => {
  return `\`\`\`diff\n${edit}\`\`\`\n\n\`\`\`console\n${answer(withEdit(topology, edit))}\`\`\`\n`;
});

// `npm run docs` writes it: TOPOGEN_UPDATE=1.
if (process.env.TOPOGEN_UPDATE === "1") writeFileSync(path, answered);

/** What is said of a topology; and of the same once more, if something in it is put right. */
function answer(text: string): string {
  const said = outcomeText(validate(compile("topology.yaml", text)), plain);
  const { fixed } = mended(text);
  return `$ topogen validate\n${said}${fixed === "" ? "" : `\n$ topogen validate --fix\n${fixed}`}`;
}

/** What `validate --fix` says it has fixed, and what it leaves. */
function mended(text: string): { readonly fixed: string; readonly left: string } {
  return inTemporaryFolder((root) => {
    const file = join(root, "topology.yaml");
    writeFileSync(file, text);
    const { summary } = fix(file);
    const fixed = summary.split("\n").filter((line) => line.includes(": fixed "));
    return {
      fixed: fixed.map((line) => `${line.replace(`${root}/`, "")}\n`).join(""),
      left: readFileSync(file, "utf8"),
    };
  });
}

function withEdit(text: string, edit: string): string {
  const before = edit.replace(/^\+.*\n/gm, "").replace(/^[- ]/gm, "");
  const after = edit.replace(/^-.*\n/gm, "").replace(/^[+ ]/gm, "");
  assert.is(text.split(before).length, 2, `this stands in the topology once:\n${before}`);
  return text.replace(before, () => after);
}

const mistakes = Array.from(page.matchAll(mistake), ([, edit = ""]) => withEdit(topology, edit));

test("what is said of each mistake is what the page shows, byte for byte", () => {
  assert.is(readFileSync(path, "utf8"), answered);
  assert.ok(mistakes.length >= 60);
});

test("without the mistakes nothing is wrong", () => {
  assert.equal(compile("topology.yaml", topology).diagnostics, []);
});

test("every mistake is found", () => {
  for (const text of mistakes) assert.ok(compile("topology.yaml", text).diagnostics.length > 0, text);
});

test("what --fix puts right is valid, and twice the same", () => {
  const fixed = mistakes.map(mended).filter(({ fixed }) => fixed !== "");
  assert.ok(fixed.length >= 20, String(fixed.length));
  for (const { left } of fixed) {
    assert.is(mended(left).left, left);
    assert.is(compile("topology.yaml", left).source.problems.length, 0);
  }
});

test("--fix touches no other byte, keeps Windows' line ends and the byte order mark, and writes nothing where all is well", () => {
  const wrong = topology.replace('"16.4"', "16.4 # as in production").replace("image:", "imgae:");
  const right = topology.replace('"16.4"', '"16.4" # as in production');
  assert.is(mended(wrong).left, right);
  const windows = (text: string): string => `\ufeff${text.replaceAll("\n", "\r\n")}`;
  assert.is(mended(windows(wrong)).left, windows(right));
  assert.is(mended(topology).fixed, "");
});

test.run();
