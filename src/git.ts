/** The only file that asks git. */
import { execFileSync } from "node:child_process";
import type { GeneratedFile } from "./generated-file.ts";
import { Misuse } from "./misuse.ts";

/** The commit from which the folder's branch has left the main branch, as the remote has it if there is one. */
export function mergeBase(folder: string, branch: string): string {
  requireRepository(folder);
  const main = [`origin/${branch}`, branch].find((name) => commitOf(folder, name) !== null);
  if (main === undefined) return fail(`git knows no branch ${branch}: name what to compare with by --from`);
  const base = quietly(() => git(folder, "merge-base", "HEAD", main));
  return base ?? fail(`git finds no commit that HEAD and ${main} have in common: is this a shallow clone?`);
}

/** The text that a file of the folder had at a commit; null where it was not there. */
export function textAt(folder: string, commit: string, name: string): string | null {
  requireRepository(folder);
  return filesAt(folder, commit, [name])[0]?.text ?? null;
}

/** The files of the folder that stand at some paths, or below them, at a commit. */
export function filesAt(folder: string, commit: string, paths: readonly string[]): readonly GeneratedFile[] {
  const id = commitOf(folder, commit) ?? fail(`git knows no commit ${commit}: --from names what to compare with`);
  const listed = git(folder, "ls-tree", "-r", "-z", id, "--", ...paths);
  const blobs = [...listed.matchAll(/100(?:644|755) blob (\w+)\t([^\0]*)\0/g)];
  const texts = textsOf(
    folder,
    blobs.map(([, blob = ""]) => blob),
  );
  return blobs.map(([, , path = ""], at) => ({ path, text: texts[at] ?? "" }));
}

/** Whether the folder is in a repository in which nothing has been committed. */
export function isUnborn(folder: string): boolean {
  return quietly(() => git(folder, "rev-parse", "--git-dir")) !== null && commitOf(folder, "HEAD") === null;
}

/** The paths of a folder's files that are committed, or are to be: those that git does not ignore. */
export function namesIn(folder: string, below: string): readonly string[] {
  const listed = git(folder, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", below);
  return listed.split("\0").filter((name) => name !== "");
}

/** The texts of git's objects. The answer has for each a line with its size in bytes, and its bytes. */
function textsOf(folder: string, ids: readonly string[]): readonly string[] {
  const answer = answerOf(folder, ids.map((id) => `${id}\n`).join(""), ["cat-file", "--batch"]);
  let at = 0;
  return ids.map(() => {
    const start = answer.indexOf("\n", at) + 1;
    const size = Number(answer.toString("latin1", at, start).trim().split(" ").at(-1));
    at = start + size + 1;
    return answer.toString("utf8", start, start + size);
  });
}

/** Where the folder is in its work tree: an empty text for the top, `platform/` for a folder there; null where git knows none. */
export function placeInWorkTree(folder: string): string | null {
  return quietly(() => git(folder, "rev-parse", "--show-prefix"));
}

function requireRepository(folder: string): void {
  try {
    git(folder, "rev-parse", "--git-dir");
  } catch (error) {
    fail(`there is no earlier topology to compare with: ${(error as Error).message}`);
  }
}

function commitOf(folder: string, name: string): string | null {
  return quietly(() => git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`));
}

/** What git answers, on one line; null where it refuses. */
function quietly(ask: () => string): string | null {
  try {
    return ask().trim();
  } catch {
    return null;
  }
}

function fail(reason: string): never {
  throw new Misuse(reason);
}

/** Throws Misuse with git's own words, where it refuses or is missing. */
function git(folder: string, ...parameters: readonly string[]): string {
  return answerOf(folder, "", parameters).toString("utf8");
}

function answerOf(folder: string, input: string, parameters: readonly string[]): Buffer {
  try {
    return execFileSync("git", [...parameters], { cwd: folder, input, maxBuffer: 2 ** 28, stdio: "pipe" });
  } catch (error) {
    const { code, stderr, message } = error as { code?: string; stderr?: Buffer; message: string };
    return fail(
      code === "ENOENT"
        ? "git is not installed, or not in PATH"
        : (String(stderr ?? "") || message).trim().replace(/^fatal: /, "git: "),
    );
  }
}
