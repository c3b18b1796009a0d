import type { FileChange } from "./files.ts";
import type { Plan } from "./plan.ts";

/** The plan for programs: as it is, without the files' texts. Members may be added; those that there are keep their meaning. */
export function planJson(plan: Plan): object {
  return { ...plan, files: plan.files.map(fileJson) };
}

function fileJson({ path, before, after, added, removed }: FileChange): object {
  return { path, change: before === null ? "added" : after === null ? "removed" : "changed", added, removed };
}
