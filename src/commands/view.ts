import { htmlPage } from "../../generators/docs/html-page.ts";
import { pageData } from "../../generators/docs/page-model.ts";
import type { ThingId } from "../../generators/docs/page-data.ts";
import type { Compilation, Progress } from "../compile.ts";
import { writeText } from "../files.ts";
import { asTopology } from "../schema/schema.ts";
import { findNamed, requireFolderOf } from "./named-files.ts";
import { MOST_THINGS, outputLines } from "./output-lines.ts";
import { invalid, type Outcome } from "./outcome.ts";

/**
 * Writes the page of the generated tree (`docs/topology.html`) with the lines of all outputs in it: those change too often
 * to be kept in the tree.
 */
export function view(to: string, { source, diagnostics, tree }: Compilation, begin: Progress = () => {}): Outcome {
  if (!tree) return invalid(source.text, diagnostics);
  const { model } = tree;
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
  const data = pageData(model);
  const ids = Object.keys(data.things) as ThingId[];
  const isSmall = ids.length <= MOST_THINGS;
  const lines = isSmall ? outputLines({ topology: asTopology(source.value), model }, ids, begin) : null;
  writeText(to, htmlPage(model, { ...data, lines }));
  const left = `, without the lines of the outputs: they are found for ${MOST_THINGS} things at most, and it has ${ids.length}`;
  return summary(`${to} is written${isSmall ? "" : left}.`, true);
}

const OURS = '<meta name="generator" content="topogen">';
