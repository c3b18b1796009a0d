import { test } from "uvu";
import * as assert from "uvu/assert";
import type { Outcome } from "../src/commands/outcome.ts";
import type { Diagnostic } from "../src/diagnostic.ts";
import { annotations, coloured, outcomeJson, outcomeText, plain } from "../src/report.ts";

const diagnostic: Diagnostic = {
  code: "unknown-key",
  path: ["nodes", "auth", 0],
  message: "`cout` is not a key.",
  remedy: "Did you mean `count`?",
  file: "topology.yaml",
  line: 2,
  column: 9,
};

const outcome: Outcome = {
  isClean: false,
  text: "nodes:\n  auth: { cout: 1 }\n",
  diagnostics: [diagnostic],
  drift: [{ path: "out/a.tf", kind: "edited", is: "a\nb\nc\n", shouldBe: "a\nB\nc\n" }],
  summary: "Something differs.",
};

test("a diagnostic shows its line and a mark below its place", () => {
  assert.is(
    outcomeText({ ...outcome, drift: [] }, plain),
    `topology.yaml:2:9: error unknown-key: \`cout\` is not a key.
  2 |   auth: { cout: 1 }
    |         ^
  remedy: Did you mean \`count\`?

Something differs.
`,
  );
});

test("of a long line the part around the place is shown, and of an empty one nothing", () => {
  const long = { ...diagnostic, line: 1, column: 500 };
  const shown = outcomeText(
    { ...outcome, text: `${"x".repeat(499)}HERE${"y".repeat(400)}`, diagnostics: [long], drift: [] },
    plain,
  );
  const [, source = "", caret = ""] = shown.split("\n");
  assert.ok(source.length < 130);
  assert.is(source.indexOf("HERE"), caret.indexOf("^"));
  assert.not.match(outcomeText({ ...outcome, text: "\n\n\n", drift: [] }, plain), /\^/);
});

test("a difference shows the lines that would change", () => {
  assert.is(
    outcomeText({ ...outcome, diagnostics: [] }, plain),
    `out/a.tf: edited: out/a.tf was changed by hand.
  remedy: Change the topology instead, then run \`npm run gen -- --force\` to overwrite it.
--- a/out/a.tf
+++ b/out/a.tf
@@ -1,3 +1,3 @@
 a
-b
+B
 c

Something differs.
`,
  );
});

test("colours are there where they are asked for, and only there", () => {
  assert.not.ok(outcomeText(outcome, plain).includes("\x1b"));
  assert.ok(outcomeText(outcome, coloured).includes("\x1b[31merror unknown-key\x1b[0m"));
  assert.ok(outcomeText(outcome, coloured).includes("\x1b[32m+B\x1b[0m"));
});

test("annotations escape what would end them", () => {
  const hostile = { ...diagnostic, message: "50%\n::error::x", file: "a,b:c.yaml", severity: "warning" as const };
  assert.is(
    annotations({ ...outcome, diagnostics: [hostile] }),
    `::warning file=a%2Cb%3Ac.yaml,line=2,col=9,title=unknown-key::50%25%0A::error::x Did you mean \`count\`?
::error file=out/a.tf,title=edited::out/a.tf was changed by hand. Change the topology instead, then run \`npm run gen -- --force\` to overwrite it.
`,
  );
});

test("JSON has what the text has", () => {
  const { ok, summary, diagnostics, drift } = JSON.parse(outcomeJson(outcome));
  assert.equal([ok, summary], [false, "Something differs."]);
  const { code, path, message, remedy, file, line, column } = diagnostic;
  assert.equal(diagnostics, [{ severity: "error", code, file, line, column, path, message, remedy }]);
  assert.equal(Object.keys(drift[0]), ["path", "kind", "message", "remedy", "diff"]);
  assert.match(drift[0].diff, /^--- a\/out\/a\.tf\n[^]*\n-b\n\+B\n/);
});

test.run();
