/** What formatters say of the committed trees: nothing. The tools that consume single formats have tests of their own. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { findTool, needs, succeed } from "./tool.ts";

const test = suite("formatters");

const prettier = "node_modules/.bin/prettier";
const roots = [".", ...readdirSync("test/golden").map((name) => join("test/golden", name))];

for (const root of roots) {
  const tree = ["out", "deploy", "atlantis.yaml", ".github"].map((path) => join(root, path)).filter(existsSync);

  needs(test, { name: "prettier", present: existsSync(prettier) })(`${root}: prettier changes nothing`, async () => {
    await succeed(prettier, ["--check", ...tree], { seconds: 180 });
  });

  needs(test, "yamllint")(`${root}: yamllint says nothing`, async () => {
    assert.is(await succeed("yamllint", ["--strict", ...tree], { seconds: 180 }), "");
  });
}

needs(test, "terraform")("terraform fmt changes nothing", async () => {
  for (const root of roots) {
    const out = ["out", "deploy"].map((path) => join(root, path)).find(existsSync) as string;
    assert.is(await succeed("terraform", ["fmt", "-check", "-recursive", out]), "");
  }
});

const kustomize = findTool("kustomize")
  ? { program: "kustomize", args: ["build"] }
  : { program: "kubectl", args: ["kustomize"] };

needs(test, kustomize.program)("what has a kustomization can be built", async () => {
  const text = await succeed(kustomize.program, [...kustomize.args, "out/ansible"]);
  assert.match(text, /^kind: Job$/m);
});

test.run();
