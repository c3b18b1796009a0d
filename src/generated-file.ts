import type { Model } from "./model/model.ts";

/** One output: its path from the repository's root with "/" between the parts, and its whole text (LF, final newline). */
export interface GeneratedFile {
  readonly path: string;
  readonly text: string;
  /** Set for scripts: the file is written with mode 0755 in place of 0644. */
  readonly executable?: true;
}

/** Renders one target. Pure: it reads the model and nothing else. */
export type Generator = (model: Model) => readonly GeneratedFile[];
