import type { Model } from "../../../src/model/model.ts";
import { type YamlValue, yaml } from "../../../src/output/yaml.ts";
import awsConfig from "./aws-config.hbs";
import { pod } from "./placement.ts";

/** https://github.com/runatlantis/helm-charts/blob/atlantis-5.17.2/charts/atlantis/values.yaml */
export function atlantis(model: Model): YamlValue {
  const { git, platform, region } = model;
  const route = model.edge.routes.find(({ name }) => name === "atlantis");
  if (!route || platform.atlantisRole === null) throw new Error("Atlantis is off");
  return {
    orgAllowlist: `github.com/${git.repository}`,
    atlantisUrl: `https://${route.host}`,
    repoConfig: yaml(serverSideRules(model)),
    defaultTFVersion: model.terraformVersion,
    environment: {
      ATLANTIS_CHECKOUT_STRATEGY: "merge", // what is planned is what main will be
      ATLANTIS_HIDE_PREV_PLAN_COMMENTS: "true",
      ATLANTIS_WEB_BASIC_AUTH: "true",
      ATLANTIS_WRITE_GIT_CREDS: "true",
      AWS_REGION: region,
    },
    loadEnvFromSecrets: ["atlantis-credentials"],
    aws: { config: awsConfig({ region, roleArn: platform.atlantisRole.arn }) },
    ...pod(model, "atlantis", "atlantis"),
    service: { type: "NodePort", port: 80, nodePort: route.nodePort },
    ingress: { enabled: false },
    volumeClaim: { enabled: true, dataStorage: "5Gi", storageClassName: platform.storageClass },
    test: { enabled: false },
  };
}

/**
 * What a pull request cannot change, whatever its atlantis.yaml says: Terraform is applied from the one branch only, after a
 * review, on top of what that branch is then. https://www.runatlantis.io/docs/server-side-repo-config
 */
function serverSideRules({ git }: Model) {
  const requirements = ["approved", "mergeable", "undiverged"];
  return {
    repos: [
      {
        id: `github.com/${git.repository}`,
        branch: `/^${git.branch.replace(/[.+]/g, "\\$&")}$/`,
        plan_requirements: ["undiverged"],
        apply_requirements: requirements,
        import_requirements: requirements,
        allowed_overrides: [],
        allow_custom_workflows: false,
      },
    ],
  };
}
