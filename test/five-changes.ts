import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { compile } from "../src/compile.ts";

/** The topology.yaml of the 14 nodes, and what it is after each of the five edits that the README shows, in their order. */
export async function fiveChanges(): Promise<{ readonly before: string; readonly after: readonly string[] }> {
  const { edited } = (await import(String(pathToFileURL("docs/tutorial.mjs")))) as {
    edited: (text: string, edit: string) => string;
  };
  const before = readFileSync("topology.yaml", "utf8");
  const edits = [...readFileSync("README.md", "utf8").matchAll(/```diff\n([^]*?)```/g)];
  return { before, after: edits.map(([, edit]) => edited(before, edit as string)) };
}

/** The paths of the generated files in which two topologies differ, topology.yaml among them. */
export function changedFiles(before: string, after: string): string[] {
  const [one, other] = [before, after].map((text) => {
    const files = compile("topology.yaml", text).tree?.files ?? [];
    return new Map([["topology.yaml", text], ...files.map(({ path, text }) => [path, text] as const)]);
  }) as [Map<string, string>, Map<string, string>];
  return [...new Set([...one.keys(), ...other.keys()])].filter((path) => one.get(path) !== other.get(path));
}
