import type { ImageChange } from "./images.ts";
import type { Plan } from "./plan.ts";
import type { Section } from "./section.ts";
import type { Line } from "./severity.ts";
import type { WorkflowChange } from "./workflows.ts";

/** The images that must be there before the merge, because no workflow ever pushes a tag that a person has written. */
export function imageSections(images: readonly ImageChange[]): readonly Section[] {
  const known = images.filter(({ isFirst }) => !isFirst);
  const title = "Images, in the registry before the merge: GitHub Actions pushes only the tags that it writes itself";
  return known.length > 0 ? [{ title, commands: [], lines: known.map(imageLine) }] : [];
}

function imageLine({ image, workflow }: ImageChange): Line {
  return { text: `> ${image}; or take a tag that ${workflow} has pushed`, severity: "quiet" };
}

/** Workflows that come, change and go, and those that a person starts, since nothing else does. */
export function workflowSections({ workflows, images }: Pick<Plan, "workflows" | "images">): readonly Section[] {
  const first = images.filter(({ isFirst }) => isFirst);
  const commands = [...new Set(first.map(({ workflow }) => `gh workflow run ${workflow}`))];
  const lines = [...workflows.map(workflowLine), ...first.map(firstLine)];
  const title = `GitHub Actions, after the merge${first.length > 0 ? ": images that nothing builds by itself" : ""}`;
  return lines.length > 0 ? [{ title, commands, lines }] : [];
}

const signs = { new: "+", changed: "~", removed: "-" };

function workflowLine({ workflow, reason }: WorkflowChange): Line {
  return { text: `${signs[reason]} ${workflow}`, severity: "quiet" };
}

function firstLine({ image, workflow, source }: ImageChange): Line {
  const text = `> ${image}: no build has pushed it, so its pods wait; ${workflow} starts by a push to ${source}/, or by this command, and writes its own tag`;
  return { text, severity: "disruptive" };
}
