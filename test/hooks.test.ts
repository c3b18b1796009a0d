import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, copyFileSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { inTemporaryFolder, put } from "./temporary.ts";

const program = resolve("dist/topogen.js");
const installer = resolve("hooks/install.mjs");

/** Git as it is for a user who has set nothing up. */
const environment = {
  PATH: process.env.PATH,
  HOME: "/nonexistent",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "a",
  GIT_AUTHOR_EMAIL: "a@example.com",
  GIT_COMMITTER_NAME: "a",
  GIT_COMMITTER_EMAIL: "a@example.com",
  npm_config_cache: "/nonexistent",
  npm_config_update_notifier: "false",
  npm_config_logs_max: "0",
};

function git(root: string, ...parameters: string[]): void {
  execFileSync("git", parameters, { cwd: root, env: environment, stdio: "ignore" });
}

function commits(root: string): boolean {
  return spawnSync("git", ["commit", "-qm", "change"], { cwd: root, env: environment }).status === 0;
}

function install(root: string, extra: Readonly<Record<string, string>> = {}): { status: number | null; says: string } {
  const { status, stdout } = spawnSync(process.execPath, [installer], {
    cwd: root,
    env: { ...environment, ...extra },
    encoding: "utf8",
  });
  return { status, says: stdout };
}

/** A repository with a generated tree, staged. */
function repository(folder: string): string {
  const root = join(folder, "repository");
  mkdirSync(root);
  git(root, "init", "-q", "-b", "main");
  copyFileSync("test/golden/minimal/topology.yaml", join(root, "topology.yaml"));
  writeFileSync(join(root, "package.json"), JSON.stringify({ scripts: { check: `node ${program} check` } }));
  execFileSync(process.execPath, [program, "gen"], { cwd: root });
  git(root, "add", ".");
  return root;
}

test("a commit of files that are not as the topology says is refused, whatever the working tree holds", () => {
  inTemporaryFolder((folder) => {
    const root = repository(folder);
    assert.is(install(root).status, 0);
    assert.is(install(root).status, 0, "a second time as well");
    assert.ok(commits(root));
    appendFileSync(join(root, "atlantis.yaml"), "# mine\n");
    git(root, "add", "atlantis.yaml");
    execFileSync(process.execPath, [program, "gen", "--force"], { cwd: root });
    assert.not.ok(commits(root), "the working tree is clean, what is staged is not");
    git(root, "add", ".");
    appendFileSync(join(root, "atlantis.yaml"), "# mine\n");
    put(root, "note", "x\n");
    git(root, "add", "note");
    assert.ok(commits(root), "what is staged is clean, the working tree is not");
  });
});

test("the hook that init writes looks at its own topology, whatever that is called", () => {
  inTemporaryFolder((root) => {
    const topogen = (...parameters: string[]) =>
      execFileSync(process.execPath, [program, ...parameters, "--file", "prod (1).yaml"], { cwd: root });
    git(root, "init", "-q", "-b", "main");
    topogen("init");
    topogen("gen");
    git(root, "add", ".");
    git(root, "config", "core.hooksPath", ".githooks");
    mkdirSync(join(root, "node_modules/.bin"), { recursive: true });
    symlinkSync(program, join(root, "node_modules/.bin/topogen"));
    assert.ok(commits(root));
    appendFileSync(join(root, "atlantis.yaml"), "# mine\n");
    git(root, "add", "atlantis.yaml");
    assert.not.ok(commits(root));
  });
});

test("core.hooksPath is followed within the repository, and not out of it", () => {
  inTemporaryFolder((folder) => {
    const root = repository(folder);
    git(root, "config", "core.hooksPath", "tools/hooks");
    assert.is(install(root).status, 0);
    assert.ok(existsSync(join(root, "tools/hooks/pre-commit")));
    git(root, "config", "core.hooksPath", join(folder, "shared"));
    const outcome = install(root);
    assert.is(outcome.status, 1);
    assert.match(outcome.says, /core\.hooksPath leads out/);
    assert.not.ok(existsSync(join(folder, "shared/pre-commit")));
  });
});

test("a hook of somebody else stays", () => {
  inTemporaryFolder((folder) => {
    const root = repository(folder);
    put(root, ".git/hooks/pre-commit", "#!/bin/sh\nexit 0\n");
    const outcome = install(root);
    assert.is(outcome.status, 1);
    assert.match(outcome.says, /another hook/);
    assert.is(readFileSync(join(root, ".git/hooks/pre-commit"), "utf8"), "#!/bin/sh\nexit 0\n");
  });
});

test("a worktree shares the hook", () => {
  inTemporaryFolder((folder) => {
    const root = repository(folder);
    assert.ok(commits(root));
    const tree = join(folder, "worktree");
    git(root, "worktree", "add", "-q", "-b", "other", tree);
    assert.is(install(tree).status, 0);
    appendFileSync(join(tree, "atlantis.yaml"), "# mine\n");
    git(tree, "add", ".");
    assert.not.ok(commits(tree));
  });
});

test.run();
