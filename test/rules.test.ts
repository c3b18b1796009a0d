import { readdirSync, readFileSync } from "node:fs";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { place } from "../src/source/position.ts";
import { checkRules } from "../src/rules/index.ts";
import { asTopology, checkSchema } from "../src/schema/schema.ts";
import { readSource } from "../src/source/source.ts";

/** The codes of all findings, as often as each is found. */
function codesOf(text: string): string[] {
  const source = readSource("topology.yaml", text);
  assert.equal(source.problems, [], text);
  const misshapen = checkSchema(source.value);
  const findings = misshapen.length > 0 ? misshapen : checkRules(asTopology(source.value));
  return place(source, findings).map(({ code }) => code);
}

const shop = readFileSync("test/golden/minimal/topology.yaml", "utf8");

type Edit = readonly [part: string, replacement: string];

/** The minimal topology, some parts replaced. */
function shopWith(...edits: readonly Edit[]): string {
  return edits.reduce((text, [part, replacement]) => {
    assert.ok(text.includes(part), `${part} is in the topology`);
    return text.replace(part, () => replacement);
  }, shop);
}

const ZONES = "zones: [a, b] # a load balancer needs two; the nodes may all be in one";
const WEB = "web: { role: api, address: 10.0.1.20 }";
const TOOLS = "tools: { role: monitoring, address: 10.0.1.30 }";
const MASTER = "master: { role: control-plane, address: 10.0.1.10 }";
const SECRETS = "    secrets: [SESSION_KEY] # the value lives in AWS Secrets Manager";
const IMAGE = "image: v1.0.0";
const web = (members: string): Edit => [WEB, `web: { role: api, address: 10.0.1.20, ${members} }`];
const service = (line: string): Edit => [SECRETS, `${SECRETS}\n    ${line}`];
const neighbour = (line: string): Edit => [SECRETS, `${SECRETS}\n  ${line}`];
const network = (members: string): Edit => [ZONES, members];
const section = (lines: string): Edit => ["services:\n", `${lines}\n\nservices:\n`];

/** What is just right, and beside it what is just wrong. */
const boundaries: readonly (readonly [what: string, right: readonly Edit[], wrong: readonly Edit[], ...string[]])[] = [
  [
    "a subnet's first address",
    [[MASTER, MASTER.replace("1.10", "1.4")]],
    [[MASTER, MASTER.replace("1.10", "1.3")]],
    "reserved-address",
  ],
  [
    "a subnet's last address",
    [[MASTER, MASTER.replace("1.10", "1.254")]],
    [[MASTER, MASTER.replace("1.10", "1.255")]],
    "reserved-address",
  ],
  ["nodes up to the next group", [web("count: 10")], [web("count: 11")], "address-twice"],
  [
    "the address of a removed node is free",
    [web("count: 11, members: { 11: { state: removed } }")],
    [web("count: 11, members: { 11: { state: draining } }")],
    "address-twice",
  ],
  ["the zone's letter", [web("zone: a")], [web("zone: b")], "zone-and-address"],
  [
    "a VPC's size",
    [network("zones: [a, f]\n  cidr: 10.0.0.0/20")],
    [network("zones: [a, f]\n  cidr: 10.0.0.0/21")],
    "network-size",
  ],
  [
    "the pods' size",
    [network(`${ZONES}\n  pods: 192.168.0.0/23`)],
    [network(`${ZONES}\n  pods: 192.168.0.0/24`)],
    "pods-network-full",
  ],
  [
    "the Services' size",
    [network(`${ZONES}\n  services: 10.96.0.0/24`)],
    [network(`${ZONES}\n  services: 10.96.0.0/25`)],
    "network-size",
  ],
  [
    "neighbouring ranges",
    [network(`${ZONES}\n  pods: 10.1.0.0/16`)],
    [network(`${ZONES}\n  pods: 10.0.0.0/15`)],
    "network-overlap",
  ],
  [
    "the largest number of a control plane",
    [[MASTER, "master: { role: control-plane, count: 5, address: 10.0.1.10 }"]],
    [[MASTER, "master: { role: control-plane, count: 6, address: 10.0.1.10 }"]],
    "control-plane-size",
  ],
  [
    "a control-plane node that was replaced",
    [[MASTER, 'master: { role: control-plane, count: 4, address: 10.0.1.10, members: { "2": { state: removed } } }']],
    [[MASTER, 'master: { role: control-plane, count: 4, address: 10.0.1.10, members: { "2": { state: draining } } }']],
    "control-plane-size",
  ],
  [
    "one active node is enough",
    [web('count: 2, members: { "1": { state: draining } }')],
    [web('count: 2, members: { "1": { state: draining }, "2": { state: removed } }')],
    "no-active-node",
  ],
  [
    "the memory of a t3.small",
    [service("resources: { memory: 1242Mi }")],
    [service("resources: { memory: 1243Mi }")],
    "pod-too-large",
  ],
  [
    "the processors of a t3.small",
    [service("resources: { cpu: 1750m }")],
    [service("resources: { cpu: 1751m }")],
    "pod-too-large",
  ],
  [
    "two pods and a check on a t3.small",
    [service("replicas: 2"), service("resources: { memory: 621Mi }")],
    [service("replicas: 2"), service("resources: { memory: 622Mi }")],
    "group-full",
  ],
  [
    "a limit",
    [service("resources: { cpu: 500m, cpuLimit: 500m }")],
    [service("resources: { cpu: 500m, cpuLimit: 499m }")],
    "limit-below-request",
  ],
  ["a scale", [service("scale: { min: 2, max: 2 }")], [service("scale: { min: 3, max: 2 }")], "scale-order"],
  ["a root volume", [web("disk: 10Gi")], [web("disk: 9Gi")], "root-volume-size"],
  [
    "the largest network that is not the world",
    [["access:\n", "access:\n  api: [8.0.0.0/8]\n"]],
    [["access:\n", "access:\n  api: [8.0.0.0/7]\n"]],
    "open-to-world",
  ],
  [
    "an opening that is accepted",
    [["access:\n", "access:\n  api: [0.0.0.0/0]\n  accept: [open-api]\n"]],
    [["access:\n", "access:\n  api: [0.0.0.0/0]\n"]],
    "open-to-world",
  ],
  ["a moving tag", [[IMAGE, "image: latest-2.1"]], [[IMAGE, "image: latest-2"]], "moving-tag"],
  ["a word that only begins as a moving tag", [[IMAGE, "image: mainline7"]], [[IMAGE, "image: main"]], "moving-tag"],
  [
    "a name that speaks of a secret",
    [service("env: { TOKEN_TTL: an hour }")],
    [service("env: { TTL_TOKEN: an hour }")],
    "secret-value",
  ],
  ["a number is no secret", [service("env: { MAX_TOKEN: 3 }")], [service('env: { MAX_TOKEN: "3" }')], "secret-value"],
  [
    "an address without a password",
    [service("env: { DB: postgres://db.example.org/shop }")],
    [service("env: { DB: postgres://me:it@db.example.org/shop }")],
    "secret-value",
  ],
  [
    "a password that is filled in later",
    [service("env: { DB: 'postgres://me:$(PASS)@db.example.org/shop' }")],
    [service("env: { DB: 'postgres://me:PASS@db.example.org/shop' }")],
    "secret-value",
  ],
  [
    "long text that is no key",
    [service("env: { LIST: alpha-beta-gamma-delta-epsilon-zeta-eta-theta }")],
    [service("env: { LIST: a8Fk20xLq93ZmVb7Tn5RwYc1Ue6Jd4Hs }")],
    "secret-value",
  ],
  ["a day of every leap year", [datastore("0 3 29 2 *")], [datastore("0 3 30 2 *")], "schedule"],
  ["a step", [datastore("*/59 */23 1-31/2 1,12 0-6")], [datastore("*/60 * * * *")], "schedule"],
  ["a range", [datastore("0 1-5 * * *")], [datastore("0 5-1 * * *")], "schedule"],
  ["a folder beside the outputs", [service("source: outer/shop")], [service("source: out/shop")], "source-in-output"],
  [
    "a label of one's own",
    [web("labels: { my-kubernetes.io/x: y }")],
    [web("labels: { my.kubernetes.io/x: y }")],
    "kubernetes-label",
  ],
  [
    "a label for administrators",
    [web("labels: { node-restriction.kubernetes.io/x: y }")],
    [web("labels: { node.kubernetes.io/x: y }")],
    "kubernetes-label",
  ],
  [
    "taints of two effects",
    [web("taints: [{ key: x, effect: NoSchedule }, { key: x, effect: NoExecute }]")],
    [web("taints: [{ key: x, effect: NoSchedule }, { key: x, value: y, effect: NoSchedule }]")],
    "taint-twice",
  ],
  [
    "a target group's name",
    [
      ["name: shop", "name: shop-of-acme12"],
      neighbour("fifteen-letters: { on: web, image: v1, http: { port: 8000 } }"),
    ],
    [
      ["name: shop", "name: shop-of-acme1234"],
      neighbour("sixteen--letters: { on: web, image: v1, http: { port: 8000 } }"),
    ],
    "target-group-name",
  ],
  [
    "paths that only begin alike",
    [neighbour("cart: { on: web, image: v1, http: { port: 8000, path: /shopping } }")],
    [neighbour("cart: { on: web, image: v1, http: { port: 8000, path: / } }")],
    "path-twice",
  ],
  [
    "one path under two hosts",
    [neighbour("cart: { on: web, image: v1, http: { port: 8000, path: /, host: cart } }")],
    [neighbour("cart: { on: web, image: v1, http: { port: 8000, path: /, host: api } }")],
    "path-twice",
  ],
  [
    "a host that nobody else has",
    [
      ["platform:\n", "edge: { hosts: { grafana: graphs } }\n\nplatform:\n"],
      ["port: 8000", "port: 8000, host: grafana"],
    ],
    [["port: 8000", "port: 8000, host: grafana"]],
    "platform-host",
  ],
  [
    "what is not installed has no host",
    [
      ["  on: tools", "  monitoring: false\n  on: tools"],
      ["port: 8000", "port: 8000, host: grafana"],
    ],
    [
      ["  on: tools", "  atlantis: false\n  on: tools"],
      ["port: 8000", "port: 8000, host: grafana"],
    ],
    "platform-host",
  ],
  [
    "Calico and Kubernetes",
    [section("kubernetes: { calico: v3.31.7 }")],
    [section("kubernetes: { calico: v3.32.1 }")],
    "versions",
  ],
  [
    "another Kubernetes, with charts that are made for it",
    [section("kubernetes: { version: 1.33.4 }"), ["  on: tools", "  versions: { argo-cd: 9.5.11 }\n  on: tools"]],
    [section("kubernetes: { version: 1.33.4 }")],
    "versions",
  ],
];

function datastore(schedule: string): Edit {
  const store = `engine: postgresql, version: "16.4", on: db, storage: 20Gi, backup: { schedule: "${schedule}" }`;
  return [
    "services:\n",
    `  db: { role: data, address: 10.0.1.50 }\n\ndatastores:\n  orders: { ${store} }\n\nservices:\n`,
  ];
}

for (const [what, right, wrong, ...codes] of boundaries) {
  test(what, () => {
    assert.equal(codesOf(shopWith(...right)), []);
    assert.equal(codesOf(shopWith(...wrong)), codes);
  });
}

test("more routes than a listener has rules at first", () => {
  const line = (_: unknown, index: number) =>
    `  s${index}: { on: web, image: v1, http: { port: 8000, nodePort: ${31000 + index} }, replicas: 1, resources: { cpu: 1m, memory: 1Mi } }`;
  const services = (count: number): Edit => [SECRETS, [SECRETS, ...Array.from({ length: count }, line)].join("\n")];
  const large = web("count: 4, instance: t3.xlarge");
  // With the shop's own and the platform's three.
  assert.equal(codesOf(shopWith(large, [TOOLS, TOOLS.replace("1.30", "1.40")], services(96))), []);
  assert.equal(codesOf(shopWith(large, [TOOLS, TOOLS.replace("1.30", "1.40")], services(97))), ["many-routes"]);
});

for (const name of readdirSync("test/golden")) {
  test(`nothing is wrong with ${name}`, () => {
    assert.equal(codesOf(readFileSync(`test/golden/${name}/topology.yaml`, "utf8")), []);
  });
}

test("nothing is wrong with the 14 nodes, and the topologies are as short as they should be", () => {
  const root = readFileSync("topology.yaml", "utf8");
  assert.equal(codesOf(root), []);
  assert.ok(root.split("\n").length <= 251);
  assert.ok(shop.split("\n").length <= 41);
});

test.run();
