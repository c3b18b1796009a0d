import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parseAllDocuments } from "yaml";
import { compile } from "../src/compile.ts";

// Ansible and kubectl read YAML 1.1, most others 1.2: both must find the same values in every generated file.
const unsafe = { tag: "!unsafe", resolve: (text: string) => text };

function valuesIn(text: string, version: "1.1" | "1.2"): unknown[] {
  const documents = parseAllDocuments(text, { version, customTags: (tags) => [...tags, unsafe] });
  return [...documents].map((document) => {
    assert.equal([...document.errors, ...document.warnings].map(String), []);
    return document.toJS();
  });
}

const test = suite("generated YAML");

const cases = [
  "topology.yaml",
  ...readdirSync("test/golden").map((name) => join("test/golden", name, "topology.yaml")),
];

for (const file of cases) {
  test(`${file}: readers of YAML 1.1 and 1.2 find the same values`, () => {
    const { tree } = compile("topology.yaml", readFileSync(file, "utf8"));
    const yaml = (tree?.files ?? []).filter(({ path }) => /\.ya?ml$/.test(path));
    assert.ok(yaml.length > 50);
    for (const { path, text } of yaml) assert.equal(valuesIn(text, "1.1"), valuesIn(text, "1.2"), path);
  });
}

test.run();
