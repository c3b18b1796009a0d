import { spawn, spawnSync } from "node:child_process";
import { appendFileSync, copyFileSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { contents, inTemporaryFolder, inTemporaryFolderUntil } from "./temporary.ts";

const program = resolve("dist/topogen.js");
const { GITHUB_ACTIONS: _, ...environment } = process.env;

interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function topogen(root: string, parameters: readonly string[], extra: Readonly<Record<string, string>> = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...parameters], {
    cwd: root,
    env: { ...environment, ...extra },
    encoding: "utf8",
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

/** Runs the action in a folder with a small topology. */
function withTopology(action: (root: string) => void): void {
  inTemporaryFolder((root) => {
    copyFileSync("test/golden/minimal/topology.yaml", join(root, "topology.yaml"));
    action(root);
  });
}

test("gen, check and validate agree, and gen has nothing to write a second time", () => {
  withTopology((root) => {
    assert.is(topogen(root, ["validate"]).status, 0);
    assert.is(topogen(root, ["check"]).status, 1);
    const first = topogen(root, ["gen"]);
    assert.is(first.status, 0);
    assert.match(first.stdout, /^\d+ files written, 0 removed, 0 unchanged\.\n/);
    assert.match(topogen(root, ["gen"]).stdout, /^0 files written, 0 removed, \d+ unchanged\.\n/);
    const clean = topogen(root, ["check"]);
    assert.equal([clean.status, clean.stderr], [0, ""]);
    assert.match(clean.stdout, /^All \d+ generated files are as topology\.yaml says\.\nGroups of one node, .*\.\n$/);
  });
});

test("a file that was changed by hand is shown by check, which writes nothing, and refused by gen", () => {
  withTopology((root) => {
    topogen(root, ["gen"]);
    appendFileSync(join(root, "atlantis.yaml"), "# mine\n");
    const before = contents(root);
    const times = Object.keys(before).map((path) => statSync(join(root, path)).mtimeMs);
    const check = topogen(root, ["check"]);
    assert.is(check.status, 1);
    assert.match(check.stdout, /^atlantis\.yaml: edited: .*\n {2}remedy: .*\n--- a\/atlantis\.yaml\n[^]*\n-# mine\n/);
    assert.is(topogen(root, ["gen"]).status, 1);
    assert.equal(contents(root), before);
    assert.equal(
      Object.keys(before).map((path) => statSync(join(root, path)).mtimeMs),
      times,
    );
    assert.is(topogen(root, ["gen", "--force"]).status, 0);
    assert.is(topogen(root, ["check"]).status, 0);
  });
});

test("a topology that is not valid is told with its place, and nothing is written", () => {
  withTopology((root) => {
    writeFileSync(join(root, "topology.yaml"), "topology: v1\nnmae: x\n");
    for (const command of ["gen", "check", "validate"]) {
      const { status, stdout, stderr } = topogen(root, [command]);
      assert.equal([status, stderr], [1, ""]);
      assert.match(stdout, /^topology\.yaml:2:1: error unknown-key: .*\n[^]*remedy: Did you mean `name`\?/m);
      assert.not.match(stdout, /\n\s+at /);
      assert.equal(Object.keys(contents(root)), ["topology.yaml"]);
    }
  });
});

test("the output for programs, for GitHub Actions and without colours", () => {
  withTopology((root) => {
    writeFileSync(join(root, "topology.yaml"), "topology: v1\nnmae: x\n");
    const { ok, diagnostics } = JSON.parse(topogen(root, ["validate", "--json"]).stdout);
    assert.is(ok, false);
    const { file, line, column } = diagnostics.find(({ code }: { code: string }) => code === "unknown-key");
    assert.equal([file, line, column], ["topology.yaml", 2, 1]);
    const inActions = topogen(root, ["validate"], { GITHUB_ACTIONS: "true" }).stdout;
    assert.match(inActions, /^::error file=topology\.yaml,line=2,col=1,title=unknown-key::/m);
    assert.not.ok(topogen(root, ["validate"]).stdout.includes("\x1b"), "a pipe is no terminal");
  });
});

test("the topology may be elsewhere, and is the root of its outputs", () => {
  withTopology((root) => {
    assert.is(topogen("/", ["gen", "--file", join(root, "topology.yaml")]).status, 0);
    assert.is(topogen(root, ["check"]).status, 0);
  });
});

const misuses: readonly (readonly [readonly string[], RegExp])[] = [
  [[], /which command\?\nSee topogen --help\.\n$/],
  [["check", "--fast"], /no option --fast\nSee topogen check --help\.\n$/],
  [["init", "--template", "big"], /no template big, only minimal and 14-nodes/],
  [["completion", "powershell"], /no completion for powershell, only for bash, zsh, fish/],
  [["check", "--file", "nowhere.yaml"], /no file nowhere\.yaml/],
  [["explain", "name", "--file", "nowhere.yaml"], /no file nowhere\.yaml/],
];

test("wrong usage has an exit code of its own", () => {
  inTemporaryFolder((root) => {
    for (const [parameters, reason] of misuses) {
      const { status, stdout, stderr } = topogen(root, parameters);
      assert.equal([status, stdout], [2, ""], parameters.join(" "));
      assert.match(stderr, reason);
      assert.not.match(stderr, /\n\s+at /);
    }
  });
});

test("a path that is no file, or in no folder, is told by what it was named for", () => {
  withTopology((root) => {
    const misplaced: readonly (readonly [readonly string[], string])[] = [
      [["check", "--file", "."], ". is a folder: --file names a file"],
      [["explain", "name", "--file", "."], ". is a folder: --file names a file"],
      [["init", "--file", "."], ". is a folder: --file names a file"],
      [["validate", "--file", "topology.yaml/x"], "topology.yaml is not a folder: --file names the topology"],
      [["validate", "--fix", "--file", "nowhere.yaml"], "there is no file nowhere.yaml"],
      [["set", "name", "x", "--file", "nowhere.yaml"], "there is no file nowhere.yaml"],
      [["gen", "--watch", "--file", "nowhere.yaml"], "there is no file nowhere.yaml"],
      [["view", "--to", "."], ". is a folder: --to names a file"],
      [["view", "--to", "no/where/x.html"], "there is no folder no/where: make it first"],
      [["view", "--to", "topology.yaml/x.html"], "there is no folder topology.yaml: make it first"],
      [["init", "--file", "no/where/shop.yaml"], "there is no folder no/where: make it first"],
    ];
    for (const [parameters, reason] of misplaced) {
      const { status, stdout, stderr } = topogen(root, parameters);
      assert.equal([status, stdout], [2, ""], parameters.join(" "));
      assert.ok(stderr.startsWith(`topogen: ${reason}`), stderr);
    }
    assert.equal(Object.keys(contents(root)), ["topology.yaml"]);
  });
});

test("a path that is none and a plan without a past are wrong usage as well", () => {
  withTopology((root) => {
    const reasonOf = (...parameters: Parameters<typeof topogen>): string => {
      const { status, stdout, stderr } = topogen(...parameters);
      assert.equal([status, stdout], [2, ""]);
      return stderr;
    };
    assert.match(reasonOf(root, ["set", "services..image", "v2"]), /`services\.\.image` is no path/);
    assert.match(reasonOf(root, ["plan"]), /no earlier topology to compare with: git: not a git repository/);
    assert.match(reasonOf(root, ["plan"], { PATH: root }), /git is not installed, or not in PATH/);
    assert.equal(Object.keys(contents(root)), ["topology.yaml"]);
  });
});

test("every command has help with two examples", () => {
  const list = topogen(".", ["--help"]);
  assert.is(list.status, 0);
  const names = Array.from(list.stdout.matchAll(/^ {2}([a-z]+) {2,}\S/gm), ([, name = ""]) => name);
  assert.ok(["gen", "check", "validate"].every((name) => names.includes(name)));
  for (const name of names) {
    const { status, stdout } = topogen(".", [name, "--help"]);
    assert.is(status, 0);
    assert.ok((stdout.split("Examples:")[1]?.match(/^ {2}\S/gm)?.length ?? 0) >= 2, name);
  }
  for (const option of ["--version", "-v"]) assert.match(topogen(".", [option]).stdout, /^\d+\.\d+\.\d+\n$/);
});

test("help is a word as well as an option", () => {
  assert.equal(topogen(".", ["help"]), topogen(".", ["--help"]));
  assert.equal(topogen(".", ["help", "gen"]), topogen(".", ["gen", "--help"]));
});

/** Runs a line of bash in which `topogen` is the program. The exit code is the line's. */
function inBash(root: string, line: string): Ran {
  const script = `set -o pipefail; topogen() { '${process.execPath}' '${program}' "$@"; }; ${line}`;
  return spawnSync("bash", ["-c", script], { cwd: root, env: environment, encoding: "utf8" });
}

test("a reader that has seen enough ends the run, and nothing is said of it", () => {
  withTopology((root) => {
    const { status, stderr } = inBash(root, "topogen show --json | true");
    assert.equal([status, stderr], [0, ""]);
    const check = inBash(root, "topogen check | true");
    assert.equal([check.status, check.stderr], [1, ""], "what it had to say still counts");
  });
});

test("an output that takes no more is told in a line", () => {
  withTopology((root) => {
    const { status, stderr } = inBash(root, "topogen validate >/dev/full");
    assert.equal([status, stderr], [1, "topogen: write: the disk is full. Make room and run it again.\n"]);
    assert.is(inBash(root, "topogen validate --file nowhere.yaml 2>/dev/full").status, 1);
  });
});

test("several runs at once leave the tree whole", async () => {
  await inTemporaryFolderUntil(async (root) => {
    copyFileSync("test/golden/minimal/topology.yaml", join(root, "topology.yaml"));
    const exits = Array.from({ length: 6 }, () => {
      const child = spawn(process.execPath, [program, "gen"], { cwd: root, stdio: "ignore" });
      return new Promise((done) => child.on("exit", done));
    });
    assert.equal(await Promise.all(exits), [0, 0, 0, 0, 0, 0]);
    assert.is(topogen(root, ["check"]).status, 0);
    assert.equal(
      Object.keys(contents(root)).filter((path) => /\.topogen$|\.MANIFEST/.test(path)),
      [],
    );
  });
});

test.run();
