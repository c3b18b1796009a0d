/** What other programs import: the same as the command line does, without a file system. */
import { compile } from "./compile.ts";
import type { Diagnostic } from "./diagnostic.ts";
import type { GeneratedFile } from "./generated-file.ts";
import type { Model } from "./model/model.ts";

export type { Diagnostic, GeneratedFile, Model };

export interface Rendering {
  /** What is wrong with the topology, in file order. */
  readonly diagnostics: readonly Diagnostic[];
  /** Every generated file, by path; null where a diagnostic is an error. */
  readonly files: readonly GeneratedFile[] | null;
  /** What the topology means; null where a diagnostic is an error. */
  readonly model: Model | null;
}

/** Renders the text of a topology. `file` is its name, for diagnostics and for the files' first lines. Reads and writes nothing. */
export function render(file: string, text: string): Rendering {
  const { diagnostics, tree } = compile(file, text);
  return { diagnostics, files: tree?.files ?? null, model: tree?.model ?? null };
}
