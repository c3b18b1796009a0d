import { format } from "prettier";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { parse, parseAllDocuments } from "yaml";
import {
  ansibleYaml,
  commentAbove,
  commentBeside,
  unsafe,
  yaml,
  yamlDocuments,
  type YamlValue,
} from "../src/output/yaml.ts";
import { documents, traps } from "./yaml-documents.ts";

function readings(text: string): unknown[] {
  return [parse(text, { version: "1.2" }), parse(text, { version: "1.1" })];
}

test("every trap is read back as the same text, as a value, a key and an item, in YAML 1.1 and 1.2", () => {
  for (const trap of traps) {
    const value = Object.fromEntries([
      [trap, trap],
      ["list", [trap, [trap, { [trap]: trap }]]],
    ]) as YamlValue;
    for (const reading of readings(yaml(value))) assert.equal(reading, value, JSON.stringify(trap));
  }
});

test("10,000 random texts are read back in YAML 1.1 and 1.2", () => {
  for (const value of documents(10_000)) {
    const text = yaml(value);
    for (const reading of readings(text)) assert.is(JSON.stringify(reading), JSON.stringify(value), text);
  }
});

test("numbers, booleans and null keep their type", () => {
  const value = {
    a: 0,
    b: -1,
    c: 1.5,
    d: 1e21,
    e: 1e-7,
    f: true,
    g: false,
    h: null,
    i: 2 ** 53,
    j: {},
    k: [],
    l: [[], {}],
  };
  for (const reading of readings(yaml(value))) assert.equal(reading, value);
});

test("the layout", () => {
  const value = {
    on: { push: { paths: ["src/**"] } },
    empty: {},
    none: [],
    steps: [{ uses: commentBeside("v4", "actions/checkout@8f4b"), with: { depth: 0 } }, ["a", ["b"]], "text"],
    script: "set -e\n\nif x; then\n  y\nfi\n",
    bare: "no\nend",
    above: commentAbove("two lines\n\nof comment", 1),
    template: unsafe("{{ x }}"),
  };
  assert.is(
    yaml(value),
    `"on":
  push:
    paths:
      - src/**
empty: {}
none: []
steps:
  - uses: actions/checkout@8f4b # v4
    with:
      depth: 0
  - - a
    - - b
  - text
script: |
  set -e

  if x; then
    y
  fi
bare: |-
  no
  end
# two lines
#
# of comment
above: 1
template: !unsafe "{{ x }}"
`,
  );
});

test("a text that yamllint would call untidy is no block", () => {
  for (const text of ["a\n\n\n\nb\n", "a \nb\n", "a\n\n", "a\nb\t"]) assert.match(yaml({ text }), /^text: ".*"\n$/);
  assert.is(yaml({ text: "a\n\n\nb\n" }), "text: |\n  a\n\n\n  b\n");
});

test("Ansible's documents start with a line of dashes, and several documents are parted by one", () => {
  assert.is(ansibleYaml([{ hosts: "all" }]), "---\n- hosts: all\n");
  assert.is(yamlDocuments([{ a: 1 }, { b: 2 }]), "a: 1\n---\nb: 2\n");
  assert.equal(
    parseAllDocuments(yamlDocuments([{ a: 1 }, { b: 2 }])).map((document) => document.toJS()),
    [{ a: 1 }, { b: 2 }],
  );
});

test("what YAML cannot hold is an exception", () => {
  for (const value of [
    undefined,
    { a: undefined },
    [undefined],
    Number.NaN,
    Infinity,
    () => 1,
    "\ud800",
    "a\0b",
    { "\udc00": 1 },
  ]) {
    assert.throws(() => yaml(value as YamlValue), /YAML|undefined|cannot be written/, String(value));
  }
});

test("prettier leaves documents as they are", async () => {
  const shapes = [
    ...documents(800),
    ...traps.map((trap) => ({ [trap]: trap, list: [trap, { [trap]: [trap] }], tagged: unsafe(trap) })),
  ];
  for (const shape of shapes) {
    const text = yaml(shape as YamlValue);
    assert.is(await format(text, { parser: "yaml" }), text);
  }
});

test.run();
