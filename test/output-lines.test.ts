import { readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import type { ThingId } from "../generators/docs/page-data.ts";
import { pageData } from "../generators/docs/page-model.ts";
import { outputLines } from "../src/commands/output-lines.ts";
import { compile } from "../src/compile.ts";
import { goneLines } from "../src/explore/gone-lines.ts";
import { fourteenNodes, modelWith } from "./fourteen-nodes.ts";

const model = modelWith();
const ids = Object.keys(pageData(model).things) as ThingId[];
const { files, of } = outputLines({ topology: fourteenNodes, model }, ids);

/** `out/terraform/ec2.tf:20: disk = 30` */
function linesOf(id: ThingId, end = ""): readonly string[] {
  const lines = (of[id] ?? []).map(([file, line, text]) => `${files[file]}:${line}: ${text}`);
  return lines.filter((line) => line.slice(0, line.indexOf(":")).endsWith(end));
}

test("every line stands in the generated tree, where it is said to be", () => {
  const tree = compile("topology.yaml", readFileSync("topology.yaml", "utf8")).tree?.files ?? [];
  const texts = new Map(tree.map(({ path, text }) => [path, text.split("\n")]));
  const all = ids.flatMap((id) => of[id] ?? []);
  assert.ok(all.length > 5000);
  for (const [file, line, text] of all)
    assert.is(texts.get(files[file] ?? "")?.[line - 1]?.trim(), text, `${files[file]}:${line}`);
});

test("a node reaches its own block and its own file, whole, and no other's", () => {
  assert.equal(
    linesOf("node/postgres-1", "ec2.tf").map((line) => line.replace(/^.*?: /, "").replace(/ +/g, " ")),
    [
      "postgres-1 = {",
      'role = "data"',
      'group = "postgres"',
      'instance_type = "t3.medium"',
      'zone = "a"',
      'address = "10.0.1.60"',
      "disk = 30",
      "metadata_hops = 2",
      "}",
    ],
  );
  const own = readFileSync("out/ansible/inventory/host_vars/postgres-1.yml", "utf8").trimEnd().split("\n");
  assert.is(linesOf("node/postgres-1", "host_vars/postgres-1.yml").length, own.length);
  assert.is(linesOf("node/postgres-1", "hosts.ini").length, 1);
});

test("a service that is called like a key of other things does not reach them", () => {
  for (const [id, key] of [
    ["service/storage", /^storage: /],
    ["service/user", /^user: /],
  ] as const) {
    const found = (of[id] ?? []).filter(([, , text]) => key.test(text));
    const elsewhere = found.filter(([file]) => !files[file]?.includes(`/${id.split("/")[1]}/`));
    assert.equal(elsewhere, [], id);
  }
});

test("a service reaches what others have because of it", () => {
  const auth = linesOf("service/auth");
  for (const wanted of [
    /chat-config.yaml:\d+: AUTH_URL: /,
    /cloudfront.tf:\d+: "\/api\/v1\/auth",/,
    /security-groups.tf:\d+: from_port = \d+/,
    /load-balancer.tf:\d+: priority +=/,
    /postgres-network.yaml:\d+: app.kubernetes.io\/name: auth/,
  ])
    assert.ok(
      auth.some((line) => wanted.test(line)),
      String(wanted),
    );
  assert.equal(linesOf("service/auth", "user/user-service.yaml"), []);
});

test("every thing that topogen writes has lines, those too that the outputs cannot be without", () => {
  const without = ids.filter((id) => of[id]?.length === 0);
  assert.equal(without, ["component/coredns", "component/kubernetes"], "kubeadm installs these");
  assert.ok(linesOf("component/argo-cd", "values/argo-cd.yml").length > 20);
  assert.ok(linesOf("bucket/logs", "s3.tf").length > 0);
  assert.ok(linesOf("edge/load-balancer", "load-balancer.tf").length > 20);
});

test("of a block among blocks that end alike, its own lines are gone", () => {
  const block = (name: string) => `thing {\n  name = ${name}\n}\n`;
  const before = [block("a"), block("b"), block("c")].join("\n");
  assert.equal(goneLines(before, [block("a"), block("c")].join("\n")), [4, 5, 6, 7]);
  assert.equal(goneLines(before, before.replace("name = b", "name = d")), [5]);
  assert.equal(goneLines("a\nb\n", undefined), [0, 1]);
  assert.equal(goneLines("a\n", "a\nb\n"), []);
});

test.run();
