import type { Tree } from "../compile.ts";
import type { Drift } from "../drift.ts";
import type { GeneratedFile } from "../generated-file.ts";

/**
 * The tree that lies on the disk, from how it differs from the one that is to lie there. What has only been deleted counts as
 * there: who restores it gives nobody anything to do.
 */
export function previousFiles(drift: readonly Drift[], { files }: Tree): readonly GeneratedFile[] {
  const differing = new Set(drift.filter(({ isDeleted }) => !isDeleted).map(({ path }) => path));
  const same = files.filter(({ path }) => !differing.has(path));
  const earlier = drift.filter(({ kind }) => generated.includes(kind));
  return [...same, ...earlier.flatMap(({ path, is }) => (is === null ? [] : [{ path, text: is }]))];
}

const generated = ["stale", "edited", "orphaned"];

/**
 * The outcome of a comparison with the tree on the disk; undefined where that tree cannot be read. It may have been written by
 * hand, or by a version of topogen that wrote what this one does not know, and neither may keep `gen` from its work.
 */
export function ifReadable<Outcome>(compare: () => Outcome): Outcome | undefined {
  try {
    return compare();
  } catch {
    return undefined;
  }
}
