import { test } from "uvu";
import * as assert from "uvu/assert";
import { place } from "../src/source/position.ts";
import { checkSchema } from "../src/schema/schema.ts";
import { readSource } from "../src/source/source.ts";
import good from "./schema-topology.yml";

/** What is said of a good topology with one part replaced: `line:column code message | remedy`. */
function saidOf(part: string | RegExp, replacement: string): string[] {
  const text = good.replace(part, replacement);
  assert.is.not(text, good, `${part} is in the topology`);
  const source = readSource("t.yaml", text);
  assert.equal(source.problems, []);
  return place(source, checkSchema(source.value)).map(
    ({ line, column, code, message, remedy }) => `${line}:${column} ${code} ${message} | ${remedy}`,
  );
}

test("a good topology has no findings", () => {
  assert.equal(checkSchema(readSource("t.yaml", good).value), []);
});

/** A part of the topology, what stands there in its place, and what is said of it. */
const mistakes: readonly (readonly [string | RegExp, string, ...string[]])[] = [
  [/^nodes:/m, "nods:", "15:1 unknown-key `nods` is not a key of a topology. | Did you mean `nodes`?"],
  ["count: 2", "cuont: 2", "18:32 unknown-key `cuont` is not a key of `nodes.scan-worker`. | Did you mean `count`?"],
  [
    "count: 2",
    "count: two",
    "18:39 wrong-type `nodes.scan-worker.count` is the text `two`, not a whole number. | Write a whole number, such as `2`.",
  ],
  [
    "address: 10.0.1.40",
    "address: 100.100.100.200/24",
    "18:66 too-long `nodes.scan-worker.address` is longer than 15 characters. | Write `100.100.100.200`.",
  ],
  [
    "count: 2",
    'count: "0"',
    "18:39 wrong-type `nodes.scan-worker.count` is the text `0`, not a whole number. | Write a whole number, such as `2`.",
  ],
  [
    "count: 2",
    "count: 0",
    "18:39 too-small `nodes.scan-worker.count` is `0`; it must be at least 1. | How many nodes it has. They are numbered from 1 and a number is never given twice. For example: `2`.",
  ],
  [
    "nat: single",
    "nat: singel",
    "13:8 not-a-choice `singel` is not a choice for `network.nat`. | Did you mean `single`? Choose one of `none`, `single`, `per-zone`.",
  ],
  ["topology: v1", "topology: v2", "1:11 not-a-choice `v2` is not a choice for `topology`. | Write `v1`."],
  ["name: backend", "name: Backend", "2:7 bad-form `Backend` is not a valid `name`. | Write `backend`."],
  [
    'account: "123456789012"',
    "account: 123456789012",
    "3:17 wrong-type `aws.account` is a whole number, not a text. | Put it in double quotes.",
  ],
  [
    "zones: [a, b, c]",
    "zones: [a, b, b]",
    "12:17 repeated-item `b` stands twice in `network.zones`. | Remove one of the two.",
  ],
  [
    "zones: [a, b, c]",
    "zones: a",
    "12:10 wrong-type `network.zones` is the text `a`, not a list or a map. | Write `[a]`.",
  ],
  [
    "zones: [a, b, c]",
    "zones: { q: {} }",
    "12:12 not-a-choice `q` is not a choice for `network.zones`. | Choose one of `a`, `b`, `c`, `d`, `e`, `f`.",
  ],
  [
    "zones: [a, b, c]",
    "zones: []",
    "12:10 too-few `network.zones` has 0 entries; it must have at least 1. | Add entries.",
  ],
  [
    "zones: [a, b, c]",
    "zones:",
    "12:3 no-value `network.zones` has no value. | Write a list or a map, such as `[a, b, c]`, or remove the key.",
  ],
  [
    "zones: [a, b, c]",
    "zones: [a, z]",
    "12:14 not-a-choice `z` is not a choice for `network.zones[1]`. | Choose one of `a`, `b`, `c`, `d`, `e`, `f`.",
  ],
  ["image: v1.1.0", "image: latest"],
  [
    "image: v1.1.0",
    "image: { repo: x, tag: v1 }",
    "34:12 missing-key `services.user.image` has no `repository`. | Add `repository: scan`. The image repository, when it is not called after the service.",
    "34:14 unknown-key `repo` is not a key of `services.user.image`. | Choose one of `repository`, `tag`.",
  ],
  [
    "image: v1.1.0",
    "image: [x]",
    "34:12 wrong-type `services.user.image` is a list, not a text or a map. | Write a text or a map, such as `v1.2.2`.",
  ],
  [
    "backup: daily",
    "backup: weekly",
    "29:13 not-a-choice `weekly` is not a choice for `datastores.postgres.backup`. | Choose one of `none`, `daily`.",
  ],
  [
    "backup: daily",
    "backup: { schedule: x }",
    "29:25 bad-form `x` is not a valid `datastores.postgres.backup.schedule`. | Five fields of cron, in UTC. For example: `30 17 * * *`.",
  ],
  [
    "cpu: 500m",
    "cpu: half",
    "28:23 bad-form `half` is not a valid `datastores.postgres.resources.cpu`. | Processor time that is kept for it. For example: `250m`.",
  ],
  [
    "cpu: 500m",
    "cpu: 0.5",
    "28:23 wrong-type `datastores.postgres.resources.cpu` is a number, not a text or a whole number. | Write `500m`.",
  ],
  [
    "env: { LOG_LEVEL: info }",
    "env: { log-level: info }",
    "37:12 bad-form `log-level` is not a valid name in `services.user.env`. | Write `LOG_LEVEL`.",
  ],
  [
    "env: { LOG_LEVEL: info }",
    "env: { LOG_LEVEL: [x] }",
    "37:23 wrong-type `services.user.env.LOG_LEVEL` is a list, not a text or a whole number or `true` or `false`. | Write a text or a whole number or `true` or `false`, such as `info`.",
  ],
  [
    "  user: {",
    "  User_1: {",
    "17:3 bad-form `User_1` is not a valid name in `nodes`. | A name that every tool accepts, a DNS label with lower-case letters first. For example: `scan-worker`.",
  ],
  [
    "  user: {",
    "  uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu: {",
    "17:3 too-long The name `uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu…` is longer than 30 characters. | Shorten it.",
  ],
  [
    "domain: example.app\n",
    "",
    "1:1 missing-key The topology has no `domain`. | Add `domain: example.app`. The public DNS name under which everything is reached. The account has a Route53 zone of this name.",
  ],
  [
    "role: control-plane, ",
    "",
    "16:11 missing-key `nodes.master` has no `role`. | Add `role: api`. What its nodes are for: one of `roles`.",
  ],
  [
    /^nodes:[^]*?\n\n/m,
    "nodes:\n\n",
    "15:1 no-value `nodes` has no value. | Write a map, such as `{ scan-worker: { role: worker, count: 2, zones: [a, b], address: 10.0.1.40 } }`, or remove the key.",
  ],
  [/^nodes:[^]*?\n\n/m, "nodes: {}\n\n", "15:8 too-few `nodes` has 0 entries; it must have at least 1. | Add entries."],
  [
    "port: 8000",
    "port: 99999",
    "35:19 too-large `services.user.http.port` is `99999`; it must be at most 65535. | The port that the program listens on. For example: `8000`.",
  ],
  [
    'version: "16.15"',
    "version: 16.15",
    "25:14 wrong-type `datastores.postgres.version` is a number, not a text. | Put it in double quotes.",
  ],
];

test("every mistake is explained once, at its place, with what to do", () => {
  for (const [part, replacement, ...said] of mistakes) assert.equal(saidOf(part, replacement), said);
});

test.run();
