import { suite } from "uvu";
import * as assert from "uvu/assert";
import { Misuse } from "../src/misuse.ts";
import { parsePath, pathText } from "../src/path-text.ts";

const test = suite("paths as people type them");

const paths: readonly (readonly [text: string, path: readonly (string | number)[]])[] = [
  ["", []],
  ["services.auth.image", ["services", "auth", "image"]],
  ["services.scan.uses[0]", ["services", "scan", "uses", 0]],
  ["nodes.scan-worker.members.2.state", ["nodes", "scan-worker", "members", "2", "state"]],
  ['roles.api.labels."disk.type"', ["roles", "api", "labels", "disk.type"]],
  ['services.auth.env."[\\"\\\\]".a', ["services", "auth", "env", '["\\]', "a"]],
];

for (const [text, path] of paths) {
  test(`${text || "nothing"} is read as it is printed`, () => {
    assert.is(pathText(path), text);
    assert.equal(parsePath(text), path.map(String));
  });
}

test("a place in a list may be a key as well", () => {
  assert.equal(parsePath("services.scan.uses.0"), parsePath("services.scan.uses[0]"));
});

for (const text of ["a..b", ".a", "a.", ".", "a[x]", "a[0]b", 'a."b', "a.[0]"]) {
  test(`${text} is no path`, () => {
    assert.throws(
      () => parsePath(text),
      (error: unknown) => error instanceof Misuse && error.message.includes(text),
    );
  });
}

test.run();
