import type { Compilation } from "../src/compile.ts";
import type { GeneratedFile } from "../src/generated-file.ts";
import type { Model } from "../src/model/model.ts";
import { readSource } from "../src/source/source.ts";

/** As much of a model as writing files asks for. */
const model = {
  paths: { output: "out", terraform: "out/terraform", ansible: "out/ansible", kubernetes: "out/kubernetes" },
  git: { branch: "main" },
  kubernetes: { minor: "1.32" },
  nodes: [],
} as unknown as Model;

/** A compilation that has made these files: path and text. Those that end in .sh are executable. */
export function compilationOf(files: Readonly<Record<string, string>>): Compilation {
  const generated = Object.entries(files).map(([path, text]): GeneratedFile => {
    return path.endsWith(".sh") ? { path, text, executable: true } : { path, text };
  });
  return {
    source: readSource("topology.yaml", "topology: v1\n"),
    diagnostics: [],
    tree: { model, output: "out", files: generated, absences: [] },
  };
}
