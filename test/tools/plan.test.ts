import { basename } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Tree } from "../../src/compile.ts";
import type { GeneratedFile } from "../../src/generated-file.ts";
import { distinct } from "../../src/order.ts";
import { topologyEdits } from "../../src/plan/edits.ts";
import { changedFiles } from "../../src/plan/files.ts";
import { planTerraform } from "../../src/plan/terraform.ts";
import type { Action, ResourceChange } from "../../src/plan/terraform/changes.ts";
import { compiled, edited, type Setting, text } from "../plan-of.ts";
import { type RandomEdit, randomEdits } from "../random-edits.ts";
import { type FakeAws, moto, startFakeAws } from "./fake-aws.ts";
import { type Planned, provider, TerraformRoot, terraformFiles } from "./terraform-root.ts";
import { needs } from "./tool.ts";

// What `topogen plan` says of Terraform, without a state and without AWS, beside what the real `terraform plan` says over the
// applied 14 nodes: the same addresses, and the same actions. `npm run test:plan` does it for 200 edits.
const test = suite("plan and terraform plan");
const step = needs(test, "terraform", provider, moto);

/** Which of the random edits: `30` are the first 30, `51-100` those from the 51st to the 100th. */
const [, first = "1", last = "30"] = /^(?:(\d+)-)?(\d+)$/.exec(process.env["TOPOGEN_RANDOM_EDITS"] ?? "") ?? [];
const seed = 8;

/** What has been applied, and its roots of equal state, for plans that are made at the same time. */
interface Applied {
  readonly tree: Tree;
  readonly roots: TerraformRoot[];
  /** What people have written beside the tree. */
  readonly variables: readonly GeneratedFile[];
  /** What Terraform plans, by what its root says: some edits change nothing of that, or the same. */
  readonly plans: Map<string, Promise<string>>;
}

let aws: FakeAws;
const fourteen: Applied = { tree: compiled(text).tree, roots: [], variables: [], plans: new Map() };

const withController = edited(text, ["edge.loadBalancer", "controller"]);
const controlled: Applied = {
  tree: compiled(withController).tree,
  roots: [],
  variables: [{ path: "out/terraform/terraform.auto.tfvars", text: "load_balancer_exists = true\n" }],
  plans: new Map(),
};

test.after(() => {
  aws?.stop();
  [...fourteen.roots, ...controlled.roots].forEach((root) => root.remove());
});

step("the 14 nodes stand in an account", async () => {
  const { model, files } = terraformFiles(text);
  aws = await startFakeAws(model);
  const root = new TerraformRoot(files, aws.env);
  fourteen.roots.push(root);
  root.keepStateHere();
  await root.init();
  await root.run(["apply", "-auto-approve", "-parallelism=40"], 1800);
  fourteen.roots.push(root.copy());
});

step("an edit that was missed once", () => {
  const withoutCdn = edited(text, ["buckets.assets.cdn", false], ["edge.cdn", false]);
  return comparePlans(fourteen, [{ name: "without CloudFront", ...compiled(withoutCdn) }]);
});

step(`random edits ${first} to ${last} of seed ${seed}`, async () => {
  const edits = randomEdits(Number(last), seed).slice(Number(first) - 1);
  await comparePlans(fourteen, edits);
  console.log(distribution(edits));
});

const controllerEdits: readonly Setting[] = [
  ["edge.hosts", { api: "backend" }],
  ["platform.monitoring", false],
  ["nodes.scan-worker.count", 3],
  ["services.auth.http.nodePort", 30444],
  ["network.nat", "per-zone"],
  ["edge.loadBalancer", "terraform"],
];

step("edits of a platform whose load balancer the controller has built, as its variable says", async () => {
  // Terraform forgets the load balancer, which stands there under its name from then on as if the controller had made it.
  const root = (fourteen.roots[0] as TerraformRoot).copy();
  controlled.roots.push(root);
  await root.run(["state", "rm", "aws_lb.main"], 60);
  root.replace(terraformFiles(withController).files);
  root.write(new Map(controlled.variables.map((file) => [basename(file.path), file.text])));
  await root.run(["apply", "-auto-approve", "-parallelism=40"], 1800);
  const edits = controllerEdits.map((setting) => ({ name: setting[0], ...compiled(edited(withController, setting)) }));
  await comparePlans(controlled, edits);
});

/** Asks for both plans of each edit, and prints how often they agree. */
async function comparePlans(applied: Applied, edits: readonly RandomEdit[]): Promise<void> {
  const rest = edits.values();
  const misses: string[] = [];
  let done = 0;
  const score = () => `plan is right for ${done - misses.length} of ${done} edits`;
  const work = async (root: TerraformRoot): Promise<void> => {
    for (const edit of rest) {
      const missed = difference(planned(applied, edit), await reallyPlanned(applied, edit, root));
      done++;
      if (missed.length > 0) misses.push(`${edit.name}\n${missed}`);
      if (missed.length > 0) console.log(`missed: ${misses.at(-1)}`);
      if (done % 25 === 0) console.log(score());
    }
  };
  await Promise.all(applied.roots.map(work));
  console.log(score());
  assert.is(misses.join("\n\n"), "");
}

/** What only topogen says (`-`), and what only Terraform says (`+`). */
function difference(ours: string, theirs: string): string {
  const [one, other] = [ours.split("\n"), theirs.split("\n")];
  const removed = one.filter((line) => line !== "" && !other.includes(line));
  const added = other.filter((line) => line !== "" && !one.includes(line));
  return [...removed.map((line) => `- ${line}\n`), ...added.map((line) => `+ ${line}\n`)].join("");
}

/** How many edits touch each part of the topology, and how many resources each action. */
function distribution(edits: readonly RandomEdit[]): string {
  const { topology } = compiled(text);
  const parts = edits.flatMap((edit) =>
    distinct(topologyEdits(topology, edit.topology).map(({ path }) => path.split(".")[0] ?? "")),
  );
  const lines = edits.flatMap((edit) => planned(fourteen, edit).split("\n"));
  const outcomes = lines.map((line) =>
    line === "" ? "edits that change no resource" : line.replace(/^\S+: | from .*$/g, ""),
  );
  return [counts(parts), counts(outcomes)].join("\n");
}

function counts(words: readonly string[]): string {
  return distinct(words)
    .map((word) => `${word}: ${words.filter((one) => one === word).length}`)
    .join("; ");
}

/** In Terraform's own words. */
const actions: Readonly<Record<Action, string>> = {
  create: "create",
  update: "update",
  replace: "delete, create",
  destroy: "delete",
  move: "no-op",
};

function planned(applied: Applied, { tree }: RandomEdit): string {
  const variables = { before: applied.variables, after: applied.variables };
  const roots = planTerraform(changedFiles(applied.tree.files, tree.files), tree, variables);
  const resources = roots.find(({ isPlanned }) => isPlanned)?.resources ?? [];
  const refused = resources.filter(({ isRefused }) => isRefused);
  if (refused.length > 0) return refusals(refused.map(({ address }) => address));
  return list(Object.fromEntries(resources.map((change) => [change.address, asPlanned(change)])));
}

function asPlanned({ action, createsFirst, movedFrom }: ResourceChange): Planned {
  const words = createsFirst ? "create, delete" : actions[action];
  return movedFrom === null ? { actions: words } : { actions: words, movedFrom };
}

function reallyPlanned({ plans }: Applied, { tree }: RandomEdit, root: TerraformRoot): Promise<string> {
  const prefix = `${tree.model.paths.terraform}/`;
  const files = tree.files.filter(isOf(prefix)).map(({ path, text }) => [path.slice(prefix.length), text] as const);
  const said = JSON.stringify(files);
  const plan = plans.get(said) ?? planOf(root, new Map(files));
  plans.set(said, plan);
  return plan;
}

async function planOf(root: TerraformRoot, files: ReadonlyMap<string, string>): Promise<string> {
  root.replace(files);
  try {
    return list(await root.plan("-refresh=false", "-lock=false"));
  } catch (error) {
    const refused = (error as Error).message.matchAll(/Resource ((?:\\.|\S)+) has lifecycle\.prevent_destroy set/g);
    const addresses = Array.from(refused, ([, address]) => JSON.parse(`"${address}"`) as string);
    return addresses.length > 0 ? refusals(addresses) : (error as Error).message.slice(0, 2000);
  }
}

function refusals(addresses: readonly string[]): string {
  return distinct(addresses)
    .map((address) => `${address}: refused`)
    .join("\n");
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
