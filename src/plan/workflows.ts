import type { Model, Service } from "../model/model.ts";
import type { FileChange } from "./files.ts";

/** What GitHub Actions has to do with the edit. */
export interface WorkflowChange {
  /** `.github/workflows/build-auth.yml` */
  readonly workflow: string;
  readonly reason: "new" | "changed" | "removed" | "image";
  /** Images that this workflow builds and that the cluster asks for from now on. */
  readonly images: readonly string[];
}

/** Workflows that come, change and go, and those that must have pushed an image before Argo CD asks for it. */
export function planWorkflows(files: readonly FileChange[], { services }: Model): readonly WorkflowChange[] {
  const asked = services.filter(
    ({ image }) => asksFor(image.reference, "after") && !asksFor(image.reference, "before"),
  );
  function asksFor(image: string, side: "before" | "after"): boolean {
    return files.some((file) => file[side]?.includes(`image: ${image}\n`));
  }
  const changed = files.filter(({ path }) => path.startsWith(folder)).map((file) => workflowChange(file, asked));
  const others = asked.filter((service) => !changed.some(({ workflow }) => workflow === workflowOf(service)));
  const builds = [...new Set(others.map(workflowOf))].map((workflow): WorkflowChange => {
    return { workflow, reason: "image", images: imagesOf(workflow, asked) };
  });
  return [...changed, ...builds].sort((one, other) => (one.workflow < other.workflow ? -1 : 1));
}

const folder = ".github/workflows/";

function workflowOf({ image }: Service): string {
  return `${folder}build-${image.repository}.yml`;
}

function imagesOf(workflow: string, services: readonly Service[]): readonly string[] {
  const images = services.filter((service) => workflowOf(service) === workflow).map(({ image }) => image.reference);
  return [...new Set(images)].sort();
}

function workflowChange({ path, before, after }: FileChange, asked: readonly Service[]): WorkflowChange {
  const reason = before === null ? "new" : after === null ? "removed" : "changed";
  return { workflow: path, reason, images: imagesOf(path, asked) };
}
