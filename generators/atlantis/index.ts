import type { Generator } from "../../src/generated-file.ts";
import type { Model } from "../../src/model/model.ts";
import { commentAbove, yaml } from "../../src/output/yaml.ts";

/**
 * atlantis.yaml, where Atlantis looks for it. It is read from the pull request's branch, so it holds nothing that guards
 * the account: workflows and requirements stand in the server's own configuration (Ansible's values for the chart).
 * Atlantis plans only the roots that are listed here.
 */
export const atlantis: Generator = (model) => [
  {
    path: "atlantis.yaml",
    text: yaml({
      version: 3,
      automerge: false,
      parallel_plan: false,
      parallel_apply: false,
      projects: [platform(model), bootstrap(model)],
    }),
  },
];

function platform({ id, paths, terraformVersion }: Model) {
  const bootstrapFolder = paths.bootstrap.slice(paths.terraform.length + 1);
  return {
    name: id,
    dir: paths.terraform,
    workspace: "default",
    terraform_version: `v${terraformVersion}`,
    autoplan: {
      enabled: true,
      when_modified: commentAbove("Every file of the folder is this root's, but for the other root within it.", [
        "**/*",
        `!${bootstrapFolder}/**`,
      ]),
    },
  };
}

function bootstrap({ id, paths, terraformVersion }: Model) {
  const byHand = "It makes the bucket of the other root's state, once, before there is an Atlantis.";
  return {
    name: `${id}-bootstrap`,
    dir: paths.bootstrap,
    workspace: "default",
    terraform_version: `v${terraformVersion}`,
    autoplan: commentAbove(byHand, { enabled: false }),
  };
}
