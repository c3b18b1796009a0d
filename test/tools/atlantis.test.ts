/** atlantis.yaml, read by Atlantis's own code under the strictest server-side rules: see atlantis-projects/main.go. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { atlantis } from "../../generators/atlantis/index.ts";
import { terraform } from "../../generators/terraform/index.ts";
import { modelWith } from "../fourteen-nodes.ts";
import { needs, run } from "./tool.ts";

/** A server that lets a repository decide nothing. */
const serverRules = `repos:
  - id: github.com/acme/platform
    branch: /^main$/
    plan_requirements: [mergeable, undiverged]
    apply_requirements: [approved, mergeable, undiverged]
    import_requirements: [approved, mergeable, undiverged]
    allowed_overrides: []
    allow_custom_workflows: false
`;

const test = suite<{ folder: string }>("atlantis");

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "atlantis-"));
  mkdirSync(join(context.folder, "out/terraform/bootstrap"), { recursive: true });
  for (const { path, text } of atlantis(modelWith())) writeFileSync(join(context.folder, path), text);
  writeFileSync(join(context.folder, "repos.yaml"), serverRules);
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

const changes = [
  { what: "the master's instance type", files: ["topology.yaml", "out/terraform/ec2.tf"], planned: ["backend-prod"] },
  { what: "Calico's version", files: ["topology.yaml", "out/ansible/group_vars/all.yml"], planned: [] },
  { what: "an image's tag", files: ["topology.yaml", "out/k8s/auth/auth-deployment.yaml"], planned: [] },
  { what: "PostgreSQL's memory", files: ["topology.yaml", "out/k8s/database/postgres-deployment.yaml"], planned: [] },
  {
    what: "a third scan worker",
    files: ["topology.yaml", "out/terraform/ec2.tf", "out/ansible/inventory/hosts.ini"],
    planned: ["backend-prod"],
  },
  { what: "a provider's version", files: ["out/terraform/.terraform.lock.hcl"], planned: ["backend-prod"] },
  { what: "a file that a template reads", files: ["out/terraform/templates/user-data.sh"], planned: ["backend-prod"] },
  { what: "the bucket of the state", files: ["out/terraform/bootstrap/main.tf"], planned: [] },
];

for (const { what, files, planned } of changes) {
  check(`${what}: ${planned.join(", ") || "nothing"} is planned`, async ({ folder }) => {
    assert.equal(await plannedFor(folder, files), planned);
  });
}

check("a change of any file of a root plans that root, or nothing where it is the bootstrap", async ({ folder }) => {
  for (const { path } of terraform(modelWith())) {
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
