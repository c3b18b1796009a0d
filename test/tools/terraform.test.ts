import { suite } from "uvu";
import * as assert from "uvu/assert";
import { type FakeAws, moto, startFakeAws } from "./fake-aws.ts";
import { type Planned, provider, TerraformRoot, terraformFiles } from "./terraform-root.ts";
import { edited, fourteenNodes } from "./terraform-shapes.ts";
import { needs } from "./tool.ts";

// The 14 nodes, from nothing: the root that makes the state's bucket, the platform, and then what people change. The tests
// follow one another on one account.
const test = suite("terraform: 14 nodes");
const step = needs(test, "terraform", provider, moto);

const { model, files } = terraformFiles(fourteenNodes);

let aws: FakeAws;
let root: TerraformRoot;

test.after(() => {
  aws?.stop();
  root?.remove();
});

/** What a change of the topology would do to the platform as it stands. */
async function planOf(...edits: readonly (readonly [string, string])[]): Promise<Readonly<Record<string, Planned>>> {
  root.write(terraformFiles(edited(fourteenNodes, ...edits)).files);
  return root.plan("-refresh=false");
}

step("bootstrap makes the bucket of the state", async () => {
  aws = await startFakeAws(model);
  root = new TerraformRoot(files, aws.env);
  await root.init("bootstrap");
  await root.run(["validate"], 60, "bootstrap");
  await root.run(["apply", "-auto-approve"], 300, "bootstrap");
});

step("the platform applies, its state in that bucket, and then plans to nothing", async () => {
  await root.init();
  await root.run(["validate"], 60);
  const output = await root.run(["apply", "-auto-approve", "-parallelism=40"], 600);
  assert.match(output, /Apply complete! Resources: \d{3} added, 0 changed, 0 destroyed\./);
  const { code, stdout } = await root.attempt(["plan", "-detailed-exitcode"], 180);
  assert.is(code, 0, stdout);
});

interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

async function stateResources(type: string): Promise<readonly StateResource[]> {
  const state = JSON.parse(await root.run(["show", "-json"], 60)) as {
    values: { root_module: { resources: readonly StateResource[] } };
  };
  return state.values.root_module.resources.filter((resource) => resource.type === type);
}

step("every bucket denies what is not encrypted on its way", async () => {
  const buckets = (await stateResources("aws_s3_bucket")).map(({ values }) => values["bucket"]);
  const denying = (await stateResources("aws_s3_bucket_policy")).filter(({ values }) => {
    const { Statement } = JSON.parse(String(values["policy"])) as { Statement: readonly Record<string, unknown>[] };
    return Statement.some(
      (one) =>
        one["Effect"] === "Deny" &&
        one["Principal"] === "*" &&
        JSON.stringify(one["Condition"]).includes("SecureTransport"),
    );
  });
  assert.is(buckets.length, model.buckets.length);
  assert.equal(denying.map(({ values }) => values["bucket"]).sort(), buckets.sort());
});

step("nodes have the addresses, types and protection of the model", async () => {
  const instances = await stateResources("aws_instance");
  assert.is(instances.length, model.nodes.length);
  for (const node of model.nodes) {
    const instance = instances.find(({ address }) => address.endsWith(`["${node.name}"]`));
    assert.is(instance?.values["private_ip"], node.address);
    assert.is(instance?.values["instance_type"], node.instanceType);
    assert.is(instance?.values["disable_api_termination"], node.protected);
    assert.is(instance?.values["availability_zone"], node.zone.name);
  }
});

step("change 1, the master's instance type: one update in place", async () => {
  assert.equal(await planOf(["control-plane: { instance: t3.medium", "control-plane: { instance: t3.large"]), {
    'aws_instance.protected["master-1"]': { actions: "update" },
  });
});

step("changes 2, 3 and 4, of Calico, an image and PostgreSQL: nothing", async () => {
  assert.equal(await planOf(["calico: v3.30.7", "calico: v3.31.7"]), {});
  assert.equal(await planOf(["image: v1.2.2", "image: v1.2.3"]), {});
  assert.equal(
    await planOf([
      "resources: { cpu: 500m, memory: 1Gi }\n    backup",
      "resources: { cpu: 1, memory: 2Gi }\n    backup",
    ]),
    {},
  );
});

step("change 5, a third scan worker: its own resources, and nothing else", async () => {
  assert.equal(await planOf(["role: worker, count: 2", "role: worker, count: 3"]), {
    'aws_instance.unprotected["scan-worker-3"]': { actions: "create" },
    'aws_route53_record.node["scan-worker-3"]': { actions: "create" },
  });
});

step("a node that leaves from the middle takes along what is its own", async () => {
  const edit = ["address: 10.0.1.40 }", 'address: 10.0.1.40, members: { "1": { state: removed } } }'] as const;
  assert.equal(await planOf(edit), {
    'aws_instance.unprotected["scan-worker-1"]': { actions: "delete" },
    'aws_route53_record.node["scan-worker-1"]': { actions: "delete" },
  });
});

step("the order of the file means nothing", async () => {
  const [master = "", auth = ""] = fourteenNodes.split("\n").filter((line) => /^ {2}(master|auth): \{ role/.test(line));
  assert.equal(await planOf([`${master}\n${auth}`, `${auth}\n${master}`]), {});
});

step("a renamed group is moved, and nothing is destroyed", async () => {
  const planned = await planOf(
    ["  scan-worker: { role: worker,", "  async-worker: { role: worker, renamedFrom: scan-worker,"],
    ["on: scan-worker", "on: async-worker"],
  );
  const moved = (number: number) => ({
    [`aws_instance.unprotected["async-worker-${number}"]`]: {
      actions: "update",
      movedFrom: `aws_instance.unprotected["scan-worker-${number}"]`,
    },
    [`aws_route53_record.node["async-worker-${number}"]`]: { actions: "create" },
  });
  assert.equal(planned, { ...moved(1), ...moved(2) });
});

step("a role that becomes protected keeps its nodes", async () => {
  const planned = await planOf([
    "worker: { instance: t3.small, disk: 40Gi }",
    "worker: { instance: t3.small, disk: 40Gi, protected: true }",
  ]);
  const moved = (number: number) => ({
    [`aws_instance.protected["scan-worker-${number}"]`]: {
      actions: "update",
      movedFrom: `aws_instance.unprotected["scan-worker-${number}"]`,
    },
  });
  assert.equal(planned, { ...moved(1), ...moved(2) });
});

step("Terraform itself refuses to replace a protected node", async () => {
  root.write(terraformFiles(edited(fourteenNodes, ["address: 10.0.1.10", "address: 10.0.1.11"])).files);
  const { code, stderr } = await root.attempt(["plan", "-refresh=false"], 120);
  assert.is(code, 1);
  assert.match(stderr, /Instance cannot be destroyed/);
  assert.match(stderr, 'aws_instance.protected["master-1"]');
});

test.run();
