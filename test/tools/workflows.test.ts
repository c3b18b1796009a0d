/** The workflows of each registry, read by the linters that read them best; and the script that tests images. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { workflows } from "../../generators/workflows/index.ts";
import testImage from "../../generators/workflows/test-image.sh";
import { withHeader } from "../../src/output/header.ts";
import { modelWith } from "../fourteen-nodes.ts";
import { needs, run, succeed } from "./tool.ts";

const test = suite<{ folder: string }>("workflows");

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "workflows-"));
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true }));

for (const registry of ["ecr", "dockerhub/acme", "ghcr/acme"]) {
  needs(
    test,
    "actionlint",
    "git",
  )(`${registry}: actionlint finds nothing`, async ({ folder }) => {
    writeWorkflows(folder, registry);
    await succeed("git", ["init", "--quiet"], { cwd: folder });
    assert.is(await succeed("actionlint", [], { cwd: folder }), "");
  });

  needs(test, "zizmor")(`${registry}: zizmor, at its most pedantic, finds nothing`, async ({ folder }) => {
    writeWorkflows(folder, registry);
    const report = await succeed("zizmor", ["--offline", "--pedantic", "--format=json", "."], { cwd: folder });
    assert.equal(JSON.parse(report), []);
  });

  needs(test, "checkov")(`${registry}: checkov finds nothing`, async ({ folder }) => {
    writeWorkflows(folder, registry);
    const args = ["--directory=.", "--framework=github_actions", "--skip-download", "--quiet", "--compact"];
    await succeed("checkov", args, { cwd: folder, seconds: 180 });
  });
}

needs(test, "zizmor")("a script that holds an expression is found", async ({ folder }) => {
  const steps = '[{ run: "echo ${{ github.event.pull_request.title }}" }]';
  write(
    folder,
    ".github/workflows/bad.yml",
    `on: pull_request\njobs: { bad: { runs-on: ubuntu-24.04, steps: ${steps} } }\n`,
  );
  assert.match((await run("zizmor", ["--offline", "."], { cwd: folder })).stdout, /template-injection/);
});

needs(test, "shellcheck")(
  "shellcheck finds nothing in the scripts, the project's own among them",
  async ({ folder }) => {
    writeWorkflows(folder, "ecr");
    const generated = ["out/bin/test-image.sh", "out/bin/write-tag.sh"].map((path) => join(folder, path));
    await succeed("shellcheck", ["--external-sources", ...generated, ".ci/run", "test/tools/install.sh"]);
  },
);

const dockerfiles = [
  { text: "FROM python:3.13 AS build\nFROM build as test\nRUN pytest\nFROM build\n", tests: true },
  { text: "from node:24 as Test\nRUN npm test\n", tests: true },
  { text: "FROM golang:1.26 AS testdata\n# FROM x AS test\nFROM scratch\n", tests: false },
];

for (const { text, tests } of dockerfiles) {
  needs(test, "bash")(
    `an image is ${tests ? "tested" : "said to be untested"}: ${JSON.stringify(text)}`,
    async ({ folder }) => {
      write(folder, "services/auth/Dockerfile", text);
      write(folder, "test-image.sh", testImage);
      write(folder, "bin/docker", '#!/bin/sh\necho "docker $*"\n');
      const env = { PATH: `${folder}/bin:${process.env["PATH"]}` };
      const said = await succeed("./test-image.sh", ["services/auth"], { cwd: folder, env });
      if (tests) assert.is(said, "docker buildx build --target test --progress plain services/auth\n");
      else assert.match(said, /^::warning file=services\/auth\/Dockerfile::It has no stage named test/);
    },
  );
}

const ghStub = `#!/bin/sh
case "$*" in
  *--paginate*) printf "$COMMENT_IDS" ;;
  *) printf '%s\\n' "$@" >said ;;
esac
`;

for (const { ids, request } of [
  { ids: "", request: "--method\nPOST\nrepos/acme/platform/issues/7/comments\n" },
  { ids: "41\\n42\\n", request: "--method\nPATCH\nrepos/acme/platform/issues/comments/41\n" },
]) {
  needs(test, "bash")(
    `the plan is ${ids ? "brought up to date in its comment" : "written as a comment"}`,
    async ({ folder }) => {
      write(folder, "bin/gh", ghStub);
      const env = {
        PATH: `${folder}/bin:${process.env["PATH"]}`,
        COMMENT: "repos/acme/platform/issues/comments",
        COMMENTS: "repos/acme/platform/issues/7/comments",
        COMMENT_IDS: ids,
        PLAN: "1. **Atlantis** `$HOME` $(id)\n",
      };
      await succeed("bash", ["-e", "-c", stepOf("comment", "Write the comment, or bring it up to date")], {
        cwd: folder,
        env,
      });
      const body = "body=<!-- topogen plan -->\n1. **Atlantis** `$HOME` $(id)\n\n";
      assert.is(readFileSync(join(folder, "said"), "utf8"), `api\n--silent\n${request}--raw-field\n${body}`);
    },
  );
}

needs(
  test,
  "bash",
  "openssl",
)("the plan is handed on whole, and a plan that fails fails the step", async ({ folder }) => {
  const script = stepOf("check", "Say who must act");
  const files = {
    GITHUB_OUTPUT: join(folder, "output"),
    GITHUB_STEP_SUMMARY: join(folder, "summary"),
    RUNNER_TEMP: folder,
  };
  const env = { PATH: `${folder}/bin:${process.env["PATH"]}`, GITHUB_ACTIONS: "true", ...files };
  write(folder, "bin/npm", '#!/bin/sh\n[ -z "$GITHUB_ACTIONS" ] && echo "$*" && echo "plan<<x"\n');
  await succeed("bash", ["-e", "-c", script], { cwd: folder, env });
  const plan = "run --silent plan -- --markdown --from HEAD^1\nplan<<x\n";
  assert.is(readFileSync(files.GITHUB_STEP_SUMMARY, "utf8"), plan);
  const [, end, value] = /^plan<<([0-9a-f]{32})\n([^]*)\n\1\n$/.exec(readFileSync(files.GITHUB_OUTPUT, "utf8")) ?? [];
  assert.equal([typeof end, value], ["string", plan]);

  write(folder, "bin/npm", "#!/bin/sh\nexit 1\n");
  assert.is((await run("bash", ["-e", "-c", script], { cwd: folder, env })).code, 1);
});

/** A step's script, as GitHub Actions reads it from the file. */
function stepOf(job: string, name: string): string {
  const file = workflows(modelWith()).find(({ path }) => path.endsWith("/topology.yml"));
  const { jobs } = parse(file?.text ?? "") as { jobs: Record<string, { steps: { name?: string; run?: string }[] }> };
  return jobs[job]?.steps.find((step) => step.name === name)?.run ?? "exit 99";
}

function writeWorkflows(folder: string, registry: string): void {
  for (const file of workflows(modelWith({ images: { registry } }))) {
    write(folder, file.path, withHeader(file, "topology.yaml").text);
  }
}

function write(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
  if (text.startsWith("#!")) chmodSync(join(folder, path), 0o755);
}

test.run();
