import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { GeneratedFile } from "../../src/generated-file.ts";
import { changedFiles } from "../../src/plan/files.ts";
import { planTerraform } from "../../src/plan/terraform.ts";
import type { Action, ResourceChange } from "../../src/plan/terraform/changes.ts";
import { compiled, text } from "../plan-of.ts";
import { type RandomEdit, randomEdits } from "../random-edits.ts";
import { type FakeAws, moto, startFakeAws } from "./fake-aws.ts";
import { type Planned, provider, TerraformRoot, terraformFiles } from "./terraform-root.ts";
import { needs } from "./tool.ts";

// What `topogen plan` says of Terraform, without a state and without AWS, beside what the real `terraform plan` says over the
// applied 14 nodes: the same addresses, and the same actions. `npm run test:plan` does it for 200 edits.
const test = suite("plan and terraform plan");
const step = needs(test, "terraform", provider, moto);

const count = Number(process.env["TOPOGEN_RANDOM_EDITS"] ?? 30);
const seed = 8;
const { tree: base } = compiled(text);

let aws: FakeAws;
let root: TerraformRoot;

test.after(() => {
  aws?.stop();
  root?.remove();
});

step("the 14 nodes stand in an account", async () => {
  const { model, files } = terraformFiles(text);
  aws = await startFakeAws(model);
  root = new TerraformRoot(files, aws.env);
  root.keepStateHere();
  await root.init();
  await root.run(["apply", "-auto-approve", "-parallelism=40"], 900);
});

step(`${count} random edits`, async () => {
  const misses: string[] = [];
  for (const edit of randomEdits(count, seed)) {
    const [ours, theirs] = [planned(edit), await reallyPlanned(edit)];
    if (ours === theirs) continue;
    misses.push(`${edit.name}\nplan:\n${ours}\nterraform plan:\n${theirs}`);
    console.log(`missed: ${edit.name}`);
  }
  console.log(`plan is right for ${count - misses.length} of ${count} edits (seed ${seed})`);
  assert.is(misses.join("\n\n"), "");
});

/** In Terraform's own words. */
const actions: Readonly<Record<Action, string>> = {
  create: "create",
  update: "update",
  replace: "delete, create",
  destroy: "delete",
  move: "no-op",
};

function planned({ tree }: RandomEdit): string {
  const roots = planTerraform(changedFiles(base.files, tree.files), tree);
  const resources = roots.find(({ isPlanned }) => isPlanned)?.resources ?? [];
  const refused = resources.filter(({ isRefused }) => isRefused);
  if (refused.length > 0) return "refused";
  return list(Object.fromEntries(resources.map((change) => [change.address, asPlanned(change)])));
}

function asPlanned({ action, createsFirst, movedFrom }: ResourceChange): Planned {
  const words = createsFirst ? "create, delete" : actions[action];
  return movedFrom === null ? { actions: words } : { actions: words, movedFrom };
}

async function reallyPlanned({ tree }: RandomEdit): Promise<string> {
  const prefix = `${tree.model.paths.terraform}/`;
  root.replace(new Map(tree.files.filter(isOf(prefix)).map((file) => [file.path.slice(prefix.length), file.text])));
  try {
    return list(await root.plan("-refresh=false", "-lock=false"));
  } catch (error) {
    if ((error as Error).message.includes("lifecycle.prevent_destroy")) return "refused";
    throw error;
  }
}

function isOf(prefix: string): (file: GeneratedFile) => boolean {
  return ({ path }) => path.startsWith(prefix);
}

function list(changes: Readonly<Record<string, Planned>>): string {
  const lines = Object.entries(changes).map(([address, { actions: words, movedFrom }]) => {
    return `${address}: ${words}${movedFrom === undefined ? "" : ` from ${movedFrom}`}`;
  });
  return lines.sort().join("\n");
}

test.run();
