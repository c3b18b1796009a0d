import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { check } from "../src/commands/check.ts";
import { gen } from "../src/commands/gen.ts";
import { compilationOf } from "./generated-tree.ts";
import { contents, inTemporaryFolder } from "./temporary.ts";

type Files = Readonly<Record<string, string>>;

const before: Files = {
  "atlantis.yaml": "old\n",
  "out/a.tf": "old a\n",
  "out/b/b.tf": "old b\n",
  "out/c/c.tf": "old c\n",
};
const after: Files = {
  "atlantis.yaml": "new\n",
  "out/a.tf": "new a\n",
  "out/b/b.tf": "old b\n",
  "out/d/e/d.tf": "new d\n",
};
const later: Files = { "atlantis.yaml": "later\n", "out/a.tf": "new a\n", "out/f.tf": "later f\n" };

let runs = 0;

/** A run of a process that dies with it if it does not end well. */
function generate(root: string, files: Files): void {
  runs += 1;
  const runner = { id: runs, isRunning: (id: number) => id === runs, wait: () => {} };
  const outcome = gen({ root, runner, force: false, allowDestroy: [] }, compilationOf(files));
  assert.ok(outcome.isClean, outcome.summary);
}

const changing = [
  "openSync",
  "writeFileSync",
  "fchmodSync",
  "chmodSync",
  "fsyncSync",
  "renameSync",
  "unlinkSync",
] as const;
const alsoChanging = ["mkdirSync", "rmdirSync", "rmSync"] as const;
// A crash of the machine is not what is tried here, and waiting for the disk is slow.
fs.fsyncSync = () => {};
syncBuiltinESMExports();

const originals = Object.fromEntries([...changing, ...alsoChanging].map((name) => [name, fs[name]]));

/** Runs the action; from the call with this number on, `fail` decides what becomes of each. Tells whether it came to that. */
function withFailure(number: number, fail: (isFirst: boolean) => boolean, action: () => void): boolean {
  let calls = 0;
  const patched = Object.entries(originals).map(([name, original]) => [
    name,
    (...parameters: unknown[]) => {
      calls += 1;
      if (calls < number || !fail(calls === number)) return (original as (...all: unknown[]) => unknown)(...parameters);
      if (name === "writeFileSync") fs.writeSync(parameters[0] as number, String(parameters[1]).slice(0, 5));
      throw Object.assign(new Error(`ENOSPC: no space left, ${name}`), { code: "ENOSPC" });
    },
  ]);
  Object.assign(fs, Object.fromEntries(patched));
  syncBuiltinESMExports();
  try {
    action();
  } catch (error) {
    assert.match((error as Error).message, /^ENOSPC/);
  } finally {
    Object.assign(fs, originals);
    syncBuiltinESMExports();
  }
  return calls >= number;
}

function assertOldOrNew(root: string, step: number): void {
  const found = contents(root);
  for (const path of new Set([...Object.keys(before), ...Object.keys(after)])) {
    assert.ok([before[path], after[path]].includes(found[path]), `${path} after step ${step}: ${found[path]}`);
  }
}

function assertWhole(root: string, files: Files): void {
  assert.equal(check(root, compilationOf(files)).drift, []);
  const { "out/MANIFEST": _, ...generated } = contents(root);
  assert.equal(generated, Object.fromEntries(Object.entries(files).toSorted(([a], [b]) => (a < b ? -1 : 1))));
}

/** Fails at every step in turn, until a run needs no more steps; then `heal` is to make the tree whole. */
function atEveryStep(fail: (isFirst: boolean) => boolean, heal: (root: string) => void): number {
  for (let step = 1; ; step++) {
    const wasReached = inTemporaryFolder((root) => {
      generate(root, before);
      const reached = withFailure(step, fail, () => generate(root, after));
      assertOldOrNew(root, step);
      if (reached) heal(root);
      return reached;
    });
    if (!wasReached) return step - 1;
  }
}

const dead = (): boolean => true;
const once = (isFirst: boolean): boolean => isFirst;

test("wherever a run dies, each file is old or new, and the next run makes the tree whole", () => {
  const steps = atEveryStep(dead, (root) => {
    generate(root, after);
    assertWhole(root, after);
  });
  assert.ok(steps > 40, `${steps} steps`);
});

test("the same when the topology has changed in between", () => {
  atEveryStep(dead, (root) => {
    generate(root, later);
    assertWhole(root, later);
  });
});

test("the same when two runs die, one after the other", () => {
  atEveryStep(dead, (root) => {
    withFailure(30, dead, () => generate(root, later));
    generate(root, before);
    assertWhole(root, before);
  });
});

test("the same when one call fails and the process lives on", () => {
  atEveryStep(once, (root) => {
    generate(root, after);
    assertWhole(root, after);
  });
});

test("a run that has died before it had written everything is seen by check", () => {
  inTemporaryFolder((root) => {
    generate(root, after);
    const manifest = contents(root)["out/MANIFEST"];
    generate(root, before);
    for (let step = 1; withFailure(step, dead, () => generate(root, after)); step++) {
      const { drift } = check(root, compilationOf(after));
      const isOnlyLocked = contents(root)["out/MANIFEST"] === manifest && !("out/.MANIFEST.pending" in contents(root));
      assert.is(drift.length === 0, isOnlyLocked, `after step ${step}`);
      generate(root, before);
    }
  });
});

test.run();
