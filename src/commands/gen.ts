import type { Compilation, Tree } from "../compile.ts";
import { compare, type Drift, type DriftKind } from "../drift.ts";
import { applyChange, openSnapshot, withLock } from "../files.ts";
import { writeManifest } from "../output/manifest.ts";
import { mergedFiles } from "../plan/earlier.ts";
import { gate } from "../plan/gate.ts";
import { nextSteps } from "../plan/next-steps.ts";
import { place } from "../source/position.ts";
import type { Runner } from "../runner.ts";
import type { Source } from "../source/source.ts";
import { count } from "../count.ts";
import { invalid, type Outcome } from "./outcome.ts";

/** Where to write, who does, and whether files that were changed by hand are overwritten. */
export interface Generation {
  readonly root: string;
  readonly runner: Runner;
  readonly force: boolean;
  /** Names of nodes and resources that may be destroyed although they are active, or protected. */
  readonly allowDestroy: readonly string[];
}

/** Makes the tree below the root what the topology says; where that would destroy something, says so and changes nothing. */
export function gen(generation: Generation, { source, diagnostics, tree }: Compilation): Outcome {
  if (!tree) return invalid(source.text, diagnostics);
  const { root, runner } = generation;
  const manifest = writeManifest(tree.files);
  const decide = ({ drift }: Look): Result | undefined =>
    refusal(generation, drift, tree) ?? gated(generation, drift, tree, source);
  const decideAndWrite = (): Result => {
    const found = look(root, tree, manifest);
    return decide(found) ?? write(root, found.drift, tree, manifest);
  };
  // Looks first without the lock, which is itself a file: a run that has nothing to write, or must not, changes nothing at all.
  const first = look(root, tree, manifest);
  const isDone = first.drift.length === 0 && !first.isLocked;
  const outcome = isDone
    ? result(tree, [], [])
    : ((first.isAlone ? decide(first) : undefined) ?? withLock(root, tree.output, runner, decideAndWrite));
  return { text: source.text, diagnostics, ...outcome };
}

interface Look {
  readonly drift: readonly Drift[];
  readonly isLocked: boolean;
  /** Whether no other run can have been at work while the tree was looked at: it has never been generated. */
  readonly isAlone: boolean;
}

function look(root: string, tree: Tree, manifest: string): Look {
  const snapshot = openSnapshot(root, tree.output);
  const { isLocked, owned } = snapshot;
  return { drift: compare(tree, manifest, snapshot), isLocked, isAlone: !isLocked && owned.size === 0 };
}

type Result = Pick<Outcome, "isClean" | "drift" | "summary" | "changes" | "absences" | "next"> &
  Partial<Pick<Outcome, "diagnostics">>;

const never: readonly DriftKind[] = ["foreign", "obstructed", "unreadable"];
const onlyByForce: readonly DriftKind[] = ["edited"];

function refusal({ force }: Generation, drift: readonly Drift[], tree: Tree): Result | undefined {
  const refused = drift.filter(({ kind }) => never.includes(kind) || (!force && onlyByForce.includes(kind)));
  if (refused.length > 0) {
    return {
      isClean: false,
      drift: refused,
      summary: `${count(refused.length, "file")} in the way. Nothing was written.`,
    };
  }
  const removed = drift.filter(({ kind }) => kind === "orphaned");
  if (force || removed.length < 10 || removed.length <= tree.files.length) return undefined;
  const summary = `This would remove ${removed.length} files and keep ${tree.files.length}. If that is meant, add --force. Nothing was written.`;
  return { isClean: false, drift: removed, summary };
}

function gated(
  { root, allowDestroy }: Generation,
  drift: readonly Drift[],
  tree: Tree,
  source: Source,
): Result | undefined {
  const { ansible, kubernetes, terraform } = tree.model.paths;
  const folders = [ansible, kubernetes, terraform].map((folder) => `${folder}/`);
  const isActedOn = ({ is, path }: Drift): boolean => is !== null && folders.some((folder) => path.startsWith(folder));
  if (!drift.some(isActedOn)) return undefined; // Git is asked only where something changes on which somebody acts.
  const diagnostics = place(source, gate(drift, tree, { allowed: allowDestroy, merged: mergedFiles(root, tree) }));
  if (diagnostics.length === 0) return undefined;
  return { isClean: false, drift: [], diagnostics, summary: "This would destroy what is in use. Nothing was written." };
}

function write(root: string, drift: readonly Drift[], tree: Tree, manifest: string): Result {
  if (drift.length === 0) return result(tree, [], []);
  const differing = new Set(drift.map(({ path }) => path));
  const files = tree.files.filter(({ path }) => differing.has(path));
  const remove = drift.filter(({ kind }) => kind === "orphaned").map(({ path }) => path);
  applyChange(root, tree.output, { write: files, remove, manifest });
  return {
    ...result(
      tree,
      files.map(({ path }) => path),
      remove,
    ),
    drift: drift.filter(({ kind }) => kind === "abandoned"),
    next: nextSteps(drift, tree),
  };
}

function result(tree: Tree, written: readonly string[], removed: readonly string[]): Result {
  const unchanged = tree.files.length - written.length;
  const summary = `${count(written.length, "file")} written, ${removed.length} removed, ${unchanged} unchanged.`;
  return { isClean: true, drift: [], summary, changes: { written, removed, unchanged }, absences: tree.absences };
}
