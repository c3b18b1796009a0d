import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import manifest from "../package.json";
import schema from "../schema/topology.schema.json";
import { compile } from "../src/compile.ts";
import { fiveChanges } from "./five-changes.ts";
import { modelWith } from "./fourteen-nodes.ts";

const test = suite("docs");

const readme = readFileSync("README.md", "utf8");
const pages = [
  "README.md",
  "CHANGELOG.md",
  ...readdirSync("docs")
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

test("the language's reference is what the schema says", async () => {
  const { reference } = (await import(String(pathToFileURL("docs/reference.mjs")))) as {
    reference: (schema: object) => Promise<string>;
  };
  assert.is(readFileSync("docs/reference.md", "utf8"), await reference(schema));
});

for (const page of pages) {
  const text = readFileSync(page, "utf8");

  test(`${page}: every link into the repository leads somewhere`, () => {
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target]) => target as string);
    assert.equal(
      targets.filter((target) => !existsSync(join(dirname(page), target))),
      [],
    );
  });

  test(`${page}: every npm script that it names exists`, () => {
    const scripts = [...text.matchAll(/npm run ([a-z:]+)/g)].map(([, script]) => script as string);
    assert.equal(
      scripts.filter((script) => !Object.hasOwn(manifest.scripts, script)),
      [],
    );
  });
}

test("each of the README's five edits can be made as it stands there, and makes a valid topology", async () => {
  const { after } = await fiveChanges();
  assert.equal(after.map(complaints), [[], [], [], [], []]);
});

test("the README's small topology is valid, and has at most 40 lines", () => {
  const [, example = ""] = /```yaml\n(# yaml-language-server[^]*?)```/.exec(readme) ?? [];
  assert.equal(complaints(example), []);
  assert.ok(example.split("\n").length <= 40);
});

test("the table of secrets has every secret of the 14 nodes, with the keys of its value", () => {
  const page = readFileSync("docs/new-platform.md", "utf8");
  const services = modelWith().services.map(({ name }) => `backend/prod/${name}`);
  for (const { name, properties } of modelWith().secrets.filter(({ name }) => !services.includes(name))) {
    const row = page.split("\n").find((line) => line.startsWith("|") && line.includes(`\`${name}\``)) ?? "";
    for (const property of properties) assert.ok(row.includes(`\`${property}\``), `${name} ${property}`);
  }
});

/** The codes and messages of all that is wrong with a topology. */
function complaints(text: string): string[] {
  return compile("topology.yaml", text).diagnostics.map(({ code, message }) => `${code}: ${message}`);
}

test.run();
