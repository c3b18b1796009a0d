import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Outcome } from "../src/commands/outcome.ts";
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

test("an earlier topology that is not valid is said to be so", () => {
  inRepository((root) => {
    commit(root, "topology: v1\n", "broken");
    put(root, "topology.yaml", text);
    const outcome = planIn(root, "HEAD");
    assert.not(outcome.isClean);
    assert.match(outcome.summary, "The topology at HEAD is not valid");
    assert.match(outcome.diagnostics[0]?.file ?? "", /^HEAD:/);
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
