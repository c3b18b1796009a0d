import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { hcl, hclKey } from "../../src/output/quote.ts";
import { randomTexts } from "../random.ts";
import { TerraformRoot, terraformFiles } from "./terraform-root.ts";
import { register } from "./terraform-register.ts";
import { fourteenNodes, shapes } from "./terraform-shapes.ts";
import { needs, run } from "./tool.ts";

const test = suite("terraform: form, quoting, checkov");

const roots: TerraformRoot[] = [];

function root(files: ReadonlyMap<string, string>): TerraformRoot {
  const made = new TerraformRoot(files);
  roots.push(made);
  return made;
}

test.after(() => roots.forEach((made) => made.remove()));

needs(test, "terraform")("`terraform fmt` has nothing to say about any shape", async () => {
  const all = root(new Map());
  for (const [name, topology] of [["14 nodes", fourteenNodes] as const, ...shapes]) {
    const { files } = terraformFiles(topology);
    all.write(new Map([...files].map(([path, text]) => [join(name, path), text])));
  }
  const { code, stdout } = await all.attempt(["fmt", "-check", "-diff", "-recursive"], 60);
  assert.is(stdout, "");
  assert.is(code, 0);
});

// Terraform keeps every text in the normal form C of Unicode (https://developer.hashicorp.com/terraform/language/expressions/types).
needs(test, "terraform")(
  "10,000 texts come through Terraform as they were, as values, in lists and as keys",
  async () => {
    const texts = [...new Set(randomTexts(14_000, 4).map((text) => text.normalize("NFC")))].slice(0, 10_000);
    assert.is(texts.length, 10_000);
    const outputs = [
      ["list", hcl(texts)],
      ["values", `[\n${texts.map((text) => `    ${hcl(text)},\n`).join("")}  ]`],
      ["keys", `{\n${texts.map((text, index) => `    ${hclKey(text)} = ${index}\n`).join("")}  }`],
    ];
    const made = root(
      new Map([["main.tf", outputs.map(([name, value]) => `output "${name}" {\n  value = ${value}\n}\n`).join("\n")]]),
    );
    await made.run(["apply", "-auto-approve"], 120);
    const read = JSON.parse(await made.run(["output", "-json"], 60)) as Record<string, { value: unknown }>;
    assert.equal(read["list"]?.value, texts);
    assert.equal(read["values"]?.value, texts);
    const keys = read["keys"]?.value as Record<string, number>;
    assert.is(Object.keys(keys).length, texts.length);
    texts.forEach((text, index) => assert.is(keys[text], index, JSON.stringify(text)));
  },
);

interface Report {
  readonly results: { readonly failed_checks: readonly { readonly check_id: string; readonly resource: string }[] };
}

needs(test, "checkov")("checkov finds nothing outside the register, and all that is in it", async () => {
  const made = root(terraformFiles(fourteenNodes).files);
  const args = [
    "--directory",
    made.folder,
    "--framework",
    "terraform",
    "--skip-download",
    "--quiet",
    "--output",
    "json",
  ];
  const { stdout } = await run("checkov", args, { seconds: 300 });
  const { results } = JSON.parse(stdout) as Report;
  const findings = results.failed_checks.map(({ check_id, resource }) => ({ check: check_id, resource }));
  const accepts = (finding: (typeof findings)[number]) =>
    register.some(({ checks, resources }) => checks.includes(finding.check) && resources.test(finding.resource));
  assert.equal(
    findings.filter((finding) => !accepts(finding)),
    [],
  );
  const stale = register.flatMap(({ checks, resources }) =>
    checks.filter((check) => !findings.some((finding) => finding.check === check && resources.test(finding.resource))),
  );
  assert.equal(stale, [], "stale entries");
  assert.ok(register.length <= 15);
});

test.run();
