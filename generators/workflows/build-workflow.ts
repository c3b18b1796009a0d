import type { Model, Registry, Repository } from "../../src/model/model.ts";
import { sh } from "../../src/output/quote.ts";
import { commentAbove, commentBeside, yaml } from "../../src/output/yaml.ts";
import { action, checkout, installTopogen, runner } from "./actions.ts";

/** On a push to an image's source: test it, build and push it, and write its tag into topology.yaml. Deploys nothing. */
export function buildWorkflow(model: Model, repository: Repository): string {
  const { branch } = model.git;
  return yaml({
    name: `build-${repository.name}`,
    on: { push: { branches: [branch], paths: [`${repository.source}/**`] }, workflow_dispatch: {} },
    permissions: {},
    concurrency: commentAbove(
      "The builds of one image run one after the other, so that the newest writes its tag last. Builds of other images\n" +
        "do not wait: a group of all would cancel the waiting ones, and write-tag.sh is safe for several at once.",
      { group: `build-${repository.name}`, "cancel-in-progress": false },
    ),
    jobs: { image: imageJob(model, repository), tag: tagJob(model, repository) },
  });
}

function imageJob({ git, paths, region, registry }: Model, { path, source }: Repository) {
  return {
    name: "Test, build and push the image",
    if: `github.ref == 'refs/heads/${git.branch}'`,
    "runs-on": runner,
    "timeout-minutes": 30,
    permissions: { contents: "read", ...pushPermission(registry) },
    outputs: { tag: "${{ steps.tag.outputs.tag }}" },
    steps: [
      checkout(),
      {
        name: "Name the tag after the commit and the attempt",
        id: "tag",
        run: 'echo "tag=sha-${GITHUB_SHA:0:12}.$GITHUB_RUN_ATTEMPT" >> "$GITHUB_OUTPUT"',
      },
      { uses: action("docker/setup-buildx-action"), with: { "cache-binary": false } },
      { name: "Test", run: `${sh(paths.bin)}/test-image.sh ${sh(source)}` },
      ...login(registry, region),
      {
        name: "Build and push",
        uses: action("docker/build-push-action"),
        with: {
          context: source,
          platforms: "linux/amd64",
          provenance: "mode=max",
          push: true,
          tags: `${registry.host}/${path}:\${{ steps.tag.outputs.tag }}`,
        },
      },
    ],
  };
}

function pushPermission({ kind }: Registry) {
  if (kind === "ecr") return { "id-token": commentBeside("to take on the AWS role by OIDC", "write") };
  if (kind === "ghcr") return { packages: commentBeside("to push the image", "write") };
  return {};
}

function login({ host, kind, pushRole }: Registry, region: string) {
  if (pushRole) {
    return [
      {
        uses: action("aws-actions/configure-aws-credentials"),
        with: { "aws-region": region, "role-to-assume": pushRole.arn },
      },
      { uses: action("aws-actions/amazon-ecr-login") },
    ];
  }
  const account = {
    ghcr: { username: "${{ github.actor }}", password: "${{ github.token }}" },
    dockerhub: { username: "${{ vars.DOCKERHUB_USERNAME }}", password: "${{ secrets.DOCKERHUB_TOKEN }}" },
  };
  return [{ uses: action("docker/login-action"), with: { registry: host, ...account[kind as "ghcr" | "dockerhub"] } }];
}

/** The job that pushes to the branch. It hands its token to git, and to git only, by GitHub's own command line. */
function tagJob({ git, paths }: Model, { tagPaths }: Repository) {
  return {
    name: "Write the tag into topology.yaml",
    needs: "image",
    "runs-on": runner,
    "timeout-minutes": 15,
    permissions: { contents: commentBeside("to push the commit with the tag", "write") },
    steps: [
      checkout({ ref: git.branch }),
      ...installTopogen,
      {
        name: "Write the tag, generate, commit and push",
        run: [`${sh(paths.bin)}/write-tag.sh "$BRANCH" "$TAG"`, ...tagPaths.map(sh)].join(" "),
        env: {
          BRANCH: git.branch,
          TAG: "${{ needs.image.outputs.tag }}",
          GH_TOKEN: "${{ github.token }}",
          GIT_AUTHOR_NAME: "github-actions[bot]",
          GIT_AUTHOR_EMAIL: "41898282+github-actions[bot]@users.noreply.github.com",
          GIT_COMMITTER_NAME: "github-actions[bot]",
          GIT_COMMITTER_EMAIL: "41898282+github-actions[bot]@users.noreply.github.com",
          GIT_CONFIG_COUNT: 1,
          GIT_CONFIG_KEY_0: "credential.https://github.com.helper",
          GIT_CONFIG_VALUE_0: "!gh auth git-credential",
        },
      },
    ],
  };
}
