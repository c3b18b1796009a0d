/** The only file that asks git. */
import { execFileSync } from "node:child_process";

/** What git refuses, in its own words: no repository, no such commit. */
export class GitError extends Error {
  readonly code = "GIT";
}

/** The commit from which the folder's branch has left the main branch, as the remote has it if there is one. */
export function mergeBase(folder: string, branch: string): string {
  const main = [`origin/${branch}`, branch].find((name) => isCommit(folder, name));
  if (main === undefined) throw new GitError(`git knows no branch ${branch}: name what to compare with by --from`);
  return git(folder, "merge-base", "HEAD", main).trim();
}

/** The text that a file of the folder had at a commit; null where it was not there. */
export function textAt(folder: string, commit: string, name: string): string | null {
  const id = git(folder, "rev-parse", "--verify", "--end-of-options", `${commit}^{commit}`).trim();
  const isThere = git(folder, "ls-tree", "--name-only", id, "--", name).trim() !== "";
  return isThere ? git(folder, "show", `${id}:./${name}`) : null;
}

function isCommit(folder: string, name: string): boolean {
  try {
    return git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", `${name}^{commit}`) !== "";
  } catch {
    return false;
  }
}

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
    const { stderr, message } = error as { stderr?: string; message: string };
    throw new GitError((stderr || message).trim().replace(/^fatal: /, "git: "));
  }
}
