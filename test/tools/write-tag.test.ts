/** The script that the workflows write tags with, run for real against clones of a local repository of the 14 nodes. */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { fourteenNodes } from "../fourteen-nodes.ts";
import { needs, run, succeed, type RunResult } from "./tool.ts";

const topogen = resolve("dist/topogen.js");
const services = ["auth", "chat", "community", "reward", "storage", "user"];

const test = suite<{ folder: string }>("write-tag");

test.before.each(async (context) => {
  context.folder = mkdtempSync(join(tmpdir(), "write-tag-"));
  await git(context.folder, "init", "--quiet", "--initial-branch=main", "seed");
  const seed = join(context.folder, "seed");
  copyFileSync("topology.yaml", join(seed, "topology.yaml"));
  await succeed("node", [topogen, "gen"], { cwd: seed });
  await git(seed, "add", "--all");
  await git(seed, "commit", "--quiet", "--message=seed");
  await git(context.folder, "clone", "--quiet", "--bare", "seed", "origin.git");
});

test.after.each(({ folder }) => rmSync(folder, { recursive: true }));

const check = needs(test, "git", "bash");

check(
  "six services finish at once: six tags, six commits, and a tree that agrees with all of them",
  async ({ folder }) => {
    const clones = await Promise.all(services.map((name) => clone(folder, name)));
    const tag = (name: string) => `sha-${name}.1`;
    const results = await Promise.all(
      services.map((name, index) => write(clones[index] as string, tag(name), `services.${name}.image`)),
    );
    assert.is(results.map(complaint).join(""), "");

    const after = await clone(folder, "after");
    const wanted = services.reduce(
      (text, name) => text.replace(`image: ${tagOf(name)}\n`, `image: ${tag(name)}\n`),
      original(),
    );
    assert.is(readFileSync(join(after, "topology.yaml"), "utf8"), wanted);
    await succeed("node", [topogen, "check"], { cwd: after });
    const subjects = (await git(join(folder, "origin.git"), "log", "--format=%s", "main")).trim().split("\n");
    assert.equal(subjects.sort(), [
      ...services.map((name) => `deploy: ${tag(name)} at services.${name}.image`),
      "seed",
    ]);
  },
);

check("two services of one image are written in one commit", async ({ folder }) => {
  const paths = ["services.scan.image", "services.scan-worker.image.tag"];
  assert.is(complaint(await write(await clone(folder, "one"), "v2.0.2", ...paths)), "");
  const after = await clone(folder, "after");
  const wanted = original().replaceAll("v2.0.1", "v2.0.2");
  assert.is(readFileSync(join(after, "topology.yaml"), "utf8"), wanted);
  await succeed("node", [topogen, "check"], { cwd: after });
  assert.is(await git(join(folder, "origin.git"), "rev-list", "--count", "main"), "2\n");
});

check("a tag that is there already makes no commit", async ({ folder }) => {
  const result = await write(await clone(folder, "one"), tagOf("auth"), "services.auth.image");
  assert.match(result.stdout, /main says v1\.2\.2 already/);
  assert.is(result.code, 0);
  assert.is(await git(join(folder, "origin.git"), "rev-list", "--count", "main"), "1\n");
});

check("what topogen refuses is not pushed", async ({ folder }) => {
  const result = await write(await clone(folder, "one"), "latest", "services.auth.image");
  assert.is(result.code, 1);
  assert.is(await git(join(folder, "origin.git"), "rev-list", "--count", "main"), "1\n");
});

check("a branch that refuses the commit ends it at once, with git's own reason", async ({ folder }) => {
  const hook = join(folder, "origin.git/hooks/pre-receive");
  writeFileSync(hook, "#!/bin/sh\necho protected branch >&2\nexit 1\n");
  chmodSync(hook, 0o755);
  const result = await write(await clone(folder, "one"), "v2", "services.auth.image");
  assert.is(result.code, 1);
  assert.is(result.stderr.match(/protected branch/g)?.length, 1);
  assert.match(result.stderr, /nobody else has pushed to main/);
});

check("another version of topogen that was pushed meanwhile is installed before it is run", async ({ folder }) => {
  const mine = await clone(folder, "mine");
  const npm = fakeNpm(folder);
  const writeBy = (tag: string) => writeWith(mine, { PATH: npm.path }, tag, "services.auth.image");
  assert.is(complaint(await writeBy("v2")), "");
  assert.equal(npm.installations(), 0);
  const other = await clone(folder, "other");
  writeFileSync(join(other, "package-lock.json"), "{}\n");
  await git(other, "add", "package-lock.json");
  await git(other, "commit", "--quiet", "--message=another topogen");
  await git(other, "push", "--quiet", "origin", "HEAD:main");
  assert.is(complaint(await writeBy("v3")), "");
  assert.equal(npm.installations(), 1);
});

/** An npm that knows `run set`, and counts what it installs. */
function fakeNpm(folder: string): { path: string; installations: () => number } {
  const log = join(folder, "installations");
  const script = `#!/bin/sh\nif [ "$1" = ci ]; then echo ci >> '${log}'; else shift 4; node '${topogen}' set "$@"; fi\n`;
  mkdirSync(join(folder, "bin"));
  writeFileSync(join(folder, "bin/npm"), script, { mode: 0o755 });
  return {
    path: [join(folder, "bin"), process.env["PATH"] ?? ""].join(delimiter),
    installations: () => (existsSync(log) ? readFileSync(log, "utf8").length / "ci\n".length : 0),
  };
}

check("what is not committed is never lost", async ({ folder }) => {
  const mine = await clone(folder, "mine");
  writeFileSync(join(mine, "topology.yaml"), "mine\n");
  const result = await write(mine, "v2", "services.auth.image");
  assert.is(result.code, 2);
  assert.is(readFileSync(join(mine, "topology.yaml"), "utf8"), "mine\n");
});

function write(clone: string, tag: string, ...paths: readonly string[]): Promise<RunResult> {
  return writeWith(clone, { TOPOGEN_SET: `node ${topogen} set` }, tag, ...paths);
}

function writeWith(clone: string, env: Readonly<Record<string, string>>, tag: string, ...paths: readonly string[]) {
  return run("out/bin/write-tag.sh", ["main", tag, ...paths], {
    cwd: clone,
    env: { ...identity, ...env },
    seconds: 180,
  });
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
  return succeed("git", args, { cwd, env: identity });
}

function original(): string {
  return readFileSync("topology.yaml", "utf8");
}

/** The tag that the committed topology gives a service whose image is written in the short form. */
function tagOf(service: string): string {
  return fourteenNodes.services?.[service]?.image as string;
}

/** What a failed run said; nothing for one that went well. */
function complaint({ code, stdout, stderr }: RunResult): string {
  return code === 0 ? "" : `${code}: ${stdout}${stderr}`;
}

test.run();
