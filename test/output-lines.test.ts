import { test } from "uvu";
import * as assert from "uvu/assert";
import { outputLines } from "../src/explore/output-lines.ts";
import { modelWith } from "./fourteen-nodes.ts";

const model = modelWith();

function linesOf(
  id: `${"node" | "service" | "datastore" | "bucket"}/${string}`,
  files: Readonly<Record<string, string>>,
): readonly string[] {
  const generated = Object.entries(files).map(([path, text]) => ({ path, text }));
  const { files: paths, of } = outputLines(model, generated);
  return (of[id] ?? []).map(([file, line, text]) => `${paths[file]}:${line}: ${text}`);
}

test("a line that names a thing as a whole word is its line", () => {
  const files = { "out/a.ini": "[workers]\nscan-worker-2 ansible_host=10.0.2.41\nscan-worker-1\n" };
  assert.equal(linesOf("node/scan-worker-2", files), ["out/a.ini:2: scan-worker-2 ansible_host=10.0.2.41"]);
});

test("a part of a longer name is not the thing's name", () => {
  assert.equal(linesOf("service/scan", { "out/a": "scan-worker scanner prescan scan_x\n" }), []);
  assert.equal(linesOf("node/auth-1", { "out/a": "auth-10 10.0.1.200\n" }), []);
});

test("a part of a host name, a path or an image is", () => {
  const text = "http://auth.api.svc.cluster.local\nbackend/auth:v1.2.2\n/api/v1/auth\n";
  assert.is(linesOf("service/auth", { "out/a": text }).length, 3);
});

test("every line of a file or a folder that is called after a thing is its line", () => {
  const files = { "out/host_vars/redis-1.yml": "a: 1\nb: 2\n", "out/k8s/redis/x.yaml": "c: 3\n" };
  assert.is(linesOf("node/redis-1", files).length, 2);
  assert.is(linesOf("datastore/redis", files).length, 1);
});

test("an address, a node port and a bucket's full name lead to their things", () => {
  const { nodePort } = model.services.find(({ name }) => name === "auth")?.http ?? {};
  const text = `10.0.1.20\nport = ${nodePort}\nbackend-prod-123456789012-assets\n`;
  assert.is(linesOf("node/auth-1", { "out/a": text }).length, 1);
  assert.is(linesOf("service/auth", { "out/a": text }).length, 1);
  assert.is(linesOf("bucket/assets", { "out/a": text }).length, 1);
});

test.run();
