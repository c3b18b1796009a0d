/**
 * The only file that touches the file system. Nothing outside of the root is read or written: a path is followed part by
 * part, and a symbolic link anywhere on it is an obstacle. Calls are synchronous, which for many small files is faster.
 */
import * as fs from "node:fs";
import { basename, dirname, join, posix } from "node:path";
import type { Change, Found, Snapshot } from "./drift.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { bothOwnerships, type Ownership, readManifest, readPending } from "./output/manifest.ts";
import { foldersOf, manifestPaths } from "./output/paths.ts";
import type { Runner } from "./runner.ts";
import { utf8 } from "./source/utf8.ts";

/** The text of a file that the user names; `findText` gives null without it. */
export const readText = (path: string): string => utf8(path, fs.readFileSync(path));
export const findText = (path: string): string | null => (fs.existsSync(path) ? readText(path) : null);
export const isFolder = (path: string): boolean => fs.existsSync(`${path}/.`);
/** Calls back each time that the file has been written, for as long as the process runs. Asks: an editor may replace the file. */
export const watchText = (path: string, changed: () => void): unknown =>
  fs.watchFile(path, { interval: 200 }, (now, before) => now.mtimeMs !== before.mtimeMs && changed());
/** Replaces the text of a file that the user names, whole or not at all; of a symbolic link, the file that it leads to. */
export const writeText = (path: string, text: string): void =>
  replaceFiles(dirname(followed(path)), [{ path: basename(followed(path)), text }]);
const followed = (path: string): string => (fs.existsSync(path) ? fs.realpathSync(path) : path);

/** What a run finds. Files are read when they are asked for, and not kept: there may be many. */
export function openSnapshot(root: string, output: string): Snapshot {
  const at = lookIn(root);
  const { manifest, pending, lock } = manifestPaths(output);
  const listed = ownership(at(manifest), (text) => readManifest(text, output));
  const begun = at(pending);
  const owned = bothOwnerships(listed.owned, ownership(begun, (text) => readPending(text, output)).owned);
  const isInterrupted = begun.kind === "file";
  return { at, owned, manifestProblem: listed.problem, isInterrupted, isLocked: at(lock).kind === "file" };
}

function ownership(found: Found, read: (text: string) => Ownership): { owned: Ownership; problem: string | null } {
  try {
    return { owned: found.kind === "file" ? read(found.content.toString()) : new Map(), problem: null };
  } catch (error) {
    return { owned: new Map(), problem: (error as Error).message };
  }
}

/** Tells what stands at a path below the root. Folders are looked at once. */
function lookIn(root: string): (path: string) => Found {
  const folders = new Map<string, Found | null>();
  const folderProblem = (folder: string): Found | null => {
    if (!folders.has(folder)) {
      const status = fs.lstatSync(join(root, folder), { throwIfNoEntry: false });
      folders.set(folder, !status ? nothing : status.isDirectory() ? null : obstacle(folder, status));
    }
    return folders.get(folder) ?? null;
  };
  return (path) => {
    for (const folder of foldersOf(path)) {
      const problem = folderProblem(folder);
      if (problem) return problem;
    }
    const status = fs.lstatSync(join(root, path), { throwIfNoEntry: false });
    if (!status) return nothing;
    if (!status.isFile()) return obstacle(path, status);
    try {
      return { kind: "file", content: fs.readFileSync(join(root, path)), isExecutable: (status.mode & 0o100) !== 0 };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return nothing; // Another run has just removed it.
      throw error;
    }
  };
}

const nothing: Found = { kind: "nothing" };

function obstacle(path: string, status: fs.Stats): Found {
  const what = status.isSymbolicLink() ? "a symbolic link" : status.isDirectory() ? "a folder" : "no regular file";
  return { kind: "obstacle", path, what };
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
  folderMaker(root).makeFor(path);
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
  const { makeFor, changed } = folderMaker(root);
  const staged: string[] = [];
  try {
    for (const file of files) {
      makeFor(file.path);
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

/** Makes the folders that paths need, and knows all folders whose entries change. */
function folderMaker(root: string): { makeFor: (path: string) => void; changed: ReadonlySet<string> } {
  const known = new Set<string>();
  const changed = new Set<string>();
  const make = (folder: string): void => {
    const path = join(root, folder);
    // With `recursive`, a folder that another run makes at this moment is no error.
    const isNew =
      fs.lstatSync(path, { throwIfNoEntry: false }) === undefined && fs.mkdirSync(path, { recursive: true });
    if (!fs.lstatSync(path).isDirectory()) throw refusal("ENOTDIR", `${folder} is not a folder`);
    known.add(folder);
    if (!isNew) return;
    fs.chmodSync(path, 0o755);
    changed.add(posix.dirname(folder));
  };
  const makeFor = (path: string): void => {
    for (const folder of foldersOf(path)) if (!known.has(folder)) make(folder);
    changed.add(posix.dirname(path));
  };
  return { makeFor, changed };
}

function stage(root: string, { path, text, executable }: GeneratedFile): void {
  const descriptor = openNew(join(root, temporaryOf(path)));
  fs.fchmodSync(descriptor, executable ? 0o755 : 0o644);
  writeAndClose(descriptor, text);
}

/** A new file, in place of what a run that was interrupted has left. */
function openNew(path: string): number {
  try {
    return fs.openSync(path, "wx");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    fs.unlinkSync(path);
    return fs.openSync(path, "wx");
  }
}

const writeAndClose = (descriptor: number, text: string): void =>
  syncAndClose(descriptor, () => fs.writeFileSync(descriptor, text));

function syncAndClose(descriptor: number, change: () => void): void {
  try {
    change();
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

const syncFolder = (folder: string): void => syncAndClose(fs.openSync(folder, "r"), () => {});

/** Runs the action while no other process runs one on the same tree. Throws when the other takes longer than 20 s. */
export function withLock<Result>(root: string, output: string, runner: Runner, action: () => Result): Result {
  const { lock } = manifestPaths(output);
  folderMaker(root).makeFor(lock);
  const path = join(root, lock);
  for (let attempt = 1; !tryLock(path, runner); attempt++) {
    if (attempt === 400) throw refusal("ELOCKED", `another run of topogen holds ${lock}; remove it if there is none`);
    removeStaleLock(path, runner, attempt % 20 === 0);
    runner.wait();
  }
  try {
    return action();
  } finally {
    fs.unlinkSync(path);
  }
}

/** Something that the user can put right: with a code, as the errors of the file system have one. */
const refusal = (code: string, message: string): Error => Object.assign(new Error(message), { code });

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
 * Removes the lock of a process that has died. Of several that want to, one alone may link the lock to a second name; it looks
 * again at what it has linked, which may be another's by now. Once a second it also removes what one left that died in here.
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
