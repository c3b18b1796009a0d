import { spawnSync } from "node:child_process";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { yaml } from "../../src/output/yaml.ts";
import { documents } from "../yaml-documents.ts";
import { needs } from "./tool.ts";

const test = suite("yaml-python");

/** Reads `[yaml, json]` pairs and prints those that PyYAML, in Python and in C, does not read as the same value. */
const script = `
import json, sys, yaml
loaders = [yaml.SafeLoader] + ([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])
for text, value in json.load(sys.stdin):
    for loader in loaders:
        read = yaml.load(text, loader)
        if json.dumps(read) != json.dumps(json.loads(value)):
            print(json.dumps([loader.__name__, text, repr(read)]))
`;

const pyyaml = { name: "PyYAML", present: spawnSync("python3", ["-c", "import yaml"]).status === 0 };

needs(test, pyyaml)("PyYAML reads every document as the same value", () => {
  const pairs = documents(10_000).map((value) => [yaml(value), JSON.stringify(value)]);
  const python = spawnSync("python3", ["-c", script], {
    input: JSON.stringify(pairs),
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  assert.is(python.stderr, "");
  assert.is(python.stdout, "");
});

test.run();
