import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import schema from "../schema/topology.schema.json";
import { explain } from "../src/commands/explain.ts";
import { compile } from "../src/compile.ts";
import { leavesOf } from "../src/explore/leaves.ts";
import { fourteenNodes } from "./fourteen-nodes.ts";

const compilation = compile("topology.yaml", readFileSync("topology.yaml", "utf8"));
const nothing = compile("topology.yaml", "");
const explained = (path: string) => explain(path, compilation);

test("a value: its meaning, type, default, example and place, and who acts on it, in order", () => {
  const { isClean, summary } = explained("nodes.scan-worker.count");
  assert.ok(isClean);
  const lines = summary.split("\n");
  assert.equal(lines.slice(0, 7), [
    "nodes.scan-worker.count",
    "  How many nodes it has. They are numbered from 1 and a number is never given twice.",
    "",
    "  Type     integer, 1 to 200",
    "  Default  1 (schema/topology.schema.json)",
    "  Example  2",
    "  Now      2 (topology.yaml:42)",
  ]);
  assert.match(summary, /1\. Atlantis.*\n  2\. Ansible/);
});

for (const [path, tools] of Object.entries({
  "roles.control-plane.instance": ["Atlantis"],
  "services.auth.image": ["Images", "Argo CD"],
  "datastores.postgres.resources.memory": ["Argo CD"],
  "kubernetes.calico": ["Ansible"],
})) {
  test(`${path}: ${tools.join(", then ")} acts`, () => {
    const acting = [
      ...explained(path).summary.matchAll(/^  \d\. (Atlantis|Ansible|Images|GitHub Actions|Argo CD)/gm),
    ].map(([, tool]) => tool);
    for (const tool of tools) assert.ok(acting.includes(tool), `${tool} is not among ${acting.join(", ")}`);
    assert.is(acting[0], tools[0]);
  });
}

/** What `explain` says under "When it changes", without the numbers. */
function whenItChanges(path: string): readonly string[] {
  const [, lines = ""] = /\n\nWhen it changes:\n([^]*)$/.exec(explained(path).summary) ?? [];
  return lines.split("\n").flatMap((line) => (line === "" ? [] : [line.replace(/^ {2}(?:\d\. )?/, "")]));
}

/**
 * One path of each kind in the topology of the 14 nodes: of a map, a list, an item of one, a single value. The large maps,
 * which take the time of all that is below them, are left out.
 */
function kindsOfPaths(value: unknown, path: readonly string[] = []): readonly string[] {
  const below = typeof value === "object" && value !== null ? Object.entries(value) : [];
  const own = leavesOf(value).length > 2 && !Array.isArray(value) ? [] : [path.join(".")];
  const paths = [...own, ...below.flatMap(([key, child]) => kindsOfPaths(child, [...path, key]))];
  if (path.length > 0) return paths;
  const chosen = /^((?:nodes|roles|services|datastores|buckets)\.)[^.]+/;
  const kindOf = (one: string) => one.replace(chosen, "$1*").replace(/\.\d+$/, ".0");
  return [...new Map(paths.map((one) => [kindOf(one), one])).values()];
}

test("every kind of path in the topology says who acts when it changes, or what to do to know it", () => {
  const paths = kindsOfPaths(fourteenNodes);
  assert.ok(paths.length > 50, String(paths.length));
  const unsure = paths.filter((path) => {
    const lines = whenItChanges(path);
    assert.ok(lines.length > 0, path);
    return lines.some((line) => line.includes("`topogen plan`"));
  });
  assert.ok(unsure.length < 12, unsure.join(" "));
});

for (const [path, tools] of Object.entries({
  domain: ["Atlantis", "Ansible", "Argo CD"],
  "images.registry": ["Atlantis", "Ansible", "GitHub Actions", "Argo CD"],
  "access.keys": ["Ansible", "Argo CD"],
  "services.auth.command": ["Argo CD"],
  "services.auth.replicas": ["Argo CD"],
  "edge.loadBalancer": ["An administrator", "Ansible", "Argo CD"],
  "edge.hosts.api": ["Atlantis", "Argo CD"],
  "platform.retentionDays": ["Ansible", "Argo CD"],
  "nodes.auth.instance": ["Atlantis"],
})) {
  test(`${path}, which is a list, is left out or has few other values: ${tools.join(", ")}`, () => {
    assert.equal(
      whenItChanges(path).map((line) => line.split(/[,:]/)[0]),
      tools,
    );
  });
}

test("of a map, each tool has what it acts on", () => {
  assert.equal(whenItChanges("services.auth.http"), ["Atlantis: path", "Argo CD: port, path, metrics"]);
  assert.equal(whenItChanges("kubernetes"), ["Ansible: version, calico", "Argo CD: version, calico"]);
});

test("where no change of this value alone is valid, it says so", () => {
  assert.match(whenItChanges("edge.cdn").join(), /^It depends on the rest/);
  assert.match(whenItChanges("edge").join("\n"), "Of cdn: it depends on the rest");
  assert.equal(whenItChanges("topology"), ["There is nothing else that it could be."]);
});

test("a map: the keys below it", () => {
  const { summary } = explained("services.auth.http");
  assert.match(summary, /^  port +Required\. /m);
  assert.match(summary, /^  health +/m);
});

test("a default that follows from something else is told in words", () => {
  assert.match(explained("nodes.auth.instance").summary, "Default  the role's");
  assert.match(explained("name").summary, "Default  none: it is required");
});

test("names that the user chooses need not exist", () => {
  const { isClean, summary } = explained("services.any.replicas");
  assert.ok(isClean);
  assert.not.match(summary, "Now");
});

for (const [path, meant] of Object.entries({
  "nodes.auth.adress": "nodes.auth.address",
  "service.auth": "services.auth",
  "services.auth.http.prot": "services.auth.http.port",
  "services.auth.image.tagg": "services.auth.image.tag",
  "network.zonse": "network.zones",
})) {
  test(`${path} is answered with ${meant}`, () => {
    const { isClean, summary } = explained(path);
    assert.not(isClean);
    assert.match(summary, `Did you mean ${meant}?`);
  });
}

test("a misspelt code is answered with the code", () => {
  const { isClean, summary } = explained("volume-zon");
  assert.equal([isClean, summary], [false, "There is no volume-zon. Did you mean volume-zone?"]);
});

test("* is any name and any place", () => {
  assert.match(explained("nodes.*.count").summary, /^nodes\.\*\.count\n.*\n\n {2}Type {5}integer, 1 to 200\n/);
  assert.match(explained("access.keys.*").summary, "One line of an authorized_keys file");
  assert.not(explained("*").isClean, "the topology's own keys are no names");
});

for (const path of ["nodes[0].count", "nodes.Web.count"]) {
  test(`${path} is told apart: things are named there, and not by that`, () => {
    const { isClean, summary } = explained(path);
    assert.not(isClean);
    assert.match(summary, /^`(?:0|Web)` cannot be a key of nodes\. .*\. `topogen explain 'nodes\.\*\.count'`/);
  });
}

test("without a topology it explains the language", () => {
  const { isClean, summary } = explain("services.web.image", nothing);
  assert.ok(isClean);
  assert.match(summary, "The image's tag");
});

/** Every path of the schema, with * where the user chooses a name. */
function pathsOf(node: Node, path = ""): readonly string[] {
  const { $ref, properties = {}, additionalProperties, oneOf = [] } = node;
  const target = $ref ? (schema.$defs as unknown as Record<string, Node>)[$ref.split("/").at(-1) ?? ""] : undefined;
  const child = (key: string, below: Node) => pathsOf(below, path === "" ? key : `${path}.${key}`);
  return [
    path,
    ...(target ? pathsOf(target, path).slice(1) : []),
    ...Object.entries(properties).flatMap(([key, below]) => child(key, below)),
    ...(additionalProperties ? child("*", additionalProperties) : []),
    ...oneOf.flatMap((form) => pathsOf(form, path).slice(1)),
  ];
}

interface Node {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Node>>;
  readonly additionalProperties?: Node | false;
  readonly oneOf?: readonly Node[];
}

test("every path of the language is explained", () => {
  const paths = pathsOf(schema as unknown as Node).slice(1);
  assert.ok(paths.length > 120);
  for (const path of paths) {
    const { isClean, summary } = explain(path, nothing);
    assert.ok(isClean, summary);
    assert.match(summary, /^  Type {5}\w/m, path);
  }
});

test.run();
