import type { GeneratedFile } from "../../src/generated-file.ts";
import tree from "./tree?folder";

/** The part of the tree that is the same for every topology: the folder `tree`, as it is. */
export const staticFiles: readonly GeneratedFile[] = tree.map((file) =>
  file.path.endsWith(".sh") ? { ...file, executable: true } : file,
);
