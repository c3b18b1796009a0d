/** The only file that asks git. */
import { execFileSync } from "node:child_process";
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
  const id = commitOf(folder, commit) ?? fail(`git knows no commit ${commit}: --from names what to compare with`);
  const isThere = git(folder, "ls-tree", "--name-only", id, "--", name).trim() !== "";
  return isThere ? git(folder, "show", `${id}:./${name}`) : null;
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
  try {
    const options = {
      cwd: folder,
      encoding: "utf8" as const,
      maxBuffer: 2 ** 26,
      stdio: ["ignore" as const, "pipe" as const, "pipe" as const],
    };
    return execFileSync("git", [...parameters], options);
  } catch (error) {
    const { code, stderr, message } = error as { code?: string; stderr?: string; message: string };
    return fail(
      code === "ENOENT"
        ? "git is not installed, or not in PATH"
        : (stderr || message).trim().replace(/^fatal: /, "git: "),
    );
  }
}
