import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { ansible } from "../generators/ansible/index.ts";
import { atlantis } from "../generators/atlantis/index.ts";
import { terraform } from "../generators/terraform/index.ts";
import { modelWith } from "./fourteen-nodes.ts";

const test = suite("atlantis");

const wanted = `version: 3
automerge: false
parallel_plan: false
parallel_apply: false
projects:
  - name: shop-dev
    dir: deploy/dev/terraform
    workspace: default
    terraform_version: v1.11.4
    autoplan:
      enabled: true
      # Every file of the folder is this root's, but for the other root within it.
      when_modified:
        - "**/*"
        - "!bootstrap/**"
  - name: shop-dev-bootstrap
    dir: deploy/dev/terraform/bootstrap
    workspace: default
    terraform_version: v1.11.4
    # It makes the bucket of the other root's state, once, before there is an Atlantis.
    autoplan:
      enabled: false
`;

test("both Terraform roots are listed, where the tree lies and with the version that it is made for", () => {
  const model = modelWith({ name: "shop", environment: "dev", output: "deploy/dev" });
  assert.equal(atlantis(model), [{ path: "atlantis.yaml", text: wanted }]);
});

test("every folder with Terraform files is listed, exactly once", () => {
  for (const output of ["out", "deploy/dev"]) {
    const model = modelWith({ output });
    const folders = terraform(model)
      .filter(({ path }) => path.endsWith(".tf"))
      .map(({ path }) => path.slice(0, path.lastIndexOf("/")));
    const listed = [...(atlantis(model)[0]?.text ?? "").matchAll(/^ {4}dir: (.*)$/gm)].map(([, folder]) => folder);
    assert.equal(listed.sort(), [...new Set(folders)].sort());
  }
});

test("nothing is in it that a pull request could loosen its own checks with", () => {
  for (const { text } of atlantis(modelWith())) {
    assert.not.match(text, /workflow|requirements|repo_locks|policy_check|delete_source_branch|silence_pr_comments/);
  }
});

test("the role that it takes on stands in a configuration that AWS's tools read", () => {
  const model = modelWith();
  const values = ansible(model).find(({ path }) => path.endsWith("/values/atlantis.yml"))?.text ?? "";
  const config = (parse(values) as { aws: { config: string } }).aws.config;
  assert.is(
    config,
    `[default]
region = ${model.region}
role_arn = ${model.platform.atlantisRole?.arn}
credential_source = Ec2InstanceMetadata
`,
  );
});

test.run();
