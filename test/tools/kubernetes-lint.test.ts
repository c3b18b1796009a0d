import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { kubernetes } from "../../generators/kubernetes/index.ts";
import { modelWith } from "../fourteen-nodes.ts";
import { type Accepted, register } from "./kubernetes-register.ts";
import { needs, run, succeed } from "./tool.ts";

const test = suite("kubernetes: linters");

let folder: string;
let files: readonly string[];

test.before(() => {
  folder = mkdtempSync(join(tmpdir(), "topogen-lint-"));
  files = kubernetes(modelWith()).map(({ path, text }) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  });
});

test.after(() => rmSync(folder, { recursive: true, force: true }));

interface Finding {
  readonly check: string;
  /** The object, as `Kind namespace/name`. */
  readonly where: string;
}

function accepts({ check, objects }: Accepted, finding: Finding): boolean {
  return check === finding.check && new RegExp(`^(?:${objects.source})$`).test(finding.where);
}

/** Every finding is in the register, and everything in the register is still found. */
function assertRegistered(tool: Accepted["tool"], findings: readonly Finding[]): void {
  const accepted = register.filter((entry) => entry.tool === tool);
  assert.equal(
    findings.filter((finding) => !accepted.some((entry) => accepts(entry, finding))),
    [],
  );
  assert.equal(
    accepted.filter((entry) => !findings.some((finding) => accepts(entry, finding))).map(({ check }) => check),
    [],
    "stale entries",
  );
}

test("an entry of the register is for its own objects only", () => {
  const check = "Deployment update strategy";
  const entry = register.filter((each) => each.check === check);
  const accepted = (where: string) => entry.some((each) => accepts(each, { check, where }));
  assert.is(accepted("Deployment data/redis"), true);
  assert.is(accepted("Deployment api/auth"), false);
});

needs(test, "kube-score")("kube-score finds nothing outside the register", async () => {
  const manifests = files.filter((file) => file.endsWith(".yaml"));
  const { stdout } = await run("kube-score", [
    "score",
    "--kubernetes-version",
    "v1.32",
    "--output-format",
    "ci",
    ...manifests,
  ]);
  const lines = stdout.split("\n").filter((line) => /^\[(WARNING|CRITICAL)\]/.test(line));
  // [CRITICAL] redis/data apps/v1/Deployment: (redis) The container is running with a low user ID
  const findings = lines.map((line) => {
    const [, name, namespace, kind, check = ""] =
      /^\[\w+\] ([^/]+)\/(\S+) \S+\/(\w+): (?:\([^)]*\) )?(.*)$/.exec(line) ?? [];
    return { where: `${kind} ${namespace}/${name}`, check };
  });
  assertRegistered("kube-score", findings);
});

needs(test, "checkov")("checkov finds nothing outside the register", async () => {
  const args = [
    "--directory",
    folder,
    "--framework",
    "kubernetes",
    "--skip-download",
    "--quiet",
    "--compact",
    "--output",
    "json",
  ];
  const { stdout } = await run("checkov", args, { seconds: 180 });
  const { results, summary } = JSON.parse(stdout) as {
    readonly results: { readonly failed_checks: readonly { readonly check_id: string; readonly resource: string }[] };
    readonly summary: { readonly passed: number; readonly parsing_errors: number };
  };
  assert.is(summary.parsing_errors, 0);
  assert.ok(summary.passed > 1000);
  assertRegistered(
    "checkov",
    results.failed_checks.map(({ check_id, resource }) => ({
      check: check_id,
      // Deployment.api.auth
      where: resource.replace(/^(\w+)\.([^.]+)\./, "$1 $2/"),
    })),
  );
});

needs(test, "yamllint")("yamllint has nothing to say", async () => {
  const rules = "{extends: default, rules: {line-length: disable, document-start: disable}}";
  assert.is(await succeed("yamllint", ["--strict", "--config-data", rules, folder]), "");
});

test.run();
