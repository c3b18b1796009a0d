import { suite } from "uvu";
import * as assert from "uvu/assert";
import { edit } from "../src/edit.ts";
import { parsePath } from "../src/path-text.ts";

const text = `# a comment at the top
services:
  auth: # the first
    image: v1.2.2 # its tag
    env: { LOG_LEVEL: info, EMPTY: {} }
    secrets: [JWT_SECRET, "OTHER"]
  scan:
    image: { repository: scan, tag: "v2.0.1" }
    resources:
      cpu: 500m # half a processor
      memory: 1Gi

nodes:
  scan-worker: { role: worker, count: 2 }
platform:
`;

function edited(path: string, value: unknown): string {
  const result = edit(text, parsePath(path), value);
  if ("refusal" in result) throw new Error(result.refusal);
  return result.text;
}

/** The lines that differ, as \`-\` and \`+\`; the edits here add one line or change one. */
function changed(path: string, value: unknown): string {
  const before = text.split("\n");
  const after = edited(path, value).split("\n");
  const gone = before.filter((line) => !after.includes(line)).map((line) => `-${line}`);
  const come = after.filter((line) => !before.includes(line)).map((line) => `+${line}`);
  assert.is(after.length - before.length, come.length - gone.length);
  return [...gone, ...come].join("\n");
}

const test = suite("edit");

test("a text of several lines stays on one", () => {
  assert.is(
    changed("services.auth.env.BANNER", "one\n  two # and a longer one than a quoted text has on one line"),
    String.raw`-    env: { LOG_LEVEL: info, EMPTY: {} }
+    env: { LOG_LEVEL: info, EMPTY: {}, BANNER: "one\n  two # and a longer one than a quoted text has on one line" }`,
  );
});

const cases: readonly (readonly [what: string, path: string, value: unknown, want: string])[] = [
  [
    "a plain value keeps its comment",
    "services.auth.image",
    "v1.3.0",
    "-    image: v1.2.2 # its tag\n+    image: v1.3.0 # its tag",
  ],
  [
    "a quoted value stays quoted",
    "services.scan.image.tag",
    "v2.1.0",
    '-    image: { repository: scan, tag: "v2.0.1" }\n+    image: { repository: scan, tag: "v2.1.0" }',
  ],
  [
    "a number within a flow map",
    "nodes.scan-worker.count",
    3,
    "-  scan-worker: { role: worker, count: 2 }\n+  scan-worker: { role: worker, count: 3 }",
  ],
  [
    "a value that YAML would misread is quoted",
    "services.auth.image",
    "1.10",
    '-    image: v1.2.2 # its tag\n+    image: "1.10" # its tag',
  ],
  [
    "a new key of a flow map",
    "nodes.scan-worker.zone",
    "a",
    "-  scan-worker: { role: worker, count: 2 }\n+  scan-worker: { role: worker, count: 2, zone: a }",
  ],
  ["a new key of a block map stands at its end", "services.scan.resources.cpuLimit", 2, "+      cpuLimit: 2"],
  ["a new key of a map that ends with a flow map", "services.auth.replicas", 2, "+    replicas: 2"],
  [
    "keys that are missing are made together",
    "nodes.scan-worker.members.2.state",
    "draining",
    '-  scan-worker: { role: worker, count: 2 }\n+  scan-worker: { role: worker, count: 2, members: { "2": { state: draining } } }',
  ],
  [
    "an empty map",
    "services.auth.env.EMPTY.A",
    "b",
    "-    env: { LOG_LEVEL: info, EMPTY: {} }\n+    env: { LOG_LEVEL: info, EMPTY: { A: b } }",
  ],
  ["a key without a value", "platform.on", "monitoring", "-platform:\n+platform: { on: monitoring }"],
  [
    "an item of a list",
    "services.auth.secrets.1",
    "API_KEY",
    '-    secrets: [JWT_SECRET, "OTHER"]\n+    secrets: [JWT_SECRET, "API_KEY"]',
  ],
  [
    "an item of a list, written as topogen prints it",
    "services.auth.secrets[1]",
    "API_KEY",
    '-    secrets: [JWT_SECRET, "OTHER"]\n+    secrets: [JWT_SECRET, "API_KEY"]',
  ],
  [
    "a whole flow map",
    "services.auth.env",
    { LOG_LEVEL: "debug" },
    "-    env: { LOG_LEVEL: info, EMPTY: {} }\n+    env: { LOG_LEVEL: debug }",
  ],
];

for (const [what, path, value, want] of cases) {
  test(what, () => {
    assert.is(changed(path, value), want);
  });
}

test("the last line may lack its end", () => {
  assert.equal(edit("a: 1\nb: 2", ["b"], 3), { text: "a: 1\nb: 3" });
  assert.equal(edit("a: 1", ["c"], 3), { text: "a: 1\nc: 3" });
});

test("a file with Windows' line ends keeps them", () => {
  const windows = text.replaceAll("\n", "\r\n");
  for (const [, path, value] of cases) {
    assert.equal(edit(windows, parsePath(path), value), { text: edited(path, value).replaceAll("\n", "\r\n") }, path);
  }
  assert.equal(edit("a: 1\r\nb: 2 # two", ["c"], 3), { text: "a: 1\r\nb: 2 # two\r\nc: 3" });
});

test("what has no such place is refused", () => {
  assert.equal(edit(text, parsePath("services.auth.image.tag"), "v1"), {
    refusal: "services.auth.image is a single value: it has no tag",
  });
  assert.equal(edit(text, parsePath("services.auth.secrets.5"), "A"), {
    refusal: "services.auth.secrets has no item 5",
  });
});

test.run();
