import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { generators } from "../../generators/index.ts";
import { modelWith } from "../fourteen-nodes.ts";
import { modelOf, objectsOf, shapes } from "../kubernetes-tree.ts";
import { Cluster, clusterTools } from "./cluster.ts";
import { crds, furnish, provisionVolumes } from "./cluster-content.ts";
import { writeSchemas } from "./cluster-schemas.ts";
import { type Pod, table } from "./pods.ts";
import { needs, run, succeed } from "./tool.ts";

const test = suite("kubernetes");
const inCluster = needs(test, ...clusterTools, crds);
const model = modelWith();
const files = generators.flatMap((generate) => generate(model));

let cluster: Cluster;
let folder: string;

/** Writes the tree as it is generated; a person starts restores, so they lie elsewhere. */
function writeTree(): void {
  folder = mkdtempSync(join(tmpdir(), "topogen-kubernetes-"));
  const manifests = files.filter(({ path }) => path.startsWith(`${model.paths.kubernetes}/`) && path.endsWith(".yaml"));
  for (const { path, text } of manifests) {
    const file = join(folder, path.endsWith("-restore.yaml") ? "by-hand" : "synced", path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}

test.before(async () => {
  writeTree();
  if (!crds.present) return;
  cluster = await Cluster.start(model.network.services);
  await furnish(cluster, model, files);
});

test.after(async () => {
  await cluster?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Pods of the tree, without those of the components. */
async function pods(): Promise<Pod[]> {
  const all = await cluster.list<Pod>("pods");
  return all.filter(({ metadata }) => metadata.labels["app.kubernetes.io/part-of"] === model.name);
}

/** Waits until as many pods as the model asks for have a node. Volumes are made meanwhile. */
async function bound(count: number): Promise<Pod[]> {
  let now: Pod[] = [];
  const enough = async () => {
    await provisionVolumes(cluster);
    now = await pods();
    return now.length >= count && now.every(({ spec }) => spec.nodeName !== undefined);
  };
  await cluster.until(`${count} pods have a node`, 120, enough).catch((error: Error) => {
    throw new Error(`${error.message}\n${table(now)}`);
  });
  return now;
}

const strictly = ["--server-side", "--validate=strict", "--recursive"];

inCluster("the API server accepts every manifest, strictly, and warns of none", async () => {
  // Namespaces first, as the first wave of Argo CD has it.
  await cluster.kubectl([
    "apply",
    ...strictly,
    "--filename",
    join(folder, "synced", model.paths.kubernetes, "platform/namespaces.yaml"),
  ]);
  const { code, stderr } = await cluster.run(["apply", ...strictly, "--filename", join(folder, "synced")], {
    seconds: 180,
  });
  assert.is(stderr, "");
  assert.is(code, 0);
  const byHand = await cluster.run(["apply", ...strictly, "--dry-run=server", "--filename", join(folder, "by-hand")]);
  assert.is(byHand.stderr, "");
});

inCluster("the scheduler binds every pod to a node of its group, and none is left over", async () => {
  const copies = model.services
    .map(({ replicas, scale }) => replicas ?? scale?.min ?? 0)
    .reduce((sum, count) => sum + count, 0);
  const checks = model.services.filter(({ http }) => http).length;
  const all = await bound(copies + checks + model.datastores.length);
  for (const { metadata, spec } of all) {
    const workload = (metadata.labels["app.kubernetes.io/name"] ?? "").replace(/\..*/, "");
    const { group } = [...model.services, ...model.datastores].find(({ name }) => name === workload) ?? {};
    assert.ok(
      group?.nodes.some(({ name }) => name === spec.nodeName),
      `${metadata.name} runs on ${spec.nodeName}`,
    );
  }
  console.log(`\n${table(all)}`);
});

inCluster("pods of a group of several nodes are spread over them", async () => {
  const workers = (await pods()).filter(({ metadata }) => metadata.labels["app.kubernetes.io/name"] === "scan-worker");
  assert.equal(workers.map(({ spec }) => spec.nodeName).sort(), ["scan-worker-1", "scan-worker-2"]);
});

inCluster("a backup that is due finds its place beside its datastore, and is noted when it has ended", async () => {
  await cluster.kubectl([
    "--namespace",
    "data",
    "create",
    "job",
    "--from=cronjob/postgres-backup",
    "postgres-backup-now",
  ]);
  const isBackup = ({ metadata }: Pod) => metadata.labels["app.kubernetes.io/name"] === "postgres.backup";
  await cluster.until("the backup's pod has a node", 60, async () => {
    return (await pods()).some((pod) => isBackup(pod) && pod.spec.nodeName === "postgres-1");
  });
  await cluster.until("the CronJob knows of it", 60, async () => {
    const cronJob = ["--namespace", "data", "get", "cronjob", "postgres-backup"];
    return (await cluster.kubectl([...cronJob, "--output", "jsonpath={.status.lastSuccessfulTime}"])) !== "";
  });
});

inCluster("a second look finds no difference, and a second apply makes none", async () => {
  const synced = ["--filename", join(folder, "synced"), "--recursive"];
  const same = await cluster.run(["diff", "--server-side", "--force-conflicts", ...synced], { seconds: 180 });
  assert.is(same.stdout, "");
  const before = await generations();
  await cluster.kubectl(["apply", ...strictly, "--filename", join(folder, "synced")], { seconds: 180 });
  assert.equal(await generations(), before);
});

/** The number that counts the changes of each object's spec. */
async function generations(): Promise<string[]> {
  const kinds =
    "deployments,networkpolicies,jobs,cronjobs,externalsecrets,applications,targetgroupbindings,servicemonitors";
  const objects = await cluster.list<{
    kind: string;
    metadata: { name: string; namespace: string; generation: number };
  }>(kinds);
  return objects.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name} ${metadata.generation}`);
}

inCluster("the API server refuses a misspelt key, also in the components' kinds", async () => {
  for (const kind of [
    "Deployment",
    "Application",
    "AppProject",
    "ExternalSecret",
    "ServiceMonitor",
    "TargetGroupBinding",
  ]) {
    const [found] = objectsOf(model).filter(({ object }) => object.kind === kind);
    const spec = { ...(found?.object["spec"] as object), misspelt: 1 };
    await cluster.apply([{ ...found?.object, spec }]).then(
      () => assert.unreachable(`${kind} was accepted`),
      ({ message }: Error) => assert.match(message, /misspelt/, kind),
    );
  }
});

needs(
  test,
  ...clusterTools,
  crds,
  "kubeconform",
)("kubeconform says the same, by the API server's own schemas", async () => {
  const schemas = join(folder, "schemas");
  mkdirSync(schemas);
  await writeSchemas(cluster, schemas);
  const conform = ["-strict", "-summary", "-schema-location", `${schemas}/{{.ResourceKind}}{{.KindSuffix}}.json`];
  const summary = await succeed("kubeconform", [...conform, join(folder, "synced"), join(folder, "by-hand")]);
  assert.match(summary, /Invalid: 0, Errors: 0, Skipped: 0/);
  const misspelt = await run("kubeconform", [...conform, "-"], {
    input: JSON.stringify({ apiVersion: "v1", kind: "Node", metadata: { name: "misspelt" }, spek: {} }),
  });
  assert.match(misspelt.stdout, /additional.*spek/i);
});

inCluster("the namespaces refuse a pod that is not restricted", async () => {
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name: "loose", namespace: "api" },
    spec: { containers: [{ name: "loose", image: "loose:1" }] },
  };
  await cluster.apply([pod]).then(
    () => assert.unreachable("the pod was accepted"),
    ({ message }: Error) => assert.match(message, /violates PodSecurity "restricted:v1.32"/),
  );
});

inCluster("the quotas refuse a load balancer beside the edge's", async () => {
  const service = {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name: "loose", namespace: "api" },
    spec: { type: "LoadBalancer", ports: [{ port: 80 }] },
  };
  await cluster.apply([service]).then(
    () => assert.unreachable("the Service was accepted"),
    ({ message }: Error) => assert.match(message, /exceeded quota: declared, requested: .*services.loadbalancers=1/),
  );
});

for (const shape of shapes.slice(1)) {
  inCluster(`${shape}: the API server accepts every manifest`, async () => {
    const objects = objectsOf(modelOf(shape)).map(({ object }) => object);
    const label = "app.kubernetes.io/part-of";
    await cluster.kubectl(["delete", "resourcequotas,jobs,services", "--selector", label, "--all-namespaces"]);
    await cluster.apply(objects.filter(({ kind }) => kind === "Namespace"));
    const input = JSON.stringify({ apiVersion: "v1", kind: "List", items: objects });
    const dryRun = ["apply", "--server-side", "--force-conflicts", "--validate=strict", "--dry-run=server"];
    const { stderr } = await cluster.run([...dryRun, "--filename", "-"], { input, seconds: 120 });
    assert.is(stderr, "");
  });
}

test.run();
