import type { Model } from "../../src/model/model.ts";
import { yaml } from "../../src/output/yaml.ts";
import { checkout, installTopogen, runner } from "./actions.ts";

/** On a pull request: topology.yaml is valid, and the committed tree is what it generates. Nothing is written. */
export function topologyWorkflow({ git }: Model): string {
  return yaml({
    name: "topology",
    on: { pull_request: { branches: [git.branch] } },
    permissions: {},
    concurrency: { group: "topology-${{ github.ref }}", "cancel-in-progress": true },
    jobs: {
      check: {
        name: "Check",
        "runs-on": runner,
        "timeout-minutes": 10,
        permissions: { contents: "read" },
        steps: [
          checkout(),
          ...installTopogen,
          { name: "The topology is valid", run: "npm run validate" },
          { name: "The committed tree is what it generates", run: "npm run check" },
        ],
      },
    },
  });
}
