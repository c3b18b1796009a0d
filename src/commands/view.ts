import { htmlPage } from "../../generators/docs/html-page.ts";
import { pageData } from "../../generators/docs/page-model.ts";
import type { Compilation } from "../compile.ts";
import { writeText } from "../files.ts";
import { outputLines } from "../explore/output-lines.ts";
import { findNamed, requireFolderOf } from "./named-files.ts";
import { invalid, type Outcome } from "./outcome.ts";

/**
 * Writes the page of the generated tree (`docs/topology.html`) with the lines of all outputs in it: those change too often
 * to be kept in the tree.
 */
export function view(to: string, { source, diagnostics, tree }: Compilation): Outcome {
  if (!tree) return invalid(source.text, diagnostics);
  const { model, files } = tree;
  const summary = (words: string, isClean: boolean): Outcome => ({
    isClean,
    text: source.text,
    diagnostics,
    drift: [],
    summary: words,
  });
  requireFolderOf(to);
  const existing = findNamed("to", to);
  if (existing !== null && !existing.includes(OURS))
    return summary(`${to} is there already, and not topogen's. Nothing was written.`, false);
  const page = htmlPage(model, { ...pageData(model), lines: outputLines(model, files) });
  writeText(to, page);
  return summary(`${to} is written.`, true);
}

const OURS = '<meta name="generator" content="topogen">';
