import { diffLines } from "diff";
import { readFileSync, writeFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { FileChange } from "../src/plan/files.ts";
import { planText } from "../src/plan/text.ts";
import { planOf, type Setting } from "./plan-of.ts";

// The five changes that people make. Each is one edit; beside this file stand the plan that is printed for it, and every
// generated line that it changes. A change of a generator that shows here is to be looked at before it is written down:
// `node dist/test/five-changes.test.js --write`.
const changes: readonly (readonly [name: string, ...settings: Setting[]])[] = [
  ["1-instance-type", ["roles.control-plane.instance", "t3.large"]],
  ["2-calico", ["kubernetes.calico", "v3.31.7"]],
  ["3-image", ["services.auth.image", "v1.3.0"]],
  ["4-postgres", ["datastores.postgres.resources", { cpu: 1, memory: "2Gi" }]],
  ["5-scan-worker", ["nodes.scan-worker.count", 3]],
];

const test = suite("the five changes");

for (const [name, ...settings] of changes) {
  const plan = planOf(...settings);
  const wanted: readonly (readonly [file: string, content: string])[] = [
    [`test/five-changes/${name}.plan.txt`, planText(plan)],
    [`test/five-changes/${name}.diff`, plan.files.map(linesOf).join("\n")],
  ];
  for (const [file, content] of wanted) {
    if (process.argv.includes("--write")) writeFileSync(file, content);
    test(file, () => {
      assert.is(content, readFileSync(file, "utf8"));
    });
  }
}

/** The lines that go and come, below the file's path. The page's data is one line that is too long to read. */
function linesOf({ path, before, after }: FileChange): string {
  const parts = diffLines(before ?? "", after ?? "").filter(({ added, removed }) => added || removed);
  const lines = parts.flatMap(({ added, value }) =>
    value
      .trimEnd()
      .split("\n")
      .map((line) => `${added ? "+" : "-"}${line.length > 300 ? `(${line.trim().slice(0, 40)}...)` : line}`),
  );
  return `${path}\n${lines.join("\n")}\n`;
}

test.run();
