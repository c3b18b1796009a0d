import type { Generator } from "../../src/generated-file.ts";
import { buildWorkflow } from "./build-workflow.ts";
import testImage from "./test-image.sh";
import { topologyWorkflow } from "./topology-workflow.ts";
import writeTag from "./write-tag.sh";

/** The workflows, where GitHub Actions looks for them, and the scripts that they run. */
export const workflows: Generator = (model) => [
  { path: ".github/workflows/topology.yml", text: topologyWorkflow(model) },
  ...model.registry.repositories.map((repository) => ({
    path: `.github/workflows/build-${repository.name}.yml`,
    text: buildWorkflow(model, repository),
  })),
  { path: `${model.paths.bin}/test-image.sh`, text: testImage, executable: true },
  { path: `${model.paths.bin}/write-tag.sh`, text: writeTag, executable: true },
];
