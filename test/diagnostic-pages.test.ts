import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { explain } from "../src/commands/explain.ts";
import { compile } from "../src/compile.ts";
import { rules } from "../src/rules/index.ts";
import { diagnosticPages } from "./diagnostic-pages.ts";

const test = suite("the pages of the diagnostics");

const folder = "docs/diagnostics";
const pages = diagnosticPages();

// `npm run docs` writes them: TOPOGEN_UPDATE=1.
if (process.env.TOPOGEN_UPDATE === "1") {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const [path, text] of pages) writeFileSync(`${folder}/${path}`, text);
}

test("each code has one, and it is what the rules and test/invalid say", () => {
  assert.equal(readdirSync(folder).toSorted(), [...pages.keys()].toSorted());
  for (const [path, text] of pages) assert.is(readFileSync(`${folder}/${path}`, "utf8"), text);
  for (const code of Object.keys(rules)) assert.ok(pages.has(`${code}.md`), code);
});

/** Codes of which there is no case: what they are about takes an earlier tree, or a text that no person would write. */
const withoutExample = [
  "data-left-behind",
  "invalid",
  "node-not-drained",
  "protected",
  "service-left-behind",
  "smaller-disk",
  "unreadable",
  "version-jump",
];

test("each but a few shows an example", () => {
  const without = [...pages].filter(([, text]) => !text.includes("$ topogen")).map(([path]) => path);
  assert.equal(without.toSorted(), ["README.md", ...withoutExample.map((code) => `${code}.md`)].toSorted());
});

test("every code that a diagnostic of test/invalid has is explained on the command line", () => {
  const nothing = compile("topology.yaml", "");
  for (const name of readdirSync("test/invalid")) {
    const text = readFileSync(`test/invalid/${name}/topology.yaml`, "utf8");
    for (const { code } of compile("topology.yaml", text).diagnostics) {
      const { isClean, summary } = explain(code, nothing);
      assert.ok(isClean, code);
      assert.match(summary, `docs/diagnostics/${code}.md`);
    }
  }
});

test.run();
