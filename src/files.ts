/**
 * The only file that touches the file system. Nothing outside of the root is read or written: a path is followed part by
 * part, and a symbolic link anywhere on it is an obstacle. Calls are synchronous, which for many small files is faster.
 */
import * as fs from "node:fs";
import { join, posix } from "node:path";
import type { Found, Snapshot } from "./drift.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { bothOwnerships, type Ownership, readManifest, readPending } from "./output/manifest.ts";
import { foldersOf, manifestPaths } from "./output/paths.ts";

/** The text of a file that the user names; `findText` gives null where there is none. */
export const readText = (path: string): string => fs.readFileSync(path, "utf8");
export const findText = (path: string): string | null => (fs.existsSync(path) ? readText(path) : null);

/** Calls back each time that the file has been written, for as long as the process runs. Asks: an editor may replace the file. */
export const watchText = (path: string, changed: () => void): unknown =>
  fs.watchFile(path, { interval: 200 }, (now, before) => now.mtimeMs !== before.mtimeMs && changed());

/** Replaces the text of a file in the folder, whole or not at all. */
export const writeText = (folder: string, name: string, text: string): void =>
  replaceFiles(folder, [{ path: name, text }]);

/** What stands at the paths, at those that the manifest lists, and at the manifest's own. */
export function readSnapshot(root: string, output: string, paths: readonly string[]): Snapshot {
  const look = lookIn(root);
  const { manifest, pending, lock } = manifestPaths(output);
  const found = new Map<string, Found>([[manifest, look(manifest)]]);
  const listed = ownership(found.get(manifest), (text) => readManifest(text, output));
  const begun = look(pending);
  const owned = bothOwnerships(listed.owned, ownership(begun, (text) => readPending(text, output)).owned);
  for (const path of [...paths, ...owned.keys()]) if (!found.has(path)) found.set(path, look(path));
  const isInterrupted = begun.kind !== "nothing";
  return { found, owned, manifestProblem: listed.problem, isInterrupted, isLocked: look(lock).kind !== "nothing" };
}

function ownership(
  found: Found | undefined,
  read: (text: string) => Ownership,
): { owned: Ownership; problem: string | null } {
  if (found?.kind !== "file") return { owned: new Map(), problem: null };
  try {
    return { owned: read(found.content.toString()), problem: null };
  } catch (error) {
    return { owned: new Map(), problem: (error as Error).message };
  }
}

/** Tells what stands at a path below the root. Folders are looked at once. */
function lookIn(root: string): (path: string) => Found {
  const folders = new Map<string, Found | null>();
  const folderProblem = (folder: string): Found | null => {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const status = fs.lstatSync(join(root, folder), { throwIfNoEntry: false });
    const problem = !status ? nothing : status.isDirectory() ? null : obstacle(folder, status);
    folders.set(folder, problem);
    return problem;
  };
  return (path) => {
    for (const folder of foldersOf(path)) {
      const problem = folderProblem(folder);
      if (problem) return problem;
    }
    const status = fs.lstatSync(join(root, path), { throwIfNoEntry: false });
    if (!status) return nothing;
    if (!status.isFile()) return obstacle(path, status);
    return { kind: "file", content: fs.readFileSync(join(root, path)), isExecutable: (status.mode & 0o100) !== 0 };
  };
}

const nothing: Found = { kind: "nothing" };

function obstacle(path: string, status: fs.Stats): Found {
  const what = status.isSymbolicLink() ? "a symbolic link" : status.isDirectory() ? "a folder" : "no regular file";
  return { kind: "obstacle", what: `${path} is ${what}` };
}

/** What a run is to do to the tree. */
export interface Change {
  readonly write: readonly GeneratedFile[];
  readonly remove: readonly string[];
  /** The new manifest's text. */
  readonly manifest: string;
}

/**
 * Makes the change. Whenever it is interrupted, each file is the old or the new one and the next run heals the tree:
 * 1. the new hashes are noted beside the manifest, so that what this run writes is known to be ours from now on;
 * 2. all files are written under other names, and when all are, renamed to their own;
 * 3. orphans are removed; 4. the manifest is replaced, and the note is removed.
 */
export function applyChange(root: string, output: string, change: Change): void {
  const { manifest, pending } = manifestPaths(output);
  clearLeftovers(root, output);
  note(root, pending, change.manifest);
  replaceFiles(root, change.write);
  for (const path of change.remove) removeFile(root, path);
  replaceFiles(root, [{ path: manifest, text: change.manifest }]);
  fs.unlinkSync(join(root, pending));
  syncFolder(join(root, output));
}

/** Removes what an interrupted run had written under other names. */
function clearLeftovers(root: string, output: string): void {
  const { manifest, pending } = manifestPaths(output);
  const look = lookIn(root);
  const begun = ownership(look(pending), (text) => readPending(text, output)).owned;
  for (const path of [manifest, ...begun.keys()].map(temporaryOf)) {
    if (look(path).kind === "file") fs.unlinkSync(join(root, path));
  }
}

function note(root: string, path: string, text: string): void {
  makeFolders(root, path, new Set());
  const descriptor = fs.openSync(
    join(root, path),
    fs.constants.O_APPEND | fs.constants.O_CREAT | fs.constants.O_WRONLY | fs.constants.O_NOFOLLOW,
    0o644,
  );
  writeAndClose(descriptor, `\n${text}`);
  syncFolder(join(root, posix.dirname(path)));
}

/** Writes files below the root, in place of what stands there; where one cannot be written, none is. */
export function replaceFiles(root: string, files: readonly GeneratedFile[]): void {
  const changed = new Set<string>();
  const staged: string[] = [];
  try {
    for (const file of files) {
      makeFolders(root, file.path, changed);
      staged.push(temporaryOf(file.path));
      stage(root, file);
    }
  } catch (error) {
    for (const path of staged) fs.rmSync(join(root, path), { force: true });
    throw error;
  }
  for (const { path } of files) fs.renameSync(join(root, temporaryOf(path)), join(root, path));
  for (const folder of changed) syncFolder(join(root, folder));
}

/** Makes the folders that the path needs, and adds those whose entries change to `changed`. */
function makeFolders(root: string, path: string, changed: Set<string>): void {
  for (const folder of foldersOf(path)) {
    if (changed.has(folder)) continue;
    const status = fs.lstatSync(join(root, folder), { throwIfNoEntry: false });
    if (status && !status.isDirectory()) throw new Error(`${folder} is not a folder`);
    if (status) continue;
    fs.mkdirSync(join(root, folder));
    fs.chmodSync(join(root, folder), 0o755);
    changed.add(posix.dirname(folder)).add(folder);
  }
  changed.add(posix.dirname(path));
}

function stage(root: string, { path, text, executable }: GeneratedFile): void {
  const temporary = join(root, temporaryOf(path));
  fs.rmSync(temporary, { force: true });
  const descriptor = fs.openSync(temporary, "wx");
  fs.fchmodSync(descriptor, executable ? 0o755 : 0o644);
  writeAndClose(descriptor, text);
}

function writeAndClose(descriptor: number, text: string): void {
  try {
    fs.writeFileSync(descriptor, text);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** `out/a.tf` is written as `out/.a.tf.topogen` first. */
function temporaryOf(path: string): string {
  return posix.join(posix.dirname(path), `.${posix.basename(path)}.topogen`);
}

/** Removes the file, and the folders that are empty then. */
function removeFile(root: string, path: string): void {
  fs.unlinkSync(join(root, path));
  for (const folder of foldersOf(path).toReversed()) {
    if (fs.readdirSync(join(root, folder)).length > 0) return syncFolder(join(root, folder));
    fs.rmdirSync(join(root, folder));
  }
  syncFolder(root);
}

function syncFolder(folder: string): void {
  const descriptor = fs.openSync(folder, "r");
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Who runs: its process number, a way to tell whether another still does, and one to wait for a twentieth of a second. */
export interface Runner {
  readonly id: number;
  readonly isRunning: (id: number) => boolean;
  readonly wait: () => void;
}

/** Runs the action while no other process runs one on the same tree. Throws when the other takes longer than 20 s. */
export function withLock<Result>(root: string, output: string, runner: Runner, action: () => Result): Result {
  const { lock } = manifestPaths(output);
  makeFolders(root, lock, new Set());
  const path = join(root, lock);
  for (let attempt = 1; !tryLock(path, runner); attempt++) {
    if (attempt === 400) throw new Error(`another run of topogen holds ${lock}; remove that file if there is none`);
    removeStaleLock(path, runner, attempt % 20 === 0);
    runner.wait();
  }
  try {
    return action();
  } finally {
    fs.unlinkSync(path);
  }
}

function tryLock(path: string, runner: Runner): boolean {
  try {
    writeAndClose(fs.openSync(path, "wx", 0o644), `${runner.id}`);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  }
}

/**
 * Removes the lock of a process that has died. Of several that want to, only the one that can link the lock to a second name
 * may, and it looks again at what it has linked: the lock may be another's by now. Once a second, what a process has left that
 * died within this very function, or while it wrote its lock, is removed as well.
 */
function removeStaleLock(path: string, { isRunning }: Runner, isOverdue: boolean): void {
  const claim = `${path}.stale`;
  try {
    const holder = fs.readFileSync(path, "utf8");
    if (holder === "" ? !isOverdue : isRunning(Number(holder))) return;
    if (isOverdue) fs.rmSync(claim, { force: true });
    fs.linkSync(path, claim);
    if (fs.readFileSync(claim, "utf8") === holder) fs.unlinkSync(path);
    fs.unlinkSync(claim);
  } catch (error) {
    // Another process was faster: it has removed the lock (ENOENT), or is about to (EEXIST).
    if (!["ENOENT", "EEXIST"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  }
}
