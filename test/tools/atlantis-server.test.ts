/**
 * The real Atlantis, as the generated values configure it: told of a pull request, it clones the committed tree, plans it by the
 * generated atlantis.yaml, and comments with the plan. GitHub and AWS are stand-ins on loopback; the account is the applied 14
 * nodes. The same edit is put to `topogen plan`.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { rootTitle } from "../../src/plan/resource-line.ts";
import { fiveChanges } from "../five-changes.ts";
import { compiled, planBetween, text } from "../plan-of.ts";
import { put } from "../temporary.ts";
import { type FakeAws, moto, startFakeAws } from "./fake-aws.ts";
import { FakeGithub, type Pull } from "./fake-github.ts";
import { enterLoneNetwork, loneNetwork } from "./lone-network.ts";
import { provider, terraformCliConfig, TerraformRoot, terraformFiles } from "./terraform-root.ts";
import { findTool, killGroup, needs, succeed, toolEnvironment } from "./tool.ts";

enterLoneNetwork();

const test = suite("Atlantis's server");
const step = needs(test, "atlantis", "terraform", "git", "openssl", provider, moto, loneNetwork);

const { model, files } = terraformFiles(text);
const folder = mkdtempSync(join(tmpdir(), "atlantis-server-"));
const github = new FakeGithub(model.git.repository, folder);
const address = "http://127.0.0.1:4141";
const secret = "webhook-secret";

let aws: FakeAws;
let server: ChildProcess | undefined;
let log = "";

test.after(() => {
  killGroup(server?.pid);
  github.stop();
  aws?.stop();
  rmSync(folder, { recursive: true });
});

step("the 14 nodes stand in an account, their state in its bucket", async () => {
  aws = await startFakeAws(model);
  const root = new TerraformRoot(files, aws.env);
  try {
    await root.init("bootstrap");
    await root.run(["apply", "-auto-approve"], 900, "bootstrap");
    await root.init();
    await root.run(["apply", "-auto-approve", "-parallelism=40"], 1800);
  } finally {
    root.remove();
  }
});

step("the server starts with the generated configuration", async () => {
  mkdirSync(join(folder, "repository"));
  await git("init", "--quiet", "--initial-branch=main");
  await commit("the 14 nodes", text);
  server = await startAtlantis({ ...aws.env, ...(await github.start()) });
});

const changes = ["a larger master", "a newer Calico", "a new image", "more for PostgreSQL", "a third scan worker"];

for (const [index, change] of changes.entries()) {
  step(`${change}: its comment has the counts of topogen plan`, async () => {
    const { before, after } = await fiveChanges();
    const edited = after[index] as string;
    const pull = await pullRequest(index + 1, edited);
    const titles = planBetween(before, edited).terraform.map(rootTitle);
    const status = github.planned(pull, 1800);
    await send("opened", pull);
    assert.is(await status, `success: ${titles.length}/${titles.length} projects planned successfully.`, log);
    assert.equal(github.comments.get(pull.number)?.map(countsIn) ?? [], titles.map(countsIn));
    await send("closed", pull); // which gives the lock on the state back
  });
}

step("it asks GitHub for nothing else", () => {
  assert.equal(github.unknown, []);
});

/** `0 to add, 1 to change, 0 to destroy` */
function countsIn(comment: string): string {
  return /\d+ to add, \d+ to change, \d+ to destroy/.exec(comment)?.[0] ?? comment;
}

function git(...args: readonly string[]): Promise<string> {
  const author = ["-c", "user.name=dev", "-c", "user.email=dev@example.app"];
  return succeed("git", [...author, ...args], { cwd: join(folder, "repository") });
}

/** Commits a topology with the tree that it is rendered into. */
async function commit(message: string, topology: string): Promise<string> {
  put(folder, "repository/topology.yaml", topology);
  for (const file of compiled(topology).tree.files) put(folder, `repository/${file.path}`, file.text);
  await git("add", "--all");
  await git("commit", "--quiet", "--message", message);
  return (await git("rev-parse", "HEAD")).trim();
}

async function pullRequest(number: number, topology: string): Promise<Pull> {
  const branch = `change-${number}`;
  await git("switch", "--quiet", "--create", branch, "main");
  const made = await commit(`change ${number}`, topology);
  const changed = (await git("diff", "--name-only", "main", branch)).trim().split("\n");
  return { number, branch, commit: made, files: changed };
}

async function send(action: "opened" | "closed", pull: Pull): Promise<void> {
  const { headers, body } = github.event(action, pull, secret);
  const response = await fetch(`${address}/events`, { method: "POST", headers, body });
  assert.is(response.status, 200, await response.text());
}

interface Values {
  readonly orgAllowlist: string;
  readonly atlantisUrl: string;
  readonly repoConfig: string;
  readonly defaultTFVersion: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** With the values that Ansible gives the chart, as the variables that the chart makes of them; and a clone from the folder. */
async function startAtlantis(surroundings: Readonly<Record<string, string>>): Promise<ChildProcess> {
  const written = compiled(text).tree.files.find(({ path }) => path === `${model.paths.ansible}/values/atlantis.yml`);
  const values = parse(written?.text ?? "") as Values;
  writeFileSync(join(folder, "repos.yaml"), values.repoConfig);
  writeFileSync(join(folder, "terraform.rc"), terraformCliConfig);
  const child = spawn(findTool("atlantis") as string, ["server"], {
    detached: true,
    env: toolEnvironment({
      ...surroundings,
      ...values.environment,
      HOME: folder,
      CHECKPOINT_DISABLE: "1",
      TF_CLI_CONFIG_FILE: join(folder, "terraform.rc"),
      ATLANTIS_ATLANTIS_URL: values.atlantisUrl,
      ATLANTIS_DATA_DIR: join(folder, "data"),
      ATLANTIS_DEFAULT_TF_VERSION: values.defaultTFVersion,
      ATLANTIS_GH_TOKEN: "token",
      ATLANTIS_GH_USER: "atlantis",
      ATLANTIS_GH_WEBHOOK_SECRET: secret,
      ATLANTIS_REPO_ALLOWLIST: values.orgAllowlist,
      ATLANTIS_REPO_CONFIG: join(folder, "repos.yaml"),
      GIT_CONFIG_COUNT: "1",
      GIT_CONFIG_KEY_0: `url.file://${folder}/repository.insteadOf`,
      GIT_CONFIG_VALUE_0: `https://atlantis:token@github.com/${model.git.repository}.git`,
    }),
  });
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (log = (log + chunk).slice(-20_000)));
  for (const end = Date.now() + 120_000; Date.now() < end && child.exitCode === null; await sleep(200)) {
    if ((await fetch(`${address}/healthz`).catch(() => null))?.ok) return child;
  }
  killGroup(child.pid);
  throw new Error(`Atlantis does not answer:\n${log}`);
}

test.run();
