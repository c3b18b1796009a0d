import { readFileSync } from "node:fs";
import { compile, type Tree } from "../src/compile.ts";
import { edit } from "../src/edit.ts";
import { parsePath } from "../src/path-text.ts";
import { type Plan, plan } from "../src/plan/plan.ts";

/** The repository's own topology.yaml. */
export const text = readFileSync("topology.yaml", "utf8");

/** A path of the topology, and the value that is set there. */
export type Setting = readonly [path: string, value: unknown];

/** A topology's text with some values set. */
export function edited(topology: string, ...settings: readonly Setting[]): string {
  return settings.reduce((current, [path, value]) => {
    const result = edit(current, parsePath(path), value);
    if ("refusal" in result) throw new Error(result.refusal);
    return result.text;
  }, topology);
}

export interface Compiled {
  readonly topology: unknown;
  readonly tree: Tree;
}

const known = new Map<string, Compiled>();

export function compiled(topology: string): Compiled {
  const result = known.get(topology) ?? compileAnew(topology);
  known.set(topology, result);
  return result;
}

function compileAnew(topology: string): Compiled {
  const { source, tree, diagnostics } = compile("topology.yaml", topology);
  if (!tree) throw new Error(diagnostics.map(({ message }) => message).join("\n"));
  return { topology: source.value, tree };
}

/** What follows from one text of a topology in place of another. */
export function planBetween(before: string, after: string): Plan {
  const { topology, tree } = compiled(before);
  return plan({ topology, files: tree.files, output: tree.output }, compiled(after));
}

/** What follows from setting some values in the 14 nodes. */
export function planOf(...settings: readonly Setting[]): Plan {
  return planBetween(text, edited(text, ...settings));
}
