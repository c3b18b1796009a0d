/** The workflows of each registry, read by the linters that read them best; and the script that tests images. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
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
    await succeed("shellcheck", [...generated, ".ci/run", "test/tools/install.sh"]);
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
