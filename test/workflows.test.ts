import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import lock from "../generators/workflows/actions.lock.json";
import { workflows } from "../generators/workflows/index.ts";
import type { Topology } from "../src/topology.ts";
import { fourteenNodes, modelWith } from "./fourteen-nodes.ts";

const test = suite("workflows");

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Record<string, unknown>;
  readonly env?: Record<string, unknown>;
}

interface Workflow {
  readonly on: Record<string, Record<string, unknown>>;
  readonly permissions: object;
  readonly concurrency: object;
  readonly jobs: Record<
    string,
    { readonly if?: string; readonly permissions: object; readonly steps: readonly Step[] }
  >;
}

const registries = ["ecr", "dockerhub/acme", "ghcr/acme"];

function files(changes: Partial<Topology> = {}): Map<string, string> {
  return new Map(workflows(modelWith(changes)).map(({ path, text }) => [path, text]));
}

function build(name: string, changes: Partial<Topology> = {}): Workflow {
  return parse(files(changes).get(`.github/workflows/build-${name}.yml`) ?? "") as Workflow;
}

function job(workflow: Workflow, name: string) {
  const found = workflow.jobs[name];
  assert.ok(found, `there is a job ${name}`);
  return found as NonNullable<typeof found>;
}

test("one workflow for each image, one for the topology, and the scripts that they run", () => {
  assert.equal(
    [...files().keys()],
    [
      ".github/workflows/topology.yml",
      ".github/workflows/build-auth.yml",
      ".github/workflows/build-chat.yml",
      ".github/workflows/build-community.yml",
      ".github/workflows/build-reward.yml",
      ".github/workflows/build-scan.yml",
      ".github/workflows/build-storage.yml",
      ".github/workflows/build-user.yml",
      "out/bin/test-image.sh",
      "out/bin/write-tag.sh",
    ],
  );
});

test("a push to an image's source on the branch builds it, and nothing else does", () => {
  const git = { repository: "acme/platform", branch: "release/1" };
  const { auth } = fourteenNodes.services ?? {};
  const services = { auth: { ...auth, on: "auth", image: "v1", source: "apps/auth" } };
  const workflow = build("auth", { git, services });
  assert.equal(workflow.on["push"], { branches: ["release/1"], paths: ["apps/auth/**"] });
  assert.is(job(workflow, "image").if, "github.ref == 'refs/heads/release/1'");
});

test("the image of two services is built once, and its tag is written for both", () => {
  assert.is(
    job(build("scan"), "tag").steps.at(-1)?.run,
    'out/bin/write-tag.sh "$BRANCH" "$TAG" services.scan.image services.scan-worker.image.tag',
  );
  assert.is(
    job(build("auth", { output: "deploy/prod" }), "tag").steps.at(-1)?.run,
    'deploy/prod/bin/write-tag.sh "$BRANCH" "$TAG" services.auth.image',
  );
});

test("images are pushed to ECR with a role that OIDC gives, and no stored key", () => {
  const { permissions, steps } = job(build("auth"), "image");
  assert.equal(permissions, { contents: "read", "id-token": "write" });
  assert.equal(steps.at(-3)?.with, {
    "aws-region": "ap-northeast-2",
    "role-to-assume": "arn:aws:iam::123456789012:role/backend-prod-images",
  });
  const reference = "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/backend/auth:${{ steps.tag.outputs.tag }}";
  assert.is(steps.at(-1)?.with?.["tags"], reference);
});

test("images are pushed to Docker Hub and to GHCR with the account that each asks for", () => {
  const hub = job(build("auth", { images: { registry: "dockerhub/acme" } }), "image");
  assert.equal(hub.permissions, { contents: "read" });
  assert.equal(hub.steps.at(-2)?.with, {
    registry: "docker.io",
    username: "${{ vars.DOCKERHUB_USERNAME }}",
    password: "${{ secrets.DOCKERHUB_TOKEN }}",
  });
  const ghcr = job(build("auth", { images: { registry: "ghcr/acme" } }), "image");
  assert.equal(ghcr.permissions, { contents: "read", packages: "write" });
  assert.is(ghcr.steps.at(-2)?.with?.["password"], "${{ github.token }}");
  assert.is(ghcr.steps.at(-1)?.with?.["tags"], "ghcr.io/acme/auth:${{ steps.tag.outputs.tag }}");
});

for (const registry of registries) {
  test(`${registry}: least rights, nothing of a run's in a script, every action at its commit`, () => {
    for (const [path, text] of files({ images: { registry } })) {
      if (!path.endsWith(".yml")) continue;
      const workflow = parse(text) as Workflow;
      assert.equal(workflow.permissions, {}, path);
      for (const { permissions, steps } of Object.values(workflow.jobs)) {
        assert.ok(permissions, path);
        for (const step of steps) checkStep(step, path);
      }
      for (const line of text.match(/uses: .*/g) ?? [])
        assert.match(line, /^uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });
}

function checkStep({ uses, run, with: inputs, env }: Step, path: string): void {
  assert.not(run?.includes("${{"), path);
  if (uses?.startsWith("actions/checkout@")) assert.is(inputs?.["persist-credentials"], false, path);
  const holdsToken = Object.keys(env ?? {}).includes("GH_TOKEN");
  assert.is(holdsToken, /write-tag\.sh|^mark=/.test(run ?? ""), path);
}

test("what a pull request holds runs with the right to read; what may comment runs nothing of it", () => {
  const workflow = parse(files().get(".github/workflows/topology.yml") ?? "") as Workflow;
  assert.equal(workflow.on, { pull_request: { branches: ["main"] } });
  const [check, comment] = [job(workflow, "check"), job(workflow, "comment")];
  assert.equal(check.permissions, { contents: "read" });
  assert.not(check.steps.some(({ env }) => env));
  assert.equal(comment.permissions, { "pull-requests": "write" });
  assert.equal(
    comment.steps.map(({ uses }) => uses),
    [undefined],
  );
});

test("the tree is checked before the plan, which is printed for a tree that is right", () => {
  const { steps } = job(parse(files().get(".github/workflows/topology.yml") ?? "") as Workflow, "check");
  const runs = steps.flatMap(({ run }) => run?.match(/npm run (?:--silent )?(\w+)/)?.[1] ?? []);
  assert.equal(runs, ["validate", "check", "plan"]);
});

test("the builds of one image wait for each other, those of two do not", () => {
  assert.equal(build("auth").concurrency, { group: "build-auth", "cancel-in-progress": false });
  assert.equal(build("user").concurrency, { group: "build-user", "cancel-in-progress": false });
});

test("every locked action is used, at a version and a commit", () => {
  const text = registries.flatMap((registry) => [...files({ images: { registry } }).values()]).join("\n");
  for (const [name, { version, commit }] of Object.entries(lock)) {
    assert.match(`${version} ${commit}`, /^v\d+\.\d+\.\d+ [0-9a-f]{40}$/);
    assert.ok(text.includes(`${name}@${commit} # ${version}`), name);
  }
});

test("scripts can be run, workflows cannot", () => {
  for (const { path, text, executable } of workflows(modelWith())) {
    assert.is(executable ?? false, text.startsWith("#!"), path);
  }
});

test.run();
