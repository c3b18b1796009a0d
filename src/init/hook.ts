import { sh } from "../output/quote.ts";
import preCommit from "./pre-commit.sh";

/** The Git hook for a topology of this name, at the top of its work tree. */
export function hookText(topology: string): string {
  return preCommit.replace("/topology.yaml", () => `/${sh(topology)}`);
}
