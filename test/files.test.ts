import { linkSync, lstatSync, mkdirSync, readlinkSync, rmSync, statSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { check } from "../src/commands/check.ts";
import { gen } from "../src/commands/gen.ts";
import type { Outcome } from "../src/commands/outcome.ts";
import { compilationOf } from "./generated-tree.ts";
import { contents, inTemporaryFolder, mode, put, setMode } from "./temporary.ts";

type Files = Readonly<Record<string, string>>;

const files: Files = {
  "atlantis.yaml": "version: 3\n",
  ".github/workflows/build-auth.yml": "name: auth\n",
  "out/k8s/auth/auth.yaml": "kind: Deployment\n",
  "out/k8s/user/user.yaml": "kind: Deployment\n",
  "out/run.sh": "#!/bin/sh\n",
};

const runner = { id: 1, isRunning: () => false, wait: () => {} };

function generate(root: string, wanted: Files, force = false): Outcome {
  return gen({ root, runner, force, allowDestroy: [] }, compilationOf(wanted));
}

function differences(root: string, wanted: Files): string[] {
  return check(root, compilationOf(wanted)).drift.map(({ path, kind }) => `${kind} ${path}`);
}

/** The tree without its manifest. */
function generated(root: string): Files {
  const { "out/MANIFEST": _, ...others } = contents(root);
  return others;
}

function sorted(wanted: Files): Files {
  return Object.fromEntries(Object.entries(wanted).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

test("writes all files, then nothing", () => {
  inTemporaryFolder((root) => {
    assert.is(generate(root, files).summary, "5 files written, 0 removed, 0 unchanged.");
    assert.equal(generated(root), sorted(files));
    const touched = [...Object.keys(contents(root)), "out", "out/k8s", ".github/workflows", "."];
    for (const path of touched) utimesSync(join(root, path), 1, 1);
    assert.is(generate(root, files).summary, "0 files written, 0 removed, 5 unchanged.");
    for (const path of touched) assert.is(statSync(join(root, path)).mtimeMs, 1000, path);
    assert.equal(differences(root, files), []);
  });
});

test("permissions do not depend on the umask", () => {
  for (const umask of [0, 0o022, 0o077]) {
    inTemporaryFolder((root) => {
      const before = process.umask(umask);
      try {
        generate(root, files);
      } finally {
        process.umask(before);
      }
      assert.is(mode(root, "out/run.sh"), "755");
      for (const path of ["atlantis.yaml", "out/MANIFEST", "out/k8s/auth/auth.yaml"])
        assert.is(mode(root, path), "644");
      for (const path of ["out", "out/k8s", ".github/workflows"]) assert.is(mode(root, path), "755");
    });
  }
});

test("a script that cannot be run is put right, other bits are the user's", () => {
  inTemporaryFolder((root) => {
    generate(root, files);
    setMode(root, "out/run.sh", 0o644);
    setMode(root, "atlantis.yaml", 0o600);
    assert.equal(differences(root, files), ["stale out/run.sh"]);
    generate(root, files);
    assert.is(mode(root, "out/run.sh"), "755");
    assert.is(mode(root, "atlantis.yaml"), "600");
  });
});

test("writes only what differs and removes what is no longer generated, with folders that are empty then", () => {
  inTemporaryFolder((root) => {
    generate(root, files);
    put(root, "out/k8s/mine.yaml", "mine: 1\n");
    const { "out/k8s/user/user.yaml": _, ...fewer } = files;
    const wanted = { ...fewer, "atlantis.yaml": "version: 4\n", "out/new/a.tf": "a = 1\n" };
    assert.equal(differences(root, wanted), [
      "stale atlantis.yaml",
      "missing out/new/a.tf",
      "orphaned out/k8s/user/user.yaml",
      "stale out/MANIFEST",
    ]);
    assert.equal(generate(root, wanted).changes, {
      written: ["atlantis.yaml", "out/new/a.tf"],
      removed: ["out/k8s/user/user.yaml"],
      unchanged: 3,
    });
    assert.equal(generated(root), sorted({ ...wanted, "out/k8s/mine.yaml": "mine: 1\n" }));
    assert.not.ok(lstatSync(join(root, "out/k8s/user"), { throwIfNoEntry: false }));
  });
});

test("any byte that is changed by hand is seen, refused, and overwritten by force", () => {
  inTemporaryFolder((root) => {
    generate(root, files);
    for (const path of Object.keys(files)) {
      const edited = { ...contents(root), [path]: `${files[path]}# mine\n` };
      put(root, path, edited[path] as string);
      assert.equal(differences(root, files), [`edited ${path}`]);
      const outcome = generate(root, { ...files, "out/new.tf": "new\n" });
      assert.not.ok(outcome.isClean);
      assert.equal(
        outcome.drift.map((drift) => drift.path),
        [path],
      );
      assert.equal(contents(root), edited);
      assert.ok(generate(root, files, true).isClean);
      assert.equal(generated(root), sorted(files));
    }
  });
});

test("a file that topogen did not write is never overwritten, nor removed", () => {
  inTemporaryFolder((root) => {
    put(root, "out/k8s/auth/auth.yaml", "mine\n");
    put(root, "out/.terraform.lock.hcl", "lock\n");
    for (const force of [false, true]) {
      const outcome = generate(root, files, force);
      assert.equal(
        outcome.drift.map(({ path, kind }) => `${kind} ${path}`),
        ["foreign out/k8s/auth/auth.yaml"],
      );
      assert.equal(contents(root), { "out/.terraform.lock.hcl": "lock\n", "out/k8s/auth/auth.yaml": "mine\n" });
    }
    put(root, "out/k8s/auth/auth.yaml", files["out/k8s/auth/auth.yaml"] as string);
    assert.ok(generate(root, files).isClean, "one with the same content is taken over");
    generate(root, { "atlantis.yaml": "version: 3\n" });
    assert.equal(generated(root), { "atlantis.yaml": "version: 3\n", "out/.terraform.lock.hcl": "lock\n" });
  });
});

test("an orphan that was changed by hand stays", () => {
  inTemporaryFolder((root) => {
    generate(root, files);
    put(root, "atlantis.yaml", "mine\n");
    const { "atlantis.yaml": _, ...fewer } = files;
    assert.equal(differences(root, fewer), ["abandoned atlantis.yaml", "stale out/MANIFEST"]);
    assert.equal(
      generate(root, fewer, true).drift.map(({ kind }) => kind),
      ["abandoned"],
    );
    assert.is(contents(root)["atlantis.yaml"], "mine\n");
    assert.equal(differences(root, fewer), []);
  });
});

test("removing most files has to be meant", () => {
  inTemporaryFolder((root) => {
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`out/${at}.tf`, "a\n"]));
    generate(root, many);
    const outcome = generate(root, { "out/1.tf": "a\n" });
    assert.not.ok(outcome.isClean);
    assert.match(outcome.summary, /^This would remove 20 files and keep 1\./);
    assert.is(Object.keys(generated(root)).length, 21);
    assert.ok(generate(root, { "out/1.tf": "a\n" }, true).isClean);
    assert.equal(generated(root), { "out/1.tf": "a\n" });
  });
});

/** Each makes something stand in the way of out/k8s/auth/auth.yaml, which must survive. */
const obstacles: Readonly<Record<string, (root: string) => void>> = {
  "a link in place of the file": (root) => link(root, "out/k8s/auth/auth.yaml"),
  "a link in place of a folder": (root) => link(root, "out/k8s"),
  "a link in place of the output folder": (root) => link(root, "out"),
  "a dangling link": (root) => {
    mkdirSync(join(root, "out/k8s/auth"), { recursive: true });
    symlinkSync("nowhere", join(root, "out/k8s/auth/auth.yaml"));
  },
  "a folder in place of the file": (root) => mkdirSync(join(root, "out/k8s/auth/auth.yaml"), { recursive: true }),
  "a file in place of a folder": (root) => put(root, "out/k8s", "mine\n"),
  "a link in place of the manifest": (root) => link(root, "out/MANIFEST"),
};

function link(root: string, path: string): void {
  mkdirSync(join(root, path, ".."), { recursive: true });
  symlinkSync(join(root, "../outside"), join(root, path));
}

test("nothing is followed out of the root, and what is in the way stays", () => {
  for (const [name, place] of Object.entries(obstacles)) {
    inTemporaryFolder((folder) => {
      const root = join(folder, "root");
      put(folder, "outside/auth.yaml", "outside\n");
      mkdirSync(root);
      place(root);
      const before = contents(folder);
      const outcome = generate(root, files, true);
      assert.not.ok(outcome.isClean, name);
      assert.ok(
        outcome.drift.every(({ kind }) => kind === "obstructed"),
        name,
      );
      assert.equal(contents(folder), before, name);
    });
  }
});

test("a hard link is replaced, not written through", () => {
  inTemporaryFolder((root) => {
    generate(root, files);
    linkSync(join(root, "atlantis.yaml"), join(root, "elsewhere"));
    generate(root, { ...files, "atlantis.yaml": "version: 4\n" });
    assert.is(contents(root)["elsewhere"], "version: 3\n");
  });
});

test("a manifest that claims what is not ours is refused, and so is one that is damaged", () => {
  const digest = "0".repeat(64);
  for (const line of [
    "broken",
    `${digest}  ../x`,
    `${digest}  /etc/passwd`,
    `${digest}  src/cli.ts`,
    `${digest}  out/../src/a`,
  ]) {
    inTemporaryFolder((root) => {
      generate(root, files);
      const damaged = `${contents(root)["out/MANIFEST"]}${line}\n`;
      put(root, "out/MANIFEST", damaged);
      assert.equal(differences(root, files), ["unreadable out/MANIFEST"], line);
      assert.not.ok(generate(root, files, true).isClean);
      assert.is(contents(root)["out/MANIFEST"], damaged);
      rmSync(join(root, "out/MANIFEST"));
      assert.ok(generate(root, files).isClean, "without a manifest, files that are as generated are taken over");
    });
  }
});

test("without a manifest, files that it would know are told of once", () => {
  const words = "# Generated by topogen from topology.yaml.\n";
  const own = { "out/a.tf": `${words}a\n`, "out/b.tf": `${words}b\n`, "out/c.tf": "c\n" };
  const changed = { "out/a.tf": `${words}a2\n`, "out/b.tf": `${words}b2\n`, "out/c.tf": "c2\n" };
  for (const spoil of [
    (root: string) => rmSync(join(root, "out/MANIFEST")),
    (root: string) => put(root, "out/MANIFEST", "garbage\n"),
  ]) {
    inTemporaryFolder((root) => {
      generate(root, own);
      spoil(root);
      assert.equal(differences(root, changed), ["foreign out/c.tf", "unreadable out/MANIFEST"]);
      assert.not.ok(generate(root, changed, true).isClean);
      assert.is(contents(root)["out/a.tf"], own["out/a.tf"]);
    });
  }
});

test("what is in the way of many files is told of once", () => {
  inTemporaryFolder((folder) => {
    const root = join(folder, "root");
    put(folder, "outside/auth.yaml", "outside\n");
    link(root, "out");
    assert.equal(differences(root, { "out/a": "a\n", "out/b/c": "c\n" }), ["obstructed out"]);
  });
});

test("after a merge with conflicts, in the manifest as well, force makes the tree whole", () => {
  inTemporaryFolder((root) => {
    const ours = { ...files, "out/ours.tf": "ours\n", "atlantis.yaml": "version: ours\n" };
    const theirs = { ...files, "out/theirs.tf": "theirs\n", "atlantis.yaml": "version: theirs\n" };
    generate(root, theirs);
    const theirManifest = contents(root)["out/MANIFEST"];
    generate(root, ours);
    const ourManifest = contents(root)["out/MANIFEST"];
    put(root, "out/MANIFEST", `<<<<<<< HEAD\n${ourManifest}=======\n${theirManifest}>>>>>>> theirs\n`);
    put(root, "atlantis.yaml", "<<<<<<< HEAD\nversion: ours\n=======\nversion: theirs\n>>>>>>> theirs\n");
    put(root, "out/theirs.tf", "theirs\n");
    assert.equal(
      generate(root, files).drift.map(({ path, kind }) => `${kind} ${path}`),
      ["edited atlantis.yaml"],
    );
    assert.ok(generate(root, files, true).isClean);
    assert.equal(generated(root), sorted(files));
  });
});

test("the link of an obstacle is still there", () => {
  inTemporaryFolder((root) => {
    link(root, "out");
    generate(root, files, true);
    assert.is(readlinkSync(join(root, "out")), join(root, "../outside"));
  });
});

test.run();
