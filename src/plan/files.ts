import { diffLines } from "diff";
import type { GeneratedFile } from "../generated-file.ts";
import { distinct } from "../order.ts";

/** A generated file that differs. A text is null where there is no such file. */
export interface FileChange {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Lines. */
  readonly added: number;
  readonly removed: number;
}

/** The files that differ, by path. */
export function changedFiles(before: readonly GeneratedFile[], after: readonly GeneratedFile[]): readonly FileChange[] {
  const [old, now] = [textsByPath(before), textsByPath(after)];
  const paths = distinct([...old.keys(), ...now.keys()]).filter((path) => old.get(path) !== now.get(path));
  return paths.map((path) => fileChange(path, old.get(path) ?? null, now.get(path) ?? null));
}

function textsByPath(files: readonly GeneratedFile[]): ReadonlyMap<string, string> {
  return new Map(files.map(({ path, text }) => [path, text]));
}

function fileChange(path: string, before: string | null, after: string | null): FileChange {
  const parts = diffLines(before ?? "", after ?? "");
  const lines = (chosen: typeof parts): number => chosen.reduce((sum, { count = 0 }) => sum + count, 0);
  const added = lines(parts.filter((part) => part.added));
  const removed = lines(parts.filter((part) => part.removed));
  return { path, before, after, added, removed };
}
