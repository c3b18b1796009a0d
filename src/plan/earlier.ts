/** What there was before, as git knows it. */
import { join } from "node:path";
import type { Tree } from "../compile.ts";
import { findText } from "../files.ts";
import type { GeneratedFile } from "../generated-file.ts";
import { filesAt, isUnborn, mergeBase, namesIn } from "../git.ts";
import { Misuse } from "../misuse.ts";
import { readManifest } from "../output/manifest.ts";
import { manifestPaths } from "../output/paths.ts";

/** A generated tree as it was committed. */
export interface Committed {
  readonly files: readonly GeneratedFile[];
  /** The files in which Terraform reads variables. People write them. */
  readonly variables: readonly GeneratedFile[];
}

/** The tree at a commit, by its own list of files; null where there is none that can be read. */
export function committedTree(folder: string, commit: string, output: string): Committed | null {
  const { manifest } = manifestPaths(output);
  const present = filesAt(folder, commit, [output, ".github/workflows", "atlantis.yaml"]);
  const list = present.find(({ path }) => path === manifest);
  const owned = list && listed(list.text, output);
  if (!owned) return null;
  const isVariables = ({ path }: GeneratedFile): boolean => path.startsWith(`${output}/`) && holdsVariables(path);
  return { files: present.filter(({ path }) => owned.includes(path)), variables: present.filter(isVariables) };
}

function listed(manifest: string, output: string): readonly string[] | null {
  try {
    return [...readManifest(manifest, output).keys()];
  } catch {
    return null;
  }
}

/** https://developer.hashicorp.com/terraform/language/values/variables#assign-values-to-input-variables */
function holdsVariables(path: string): boolean {
  return /(?:\/terraform|\.auto)\.tfvars(?:\.json)?$/.test(path);
}

/** The files with variables that are in the folder now, but for those that git ignores. */
export function variablesIn(folder: string, output: string): readonly GeneratedFile[] {
  const paths = namesIn(folder, output).filter(holdsVariables);
  return paths.flatMap((path) => {
    const text = findText(join(folder, path));
    return text === null ? [] : [{ path, text }];
  });
}

/**
 * The tree of the commit at which the branch has left the main branch: what may run. Empty where nothing has been committed
 * yet; null where git does not know, or there is no git.
 */
export function mergedFiles(folder: string, { model, output }: Tree): readonly GeneratedFile[] | null {
  try {
    if (isUnborn(folder)) return [];
    return committedTree(folder, mergeBase(folder, model.git.branch), output)?.files ?? null;
  } catch (error) {
    if (error instanceof Misuse) return null;
    throw error;
  }
}
