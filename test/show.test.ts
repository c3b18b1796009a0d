import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { show } from "../src/commands/show.ts";
import { compile } from "../src/compile.ts";
import { yaml, type YamlValue } from "../src/output/yaml.ts";

const text = readFileSync("topology.yaml", "utf8");
const compilation = compile("topology.yaml", text);

function shown(path: string): unknown {
  return show({ path, origin: false, json: false }, compilation).document;
}

test("a path leads to a value of the model, by the names of things", () => {
  assert.is(shown("nodes.scan-worker-2.address"), "10.0.2.41");
  assert.is(shown("services.auth.http.health"), "/health");
  assert.is(shown("network.zones.b.name"), "ap-northeast-2b");
  assert.is(shown("edge.routes.argocd.host"), "argocd.example.app");
  assert.is(shown("model"), "v1");
});

test("a thing within another thing is only named", () => {
  assert.is(shown("services.scan-worker.group"), "scan-worker");
  assert.equal(shown("groups.scan-worker.nodes"), ["scan-worker-1", "scan-worker-2"]);
  assert.is(shown("nodes.redis-1.zone"), "c");
  assert.is(shown("services.user.http.route"), "user");
});

test("the whole model is JSON, and YAML", () => {
  const model = shown("");
  assert.equal(JSON.parse(JSON.stringify(model)), model);
  assert.match(yaml(model as YamlValue), "model: v1");
});

test("an unknown path is answered with the nearest one", () => {
  const { isClean, summary } = show({ path: "services.auth.imge.tag", origin: false, json: false }, compilation);
  assert.not(isClean);
  assert.match(summary, "Did you mean services.auth.image.tag?");
});

test("names that every object inherits are unknown paths like others", () => {
  for (const path of ["constructor", "services.toString", "services.auth.env.valueOf", "__proto__"]) {
    const { isClean, document } = show({ path, origin: false, json: true }, compilation);
    assert.not(isClean, path);
    assert.is(document, undefined, path);
  }
});

/** For each value, what the lines that it comes from must hold. */
const origins: Readonly<Record<string, readonly string[]>> = {
  "nodes.scan-worker-2.instanceType": ["  worker: { instance", "  scan-worker: { role: worker"],
  "nodes.scan-worker-2.allocatable.cpu": ["  worker: { instance"],
  "nodes.scan-worker-2.protected": ["  scan-worker: { role: worker"],
  "services.auth.env.LOG_LEVEL.name": ["    env: { LOG_LEVEL: info }"],
  "nodes.scan-1.instanceType": ["  scan: { role: api"],
  "nodes.scan-worker-2.name": ["  scan-worker: { role: worker"],
  "services.auth.image.tag": ["    image: v1.2.2"],
  "services.auth.env.POSTGRES_PORT.value": ["    engine: postgresql", "    uses: [postgres, redis]"],
  "services.auth.secretEnv.JWT_SECRET.property": ["    secrets: [JWT_SECRET]"],
  "buckets.assets.cdn": ["  assets: { cdn: true }"],
  "kubernetes.minor": ["  version: 1.32.2"],
};

let whole: unknown;

function originOf(path: string): readonly string[] {
  whole ??= show({ path: "", origin: true, json: true }, compilation).document; // once, because it takes its time
  return (path.split(".").reduce<unknown>(childOf, whole) as { readonly origin: readonly string[] }).origin;
}

/** Items of a list are found by their name. */
function childOf(value: unknown, key: string): unknown {
  const items = Array.isArray(value) ? value.filter(({ name }) => name?.value === key) : [];
  return items[0] ?? (value as Record<string, unknown>)[key];
}

for (const [path, wanted] of Object.entries(origins)) {
  test(`the origin of ${path}`, () => {
    const lines = originOf(path).map((place) => text.split("\n")[Number(place.split(":")[1]) - 1] ?? place);
    assert.is(lines.length, wanted.length, lines.join("\n"));
    for (const [at, start] of wanted.entries())
      assert.ok(lines[at]?.startsWith(start), `${lines[at]} does not start with ${start}`);
  });
}

test("what no line of the topology decides has the name of its default", () => {
  assert.equal(originOf("services.auth.graceSeconds"), ["default of services.auth.graceSeconds"]);
  assert.ok(originOf("services.auth.http.nodePort").includes("default of services.auth.http.nodePort"));
  assert.equal(originOf("services.auth.writable.0"), ["default of services.auth.writable"]);
  assert.equal(originOf("nodes.scan-worker-2.number"), ["topogen"]);
});

test("a default is named by the topology's path, which need not be the model's", () => {
  assert.equal(originOf("nodes.scan-worker-2.state"), ["default of nodes.scan-worker.state"]);
  assert.equal(originOf("platform.prometheus.retentionDays").at(-1), "default of platform.retentionDays");
});

test("in YAML, the origin stands beside the value", () => {
  const { document } = show({ path: "services.auth.image", origin: true, json: false }, compilation);
  assert.match(yaml(document as YamlValue), /^tag: v1\.2\.2 # topology\.yaml:\d+$/m);
});

test.run();
