import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** In memory where there is such a place, since tests write and remove much. */
const temporaryFolders = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** Runs the action in a new folder, which is gone afterwards. */
export function inTemporaryFolder<Result>(action: (root: string) => Result): Result {
  const root = mkdtempSync(join(temporaryFolders, "topogen-"));
  try {
    return action(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** The same for an action that takes its time. */
export async function inTemporaryFolderUntil(action: (root: string) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(temporaryFolders, "topogen-"));
  try {
    await action(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Writes a file and the folders that it needs. */
export function put(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

/** Every file below the folder with its text, by path; of anything else, what it is. */
export function contents(root: string, below = ""): Record<string, string> {
  const entries = readdirSync(join(root, below), { withFileTypes: true }).toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  );
  return Object.assign(
    {},
    ...entries.map((entry) => {
      const path = join(below, entry.name);
      if (entry.isDirectory()) return contents(root, path);
      return { [path]: entry.isFile() ? readFileSync(join(root, path), "utf8") : "(no file)" };
    }),
  );
}

/** The permissions of a path, `755`. */
export function mode(root: string, path: string): string {
  return (lstatSync(join(root, path)).mode & 0o777).toString(8);
}

export function setMode(root: string, path: string, bits: number): void {
  chmodSync(join(root, path), bits);
}
