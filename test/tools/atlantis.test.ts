/**
 * atlantis.yaml, read by Atlantis's own code under the server-side rules that Ansible gives the server: see
 * atlantis-projects/main.go.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { ansible } from "../../generators/ansible/index.ts";
import { atlantis } from "../../generators/atlantis/index.ts";
import { terraform } from "../../generators/terraform/index.ts";
import { changedFiles, fiveChanges } from "../five-changes.ts";
import { modelWith } from "../fourteen-nodes.ts";
import { needs, run } from "./tool.ts";

const test = suite<{ folder: string }>("atlantis");

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "atlantis-"));
  mkdirSync(join(context.folder, "out/terraform/bootstrap"), { recursive: true });
  for (const { path, text } of atlantis(modelWith())) writeFileSync(join(context.folder, path), text);
  writeFileSync(join(context.folder, "repos.yaml"), serverRules());
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true }));

const check = needs(test, "atlantis-projects");

check("the server accepts it, and merges its own requirements", async ({ folder }) => {
  const both = {
    terraformVersion: "1.11.4",
    workflow: "default",
    applyRequirements: ["approved", "mergeable", "undiverged"],
  };
  assert.equal(await projects(folder), [
    { ...both, name: "backend-prod", dir: "out/terraform", planned: false },
    { ...both, name: "backend-prod-bootstrap", dir: "out/terraform/bootstrap", planned: false },
  ]);
});

const five = ["a larger master", "a newer Calico", "an image's tag", "more for PostgreSQL", "a third scan worker"];

for (const [index, change] of five.entries()) {
  const planned = /master|worker/.test(change) ? ["backend-prod"] : [];
  check(`${change}: ${planned[0] ?? "nothing"} is planned`, async ({ folder }) => {
    const { before, after } = await fiveChanges();
    const files = changedFiles(before, after[index] as string);
    assert.ok(files.length > 1);
    assert.equal(await plannedFor(folder, files), planned);
  });
}

check("a change of any file of a root plans that root, or nothing where it is the bootstrap", async ({ folder }) => {
  const files = terraform(modelWith()).map(({ path }) => path);
  for (const path of [...files, "out/terraform/.terraform.lock.hcl"]) {
    const planned = path.startsWith("out/terraform/bootstrap/") ? [] : ["backend-prod"];
    assert.equal(await plannedFor(folder, [path]), planned, path);
  }
});

check("a pull request that loosens its own checks is refused", async ({ folder }) => {
  const [file] = atlantis(modelWith());
  const loosened = file?.text.replace(
    "    workspace: default\n",
    "    workspace: default\n    apply_requirements: []\n",
  );
  writeFileSync(join(folder, "atlantis.yaml"), loosened ?? "");
  const { code, stderr } = await run("atlantis-projects", args(folder));
  assert.is(code, 1);
  assert.match(stderr, /apply_requirements/);
});

/** The file that the chart mounts into the server. */
function serverRules(): string {
  const values = ansible(modelWith()).find(({ path }) => path === "out/ansible/values/atlantis.yml");
  return (parse(values?.text ?? "") as { repoConfig: string }).repoConfig;
}

async function plannedFor(folder: string, files: readonly string[]): Promise<string[]> {
  const found = (await projects(folder, ...files)) as { name: string; planned: boolean }[];
  return found.filter((project) => project.planned).map(({ name }) => name);
}

async function projects(folder: string, ...modified: readonly string[]): Promise<unknown> {
  const { stdout, stderr } = await run("atlantis-projects", args(folder, ...modified));
  assert.is(stderr, "");
  return JSON.parse(stdout);
}

function args(folder: string, ...modified: readonly string[]): string[] {
  return [folder, join(folder, "repos.yaml"), "github.com/acme/platform", "main", ...modified];
}

test.run();
