/** The script that the workflows write tags with, run for real against clones of a local repository. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import writeTag from "../../generators/workflows/write-tag.sh";
import { needs, run, succeed, type RunResult } from "./tool.ts";

const services = ["auth", "chat", "community", "reward", "scan", "user"];

/** Does for these tests what `npm run set` does: it edits one value, and generates a file that every edit changes. */
const setValue = `#!/usr/bin/env bash
set -euo pipefail
[ -z "\${GH_TOKEN:-}" ]
service=\${1#services.}; service=\${service%.image}
sed -i "s/^\\($service: \\).*/\\1$2/" topology.yaml
{ sha256sum topology.yaml; cat topology.yaml; } >out/manifest
`;

const test = suite<{ folder: string }>("write-tag");

test.before.each(async (context) => {
  context.folder = mkdtempSync(join(tmpdir(), "write-tag-"));
  const seed = join(context.folder, "seed");
  mkdirSync(join(seed, "out/bin"), { recursive: true });
  writeFileSync(join(seed, "topology.yaml"), services.map((name) => `${name}: v1\n`).join(""));
  writeFileSync(join(seed, "out/manifest"), "");
  writeProgram(join(seed, "out/bin/write-tag.sh"), writeTag);
  writeProgram(join(context.folder, "set"), setValue);
  await git(seed, "init", "--quiet", "--initial-branch=main");
  await git(seed, "add", "--all");
  await git(seed, "commit", "--quiet", "--message=seed");
  await git(context.folder, "clone", "--quiet", "--bare", "seed", "origin.git");
});

test.after.each(({ folder }) => rmSync(folder, { recursive: true }));

const check = needs(test, "git", "bash", "sha256sum");

check("six services finish at once: six tags, six commits, and every file of one piece", async ({ folder }) => {
  const clones = await Promise.all(services.map((name) => clone(folder, name)));
  const results = await Promise.all(
    services.map((name, i) => write(folder, clones[i] as string, `sha-${name}.1`, name)),
  );
  assert.equal(
    results.map(complaint),
    services.map(() => ""),
  );

  const after = await clone(folder, "after");
  const topology = readFileSync(join(after, "topology.yaml"), "utf8");
  assert.is(topology, services.map((name) => `${name}: sha-${name}.1\n`).join(""));
  assert.ok(readFileSync(join(after, "out/manifest"), "utf8").endsWith(topology));
  await succeed("sh", ["-c", "head -1 out/manifest | sha256sum --check"], { cwd: after });
  const subjects = (await git(join(folder, "origin.git"), "log", "--format=%s", "main")).trim().split("\n");
  assert.equal(subjects.sort(), [...services.map((name) => `deploy: sha-${name}.1 at services.${name}.image`), "seed"]);
});

check("two services of one image are written in one commit", async ({ folder }) => {
  const result = await write(folder, await clone(folder, "one"), "v2", "scan", "chat");
  assert.is(complaint(result), "");
  const after = await clone(folder, "after");
  assert.match(readFileSync(join(after, "topology.yaml"), "utf8"), /chat: v2\n(.*\n)*scan: v2\n/);
  assert.is(await git(join(folder, "origin.git"), "rev-list", "--count", "main"), "2\n");
});

check("a tag that is there already makes no commit", async ({ folder }) => {
  const result = await write(folder, await clone(folder, "one"), "v1", "auth");
  const again = await write(folder, await clone(folder, "two"), "v1", "auth");
  assert.equal([result.code, again.code], [0, 0]);
  assert.match(again.stdout, /main says v1 already/);
});

check("a branch that refuses the commit ends it at once, with git's own reason", async ({ folder }) => {
  writeProgram(join(folder, "origin.git/hooks/pre-receive"), "#!/bin/sh\necho protected branch >&2\nexit 1\n");
  const result = await write(folder, await clone(folder, "one"), "v2", "auth");
  assert.is(result.code, 1);
  assert.is(result.stderr.match(/protected branch/g)?.length, 1);
  assert.match(result.stderr, /nobody else has pushed to main/);
});

check("what is not committed is never lost", async ({ folder }) => {
  const mine = await clone(folder, "mine");
  writeFileSync(join(mine, "topology.yaml"), "auth: mine\n");
  const result = await write(folder, mine, "v2", "auth");
  assert.is(result.code, 2);
  assert.is(readFileSync(join(mine, "topology.yaml"), "utf8"), "auth: mine\n");
});

function write(folder: string, clone: string, tag: string, ...names: readonly string[]): Promise<RunResult> {
  const paths = names.map((name) => `services.${name}.image`);
  const env = { ...identity, TOPOGEN_SET: join(folder, "set"), GH_TOKEN: "secret" };
  return run("out/bin/write-tag.sh", ["main", tag, ...paths], { cwd: clone, env, seconds: 120 });
}

async function clone(folder: string, name: string): Promise<string> {
  const target = join(folder, name);
  assert.not(existsSync(target));
  await git(folder, "clone", "--quiet", "--depth=1", `file://${folder}/origin.git`, target);
  return target;
}

const identity = {
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_SYSTEM: "/dev/null",
  GIT_AUTHOR_NAME: "test",
  GIT_AUTHOR_EMAIL: "test@example.app",
  GIT_COMMITTER_NAME: "test",
  GIT_COMMITTER_EMAIL: "test@example.app",
};

function git(cwd: string, ...args: readonly string[]): Promise<string> {
  return succeed("git", ["-c", "safe.directory=*", ...args], { cwd, env: identity });
}

function writeProgram(path: string, text: string): void {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
}

/** What a failed run said; nothing for one that went well. */
function complaint({ code, stdout, stderr }: RunResult): string {
  return code === 0 ? "" : `${code}: ${stdout}${stderr}`;
}

test.run();
