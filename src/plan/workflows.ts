import type { FileChange } from "./files.ts";

/** A workflow of GitHub Actions that comes, changes or goes. */
export interface WorkflowChange {
  /** `.github/workflows/build-auth.yml` */
  readonly workflow: string;
  readonly reason: "new" | "changed" | "removed";
}

export function planWorkflows(files: readonly FileChange[]): readonly WorkflowChange[] {
  return files.filter(({ path }) => path.startsWith(".github/workflows/")).map(workflowChange);
}

function workflowChange({ path, before, after }: FileChange): WorkflowChange {
  return { workflow: path, reason: before === null ? "new" : after === null ? "removed" : "changed" };
}
