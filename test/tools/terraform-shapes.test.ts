import { suite } from "uvu";
import * as assert from "uvu/assert";
import { moto, startFakeAws } from "./fake-aws.ts";
import { provider, TerraformRoot, terraformFiles } from "./terraform-root.ts";
import { shapes } from "./terraform-shapes.ts";
import { needs } from "./tool.ts";

const test = suite("terraform: other shapes");
const step = needs(test, "terraform", provider, moto);

/** Runs the action on a shape's root, in an empty account of its own. */
async function withRoot(topology: string, action: (root: TerraformRoot) => Promise<void>): Promise<void> {
  const { model, files } = terraformFiles(topology);
  const aws = await startFakeAws(model);
  const root = new TerraformRoot(files, aws.env);
  try {
    root.keepStateHere();
    await root.init();
    await root.run(["validate"], 60);
    await action(root);
  } finally {
    aws.stop();
    root.remove();
  }
}

for (const [name, topology] of shapes) {
  step(`${name}: valid, and a plan of additions only`, () =>
    withRoot(topology, async (root) => {
      const planned = Object.values(await root.plan());
      assert.ok(planned.length > 100);
      assert.equal(
        planned.filter(({ actions }) => actions !== "create"),
        [],
      );
    }),
  );
}

step("three control-plane nodes apply, and then plan to nothing", () =>
  withRoot(shapes.get("three-control-planes") ?? "", async (root) => {
    await root.run(["apply", "-auto-approve", "-parallelism=40"], 600);
    assert.equal(await root.plan(), {});
  }),
);

test.run();
