/**
 * The list of the generated files, `<sha256>  <path>` a line, by path: `sha256sum -c out/MANIFEST` reads it in the
 * repository's root. It says which files are ours to replace and to remove, and is read as untrusted input.
 */
import { createHash } from "node:crypto";
import type { GeneratedFile } from "../generated-file.ts";
import { byCodeUnit } from "../order.ts";
import { checkPaths } from "./paths.ts";

/** The hashes that a path may have as ours. One, but for an interrupted run, which leaves the old and the new. */
export type Ownership = ReadonlyMap<string, readonly string[]>;

export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

export function writeManifest(files: readonly GeneratedFile[]): string {
  const sorted = files.toSorted((one, other) => byCodeUnit(one.path, other.path));
  return sorted.map(({ path, text }) => `${sha256(text)}  ${path}\n`).join("");
}

/**
 * Throws a message for people where a line is malformed, or a path is none that we write. Where Git has left the lists of two
 * branches in conflict, both count: each file is as one of the two branches made it.
 */
export function readManifest(text: string, output: string): Ownership {
  const isConflict = /^<{7} /m.test(text);
  const lines = isConflict ? text.replace(/^(?:<{7}|\|{7}|={7}|>{7}).*\n?/gm, "") : text;
  const entries = lines.split("\n").flatMap((line, at) => (line === "" ? [] : [entryOf(line, at + 1)]));
  const owned = ownershipOf(entries);
  if (!isConflict && owned.size < entries.length) throw new Error("a path is listed twice");
  checkPaths([...owned.keys()], output);
  return owned;
}

/** What an interrupted run had begun to write. Its last line may be cut off. */
export function readPending(text: string, output: string): Ownership {
  const owned = ownershipOf(text.split("\n").flatMap((line) => (entryForm.test(line) ? [entryOf(line, 0)] : [])));
  checkPaths([...owned.keys()], output);
  return owned;
}

type Entry = readonly [path: string, digest: string];

const entryForm = /^([0-9a-f]{64}) {2}(.+)$/;

function entryOf(line: string, number: number): Entry {
  const [, digest, path] = entryForm.exec(line) ?? [];
  if (digest === undefined || path === undefined) throw new Error(`line ${number} is not "<sha256>  <path>"`);
  return [path, digest];
}

function ownershipOf(entries: readonly Entry[]): Ownership {
  const owned = new Map<string, string[]>();
  for (const [path, digest] of entries) owned.set(path, [...(owned.get(path) ?? []), digest]);
  return owned;
}

/** What either of two lists owns. */
export function bothOwnerships(one: Ownership, other: Ownership): Ownership {
  const owned = new Map(one);
  for (const [path, digests] of other) owned.set(path, [...new Set([...(owned.get(path) ?? []), ...digests])]);
  return owned;
}
