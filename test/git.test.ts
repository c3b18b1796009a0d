import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Outcome } from "../src/commands/outcome.ts";
import { gen } from "../src/commands/gen.ts";
import { planCommand } from "../src/commands/plan.ts";
import { compile } from "../src/compile.ts";
import { Misuse } from "../src/misuse.ts";
import { edited, text } from "./plan-of.ts";
import { inTemporaryFolder, put } from "./temporary.ts";

const test = suite("plan and git");

const author = ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.app", "-c", "commit.gpgsign=false"];

function git(root: string, ...args: readonly string[]): string {
  return execFileSync("git", [...author, ...args], { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

/** A repository whose main branch has gone on since the current branch left it. */
function inRepository<Result>(action: (root: string) => Result): Result {
  return inTemporaryFolder((root) => {
    git(root, "init", "--quiet", "--initial-branch", "main");
    git(root, "commit", "--quiet", "--allow-empty", "--message", "nothing yet");
    commit(root, text, "the 14 nodes");
    git(root, "switch", "--quiet", "--create", "branch");
    git(root, "switch", "--quiet", "main");
    commit(root, edited(text, ["services.chat.image", "v2"]), "main goes on");
    git(root, "switch", "--quiet", "branch");
    return action(root);
  });
}

function commit(root: string, topology: string, message: string): void {
  put(root, "topology.yaml", topology);
  git(root, "add", "topology.yaml");
  git(root, "commit", "--quiet", "--message", message);
}

function planIn(root: string, from: string | null, markdown = false): Outcome {
  const file = join(root, "topology.yaml");
  return planCommand({ from, markdown }, compile(file, readFileSync(file, "utf8")));
}

function editsIn(root: string, from: string | null): readonly string[] {
  return (planIn(root, from).plan?.edits ?? []).map(({ path }) => path);
}

test("the working tree is compared with where the branch has left the main branch", () => {
  inRepository((root) => {
    assert.equal(editsIn(root, null), []);
    put(root, "topology.yaml", edited(text, ["services.auth.image", "v2"]));
    assert.equal(editsIn(root, null), ["services.auth.image"]);
    assert.equal(editsIn(root, "main"), ["services.auth.image", "services.chat.image"]);
    assert.match(planIn(root, null, true).summary, "### topogen plan");
  });
});

test("before there was a topology, everything is new", () => {
  inRepository((root) => {
    assert.ok(editsIn(root, "HEAD~1").includes("services"));
  });
});

test("an earlier topology that is not valid is nothing to compare with, and no fault of the one that repairs it", () => {
  inRepository((root) => {
    commit(root, "topology: v1\n", "broken");
    put(root, "topology.yaml", text);
    const outcome = planIn(root, "HEAD");
    assert.ok(outcome.isClean && outcome.diagnostics.every(({ file }) => !file.startsWith("HEAD")));
    assert.match(
      outcome.summary,
      /^The topology at HEAD is not valid \(\d+ errors, such as \S+ in line 1\): there is nothing/,
    );
    assert.match(planIn(root, "HEAD", true).summary, /^### topogen plan\n\nThe topology at HEAD is not valid/);
    commit(root, "topology: [", "broken in its syntax");
    put(root, "topology.yaml", text);
    assert.match(planIn(root, "HEAD").summary, "such as syntax in line 1");
  });
});

/** The 14 nodes, or another topology, and their tree on the main branch. */
function inGenerated<Result>(topology: string, action: (root: string) => Result): Result {
  return inTemporaryFolder((root) => {
    git(root, "init", "--quiet", "--initial-branch", "main");
    put(root, "topology.yaml", topology);
    assert.ok(genIn(root, topology).isClean);
    commitAll(root);
    return action(root);
  });
}

function genIn(root: string, topology: string, ...allowDestroy: readonly string[]): Outcome {
  put(root, "topology.yaml", topology);
  return gen({ root, runner, force: false, allowDestroy }, compile("topology.yaml", topology));
}

const runner = { id: 1, isRunning: () => true, wait: () => {} };

function commitAll(root: string): void {
  git(root, "add", "--all");
  git(root, "commit", "--quiet", "--message", "all");
}

test("the tree that was committed counts, and not what this version would have written of its topology", () => {
  inGenerated(text, (root) => {
    assert.match(planIn(root, null).summary, "Nothing changes");
    put(root, "out/ansible/inventory/group_vars/all/constants.yml", "---\nhelm_version: 3.0.0\n");
    put(root, "out/ansible/notes.txt", "a file of ours, which no list has");
    commitAll(root);
    const { summary, plan } = planIn(root, "HEAD");
    assert.match(summary, /^No value of the topology differs\.\n/);
    assert.match(summary, "ansible-playbook playbooks/site.yml");
    assert.equal(
      plan?.files.map(({ path }) => path),
      ["out/ansible/inventory/group_vars/all/constants.yml"],
    );
  });
});

test("a topology that only became invalid is compared by its tree", () => {
  inGenerated(text, (root) => {
    commit(root, edited(text, ["nodes.auth.address", "10.9.9.9"]), "refused by a rule");
    put(root, "topology.yaml", edited(text, ["services.auth.image", "v2"]));
    const { isClean, plan } = planIn(root, "HEAD");
    assert.ok(isClean);
    assert.equal(
      plan?.edits.map(({ path }) => path),
      ["nodes.auth.address", "services.auth.image"],
    );
    assert.equal(plan?.terraform, []);
  });
});

test("a tree that cannot be read, and one without a list, are rendered anew from their topology", () => {
  inGenerated(text, (root) => {
    put(root, "out/terraform/ec2.tf", 'resource "aws_unheard_of" "x" {\n');
    commitAll(root);
    put(root, "topology.yaml", edited(text, ["nodes.auth.disk", "30Gi"]));
    const addresses = () => planIn(root, "HEAD").plan?.terraform[0]?.resources.map(({ address }) => address);
    assert.equal(addresses(), ['aws_instance.unprotected["auth-1"]']);
    put(root, "out/MANIFEST", "not a list");
    git(root, "commit", "--quiet", "--message", "a list that is none", "out/MANIFEST");
    assert.equal(addresses(), ['aws_instance.unprotected["auth-1"]']);
  });
});

test("values that people give to Terraform's variables count, at the commit and in the working tree", () => {
  const controller = edited(text, ["edge.loadBalancer", "controller"]);
  const records = (root: string) =>
    (planIn(root, "HEAD").plan?.terraform ?? []).flatMap(({ resources }) =>
      resources.map(({ action, address }) => `${action} ${address}`),
    );
  inGenerated(controller, (root) => {
    put(root, "out/terraform/terraform.auto.tfvars", "load_balancer_exists = true\n");
    const come = ["api.example.app", "argocd.example.app", "atlantis.example.app", "grafana.example.app"];
    assert.equal(
      records(root),
      come.map((name) => `create aws_route53_record.host["${name}"]`),
    );
    commitAll(root);
    assert.equal(records(root), []);
    assert.match(planIn(root, "HEAD").summary, "Nothing changes");
    put(root, "out/terraform/z.auto.tfvars.json", '{ "load_balancer_exists": false }\n');
    assert.is(records(root).length, come.length);
    put(root, ".gitignore", "*.json\n");
    assert.equal(records(root), []);
  });
});

test("a removal is two changes that are merged one after the other, and no two edits of one branch", () => {
  const draining = edited(text, ["nodes.scan-worker.members", { 2: { state: "draining" } }]);
  const removed = edited(text, ["nodes.scan-worker.count", 1]);
  inGenerated(text, (root) => {
    git(root, "switch", "--quiet", "--create", "branch");
    assert.ok(genIn(root, draining).isClean);
    commitAll(root);
    const { isClean, diagnostics } = genIn(root, removed);
    assert.not(isClean);
    assert.is(diagnostics[0]?.code, "node-not-drained");
    assert.match(diagnostics[0]?.message ?? "", "`scan-worker-2` is active on the branch `main`");
    assert.ok(genIn(root, removed, "scan-worker-2").isClean);
    const other = edited(removed, ["services.auth.image", "v2"]);
    assert.ok(genIn(root, other).isClean, "what was allowed is not asked about again");
    git(root, "restore", ".");
    git(root, "switch", "--quiet", "main");
    git(root, "merge", "--quiet", "branch");
    assert.ok(genIn(root, removed).isClean, "it was draining on the main branch");
  });
});

test("what has never been on the main branch may go at once", () => {
  const more = edited(text, ["nodes.scan-worker.count", 3], ["datastores.postgres.storage", "60Gi"]);
  inGenerated(text, (root) => {
    assert.ok(genIn(root, more).isClean);
    assert.ok(genIn(root, text).isClean);
  });
  inTemporaryFolder((root) => {
    git(root, "init", "--quiet", "--initial-branch", "main");
    assert.ok(genIn(root, more).isClean);
    assert.ok(genIn(root, text).isClean, "nothing has been committed");
  });
});

test("the folder of the outputs moves as the plan says: gen goes on from there, and nothing of the old one is left", () => {
  inGenerated(text, (root) => {
    const moved = edited(text, ["output", "deploy"]);
    assert.not(genIn(root, moved).isClean, "without its list, nobody knows whose the files are");
    const commands = planIn(root, null).summary.match(/(?<=^ {5}\$ )(?:git mv|sed) .*/gm) ?? [];
    assert.is(commands.length, 2);
    execFileSync("sh", ["-ec", commands.join("\n")], { cwd: root });
    const { isClean, summary } = genIn(root, moved);
    assert.ok(isClean, summary);
    assert.not(existsSync(join(root, "out")));
  });
});

test("what git refuses is told in a sentence", () => {
  const refused = (root: string, from: string | null): string => {
    try {
      planIn(root, from);
      return "";
    } catch (error) {
      assert.instance(error, Misuse);
      return (error as Error).message;
    }
  };
  inRepository((root) => {
    assert.is(refused(root, "no-such-commit"), "git knows no commit no-such-commit: --from names what to compare with");
    assert.match(refused(root, "--output=x"), "git knows no commit --output=x");
    git(root, "branch", "--quiet", "--move", "main", "other");
    assert.match(refused(root, null), "git knows no branch main: name what to compare with by --from");
    git(root, "switch", "--quiet", "--orphan", "main");
    commit(root, text, "another beginning");
    git(root, "switch", "--quiet", "other");
    assert.match(refused(root, null), "git finds no commit that HEAD and main have in common");
  });
  inTemporaryFolder((root) => {
    put(root, "topology.yaml", text);
    assert.match(refused(root, null), /^there is no earlier topology to compare with: git: not a git repository/);
  });
});

test.run();
