// `npm run hooks`: makes Git run `npm run check` on what is about to be committed. Never replaces a hook of somebody else.
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";

const mark = "Installed by topogen.";
const script = readFileSync(join(import.meta.dirname, "../src/init/pre-commit.sh"), "utf8");

const git = (...parameters) => execFileSync("git", parameters, { encoding: "utf8" }).trim();

/** The folder of the hooks, wherever core.hooksPath has put it, and whether it is this repository's own. */
function hooksFolder() {
  const folder = resolve(git("rev-parse", "--git-path", "hooks"));
  mkdirSync(folder, { recursive: true });
  const own = [git("rev-parse", "--git-common-dir"), git("rev-parse", "--show-toplevel")].map((path) =>
    realpathSync(path),
  );
  return { folder, isOwn: own.some((path) => !relative(path, realpathSync(folder)).startsWith("..")) };
}

/** Installs the hook; returns why not, if so. */
function install() {
  const { folder, isOwn } = hooksFolder();
  const hook = join(folder, "pre-commit");
  if (!isOwn) return `core.hooksPath leads out of this repository, to ${folder}, which others use as well.`;
  if (existsSync(hook) && !readFileSync(hook, "utf8").includes(mark)) {
    return `There is another hook at ${hook}. Add to it what ${relative(".", join(import.meta.dirname, "../src/init/pre-commit.sh"))} does.`;
  }
  writeFileSync(hook, script);
  chmodSync(hook, 0o755);
  return undefined;
}

const problem = install();
console.log(problem ?? "Git checks the generated files before every commit.");
process.exitCode = problem === undefined ? 0 : 1;
