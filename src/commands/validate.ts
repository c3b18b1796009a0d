import type { Compilation } from "../compile.ts";
import { count } from "../count.ts";
import { invalid, type Outcome } from "./outcome.ts";

/** Whether the topology is valid. Nothing is read but the topology. */
export function validate({ source, diagnostics, tree }: Compilation): Outcome {
  if (!tree) return invalid(source.text, diagnostics);
  const summary = `${source.file} is valid: ${count(tree.model.nodes.length, "node")}, ${count(tree.files.length, "generated file")}.`;
  return { isClean: true, text: source.text, diagnostics, drift: [], summary };
}
