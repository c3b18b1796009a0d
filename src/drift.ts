/** How the files of the tree differ from what the topology says. */
import type { Tree } from "./compile.ts";
import type { GeneratedFile } from "./generated-file.ts";
import { isGenerated } from "./output/header.ts";
import { type Ownership, sha256 } from "./output/manifest.ts";
import { manifestPaths } from "./output/paths.ts";

/** What stands at a path. */
export type Found =
  | { readonly kind: "nothing" }
  | { readonly kind: "file"; readonly content: Buffer; readonly isExecutable: boolean }
  /** A symbolic link, a folder or the like, at the path or on the way to it. */
  | { readonly kind: "obstacle"; readonly path: string; readonly what: string };

/** The tree as a run finds it. */
export interface Snapshot {
  /** What stands at a path, read at this moment. */
  readonly at: (path: string) => Found;
  readonly owned: Ownership;
  /** Why the manifest cannot be used, if so. */
  readonly manifestProblem: string | null;
  /** Whether a run was interrupted before it had written all files. */
  readonly isInterrupted: boolean;
  /** Whether a run holds the lock, or has left it. */
  readonly isLocked: boolean;
}

export type DriftKind =
  /** Not there. */
  | "missing"
  /** As generated earlier; the topology has changed since. */
  | "stale"
  /** Generated earlier, and changed by hand since. */
  | "edited"
  /** Not ours, and in the way of a generated file. */
  | "foreign"
  /** Something other than a file is in the way. */
  | "obstructed"
  /** Generated earlier, and no longer. */
  | "orphaned"
  /** Orphaned, and changed by hand since. */
  | "abandoned"
  /** The manifest cannot be used. */
  | "unreadable"
  /** Left over by a run that was interrupted. */
  | "interrupted";

/** One file that is not as the topology says. */
export interface Drift {
  readonly path: string;
  readonly kind: DriftKind;
  /** What is in the way, or wrong with the manifest. */
  readonly detail?: string;
  /** What is there, and what is to be there. */
  readonly is: string | null;
  readonly shouldBe: string | null;
  /** Of a missing file: whether it was generated just so before, and has only been deleted. */
  readonly isDeleted?: boolean;
}

/** What a run is to do to the tree. */
export interface Change {
  readonly write: readonly GeneratedFile[];
  readonly remove: readonly string[];
  /** The new manifest's text. */
  readonly manifest: string;
}

/** All differences, by path, the manifest's last. Nothing differs if and only if there are none. */
export function compare(tree: Tree, manifest: string, snapshot: Snapshot): readonly Drift[] {
  const wanted = new Set(tree.files.map(({ path }) => path));
  const orphans = [...snapshot.owned.keys()].filter((path) => !wanted.has(path));
  const files = [
    ...tree.files.flatMap((file) => wantedDrift(file, snapshot)),
    ...orphans.flatMap((path) => orphanDrift(path, snapshot)),
  ];
  const lost = files.filter((drift) => drift.kind === "foreign" && isGenerated(drift.is));
  const isKnown = snapshot.owned.size > 0 || lost.length === 0;
  const told = isKnown ? files : files.filter((drift) => !lost.includes(drift));
  const drift = [...told, ...(isKnown ? manifestDrift(tree.output, manifest, snapshot) : [listLost(tree, snapshot)])];
  const paths = new Set<string>();
  return drift.filter(({ path }) => !paths.has(path) && paths.add(path));
}

/** Without the manifest nobody knows whose the files are: that is told, and not of each file that it is a stranger's. */
function listLost({ output }: Tree, { manifestProblem }: Snapshot): Drift {
  const path = manifestPaths(output).manifest;
  const detail = manifestProblem ?? "it is not there, and with it the knowledge which files topogen may replace";
  return { path, kind: "unreadable", detail, is: null, shouldBe: null };
}

function wantedDrift({ path, text, executable }: GeneratedFile, snapshot: Snapshot): Drift[] {
  const found = snapshot.at(path);
  if (found.kind === "nothing") {
    const isDeleted = isOwn(path, Buffer.from(text), snapshot);
    return [{ path, kind: "missing", is: null, shouldBe: text, isDeleted }];
  }
  if (found.kind === "obstacle") return [obstructed(found, text)];
  const isSame = found.content.equals(Buffer.from(text));
  if (isSame && found.isExecutable === (executable === true)) return [];
  const is = found.content.toString();
  if (isSame || isOwn(path, found.content, snapshot)) return [{ path, kind: "stale", is, shouldBe: text }];
  return [{ path, kind: snapshot.owned.has(path) ? "edited" : "foreign", is, shouldBe: text }];
}

/** About what is in the way, which may be in the way of many files. */
function obstructed({ path, what }: { readonly path: string; readonly what: string }, shouldBe: string): Drift {
  return { path, kind: "obstructed", detail: `it is ${what}`, is: null, shouldBe };
}

function orphanDrift(path: string, snapshot: Snapshot): Drift[] {
  const found = snapshot.at(path);
  if (found.kind !== "file") return [];
  const kind = isOwn(path, found.content, snapshot) ? "orphaned" : "abandoned";
  return [{ path, kind, is: found.content.toString(), shouldBe: null }];
}

function isOwn(path: string, content: Buffer, { owned }: Snapshot): boolean {
  return owned.get(path)?.includes(sha256(content)) ?? false;
}

function manifestDrift(output: string, manifest: string, snapshot: Snapshot): Drift[] {
  const paths = manifestPaths(output);
  const interrupted: Drift[] = snapshot.isInterrupted
    ? [{ path: paths.pending, kind: "interrupted", is: null, shouldBe: null }]
    : [];
  const found = snapshot.at(paths.manifest);
  const drift = { path: paths.manifest, is: null, shouldBe: manifest };
  if (found.kind === "nothing") return [...interrupted, { ...drift, kind: "missing" }];
  if (found.kind === "obstacle") return [...interrupted, obstructed(found, manifest)];
  const is = found.content.toString();
  if (is === manifest) return interrupted;
  const { manifestProblem } = snapshot;
  if (manifestProblem !== null) return [...interrupted, { ...drift, kind: "unreadable", detail: manifestProblem, is }];
  return [...interrupted, { ...drift, kind: "stale", is }];
}
