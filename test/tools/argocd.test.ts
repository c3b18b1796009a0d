/** The real Argo CD syncs the tree of the 14 nodes from a local git repository into the test cluster, commit by commit. */
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { compile } from "../../src/compile.ts";
import { fiveChanges } from "../five-changes.ts";
import { modelWith } from "../fourteen-nodes.ts";
import {
  type Application,
  applications,
  differences,
  isSettled,
  phases,
  refresh,
  synced,
} from "./argocd/applications.ts";
import { argocdTools, NAMESPACE, type NotificationValues, startNotifications } from "./argocd/argocd.ts";
import { byHand } from "./argocd/by-hand.ts";
import { Chat } from "./argocd/chat.ts";
import { type Cluster, clusterTools } from "./cluster.ts";
import { crds } from "./cluster-content.ts";
import { removals } from "./argocd/removals.ts";
import { type Effect, effectTable, SyncedCluster } from "./argocd/synced-cluster.ts";
import { findTool, needs } from "./tool.ts";

const test = suite("argocd");
const withArgoCd = needs(test, ...clusterTools, ...argocdTools, crds);
const model = modelWith();
const { before: topology, after } = await fiveChanges();

let platform: SyncedCluster;
let cluster: Cluster;
const chat = new Chat();

test.before(async () => {
  if (!findTool("argocd") || !crds.present) return;
  platform = await SyncedCluster.start(topology);
  cluster = platform.cluster;
});

test.after(async () => {
  await platform?.stop();
  chat.stop();
  if (platform) console.log(`\n${effectTable(platform.effects)}`);
});

withArgoCd(
  "the app of apps alone is applied by hand, and all Applications follow in the order of their waves",
  async () => {
    const effect = await platform.root();
    const all = await applications(cluster);
    assert.equal(effect.applications, all.map(({ metadata }) => metadata.name).sort());
    assert.is(all.length, 4 + model.services.length + model.datastores.length);
    const children = all.filter(({ metadata }) => metadata.name !== "root");
    for (const early of children) {
      for (const late of children.filter((other) => wave(other) > wave(early))) {
        const [end = "none", begin] = [early.status?.operationState?.finishedAt, late.metadata.creationTimestamp];
        assert.ok(end <= begin, `${early.metadata.name} ended at ${end}, ${late.metadata.name} came at ${begin}`);
      }
    }
  },
);

function wave({ metadata }: Application): number {
  return Number(metadata.annotations["argocd.argoproj.io/sync-wave"]);
}

withArgoCd("Ansible runs before its Application syncs, and a service is checked when its pods are there", async () => {
  assert.equal(await platform.hooks("cluster-configuration"), ["PreSync Succeeded"]);
  const ended = await platform.field("ansible", "job/cluster-configuration", ".status.completionTime");
  const changed = await platform.field("ansible", "configmap/ansible-nodes", ".metadata.creationTimestamp");
  assert.ok(ended !== "" && ended <= changed, `Ansible ended at ${ended}, the ConfigMap came at ${changed}`);
  for (const { name, namespace } of model.services.filter(({ http }) => http)) {
    assert.equal(await platform.hooks(name), ["PostSync Succeeded"], name);
    const ready = await platform.field(
      namespace,
      `deployment/${name}`,
      '.status.conditions[?(@.type=="Available")].lastTransitionTime',
    );
    const checked = await firstEvent(namespace, `${name}-check`);
    assert.ok(ready !== "" && ready <= checked, `${name} was ready at ${ready} and checked at ${checked}`);
  }
  await cluster.until("no check is left", 60, async () => {
    const jobs = await cluster.list<{ metadata: { name: string } }>("jobs");
    return jobs.every(({ metadata }) => metadata.name === "cluster-configuration");
  });
});

withArgoCd("the project that allows everything allows nothing any more", async () => {
  const [source] = await applications(cluster);
  const { spec } = JSON.parse(JSON.stringify(source)) as Record<string, object>;
  const stray = { apiVersion: "argoproj.io/v1alpha1", kind: "Application", spec: { ...spec, project: "default" } };
  await cluster.apply([{ ...stray, metadata: { name: "stray", namespace: NAMESPACE } }]);
  const conditions = '.status.conditions[?(@.type=="InvalidSpecError")].message';
  await cluster.until("Argo CD refuses it", 60, async () =>
    (await platform.field(NAMESPACE, "application/stray", conditions)).includes("not permitted in project 'default'"),
  );
  await cluster.kubectl(["--namespace", NAMESPACE, "delete", "application", "stray"]);
});

/** When the Job's pod was made. The Job itself is gone when it has succeeded. */
function firstEvent(namespace: string, job: string): Promise<string> {
  const selector = `involvedObject.kind=Job,involvedObject.name=${job},reason=SuccessfulCreate`;
  const events = ["--namespace", namespace, "get", "events", "--field-selector", selector];
  return cluster.kubectl([...events, "--output", "jsonpath={.items[0].firstTimestamp}"]);
}

withArgoCd("a second look finds no difference, also after controllers have written what is theirs", async () => {
  const found = { targetGroupARN: "arn:aws:elasticloadbalancing:region:1:targetgroup/a/1", ipAddressType: "ipv4" };
  const patch = ["--type=merge", `--patch=${JSON.stringify({ spec: found })}`];
  for (const { metadata } of await cluster.list<{ metadata: { name: string; namespace: string } }>(
    "targetgroupbindings",
  )) {
    await cluster.kubectl(["--namespace", metadata.namespace, "patch", "targetgroupbinding", metadata.name, ...patch]);
  }
  await secondLook();
});

async function secondLook(): Promise<void> {
  const before = await applications(cluster);
  await refresh(cluster, "hard");
  const all = await platform.untilApplications("all are looked at again", (now) =>
    now.every(({ metadata }) => metadata.annotations["argocd.argoproj.io/refresh"] === undefined),
  );
  assert.equal(differences(all), []);
  assert.equal(synced(before, all), []);
}

const changes: readonly [number, string, Partial<Effect>][] = [
  [2, "a newer Calico", { applications: ["cluster-configuration"], pods: [], configured: true }],
  [3, "a new version of auth", { applications: ["auth"], pods: ["auth"], configured: false }],
  [4, "more for PostgreSQL", { applications: ["postgres"], pods: ["postgres"], configured: false }],
];

for (const [number, subject, wanted] of changes) {
  withArgoCd(
    `change ${number}, ${subject}: what must syncs and nothing else does, and a revert rolls it back`,
    async () => {
      assert.equal(did(await platform.commit(subject, after[number - 1] ?? "")), wanted);
      assert.equal(did(await platform.revert(subject)), wanted);
    },
  );
}

function did({ applications, pods, configured }: Effect): Partial<Effect> {
  return { applications, pods, configured };
}

withArgoCd("what an autoscaler has decided stays", async () => {
  const subject = "user scales by itself";
  await platform.commit(subject, topology.replace("image: v1.1.0", "image: v1.1.0\n    scale: { min: 1, max: 2 }"));
  await cluster.kubectl(["--namespace", "api", "scale", "deployment/user", "--replicas=2"]);
  await secondLook();
  assert.is(await platform.field("api", "deployment/user", ".spec.replicas"), "2");
  await cluster.kubectl(["--namespace", "api", "scale", "deployment/user", "--replicas=1"]); // as there is less to do
  assert.equal((await platform.revert(subject)).applications, ["root", "user"]); // who owns the number stands in root
});

withArgoCd("what the controller writes that builds the load balancer is no difference", async () => {
  const subject = "a load balancer of the controller";
  const other = topology.replace("edge: { cdn: true,", "edge: { cdn: true, loadBalancer: controller,");
  const effect = await platform.commit(subject, other); // it is healthy when each Ingress has the load balancer's name
  assert.equal(effect.applications, ["cluster-configuration", "ingress", "root"]);
  assert.is((await cluster.list("ingresses")).length, model.services.filter(({ http }) => http?.route).length);
  assert.equal(await cluster.list("targetgroupbindings"), []);
  await secondLook();
  await platform.revert(subject);
});

withArgoCd("a check that fails makes the sync fail, a chat is told, and a revert mends it", async () => {
  await startNotifications(cluster, notificationValues(), await chat.start());
  const broken = topology.replace("path: /api/v1/auth,", "path: /api/v1/auth, health: /broken,");
  const failed = ({ metadata, status }: Application, commit: string) =>
    metadata.name === "auth" && status?.sync?.revision === commit && status.operationState?.phase === "Failed";
  const effect = await platform.follow(
    "a health path that does not exist",
    () => platform.repository.commit("a health path that does not exist", broken),
    (all, commit) =>
      all
        .filter(({ metadata }) => metadata.name !== "root") // as unhealthy as the worst of them
        .every((application) => isSettled(application, commit) || failed(application, commit)),
  );
  assert.equal(effect.applications, ["auth"]);
  assert.equal(await platform.hooks("auth"), ["PostSync Failed"]);
  await cluster.until("the chat is told", 120, async () => chat.messages.length > 0);
  assert.match(
    chat.messages.join("\n"),
    /^auth: its sync has failed: .* https:\/\/argocd.example.app\/applications\/auth$/m,
  );
  const mended = await platform.follow(
    "revert: a health path that does not exist",
    () => platform.repository.revert(),
    (now, commit) =>
      now.filter(isAuth).every((application) => isSettled(application, commit) || failed(application, commit)),
  );
  assert.equal(mended.applications, ["auth"]);
  await syncedByHandIfFailed();
});

function isAuth({ metadata }: Application): boolean {
  return metadata.name === "auth";
}

/**
 * Argo CD 3.0 may take the failed Job, which it deletes right then, for the new one, and call the sync of the revert failed at
 * once. docs/argocd.md says how a person starts one.
 */
async function syncedByHandIfFailed(): Promise<void> {
  const phase = await platform.field(NAMESPACE, "application/auth", ".status.operationState.phase");
  if (phase === "Failed") await byHand(cluster, "sync", "auth");
  await untilAuthHasSynced();
}

function untilAuthHasSynced(): Promise<Application[]> {
  return platform.untilApplications("auth is as it was", (all) =>
    all.filter(isAuth).every(({ operation, status }) => !operation && status?.operationState?.phase === "Succeeded"),
  );
}

withArgoCd("a sync that a person starts has the options of the Application, and checks the service again", async () => {
  const field = (path: string) => platform.field(NAMESPACE, "application/auth", path);
  const before = await applications(cluster);
  await byHand(cluster, "sync", "auth");
  const after = await untilAuthHasSynced();
  assert.equal(synced(before, after), ["auth"]);
  assert.equal(phases(after, "auth", "Job"), ["PostSync Succeeded"]);
  const options = await field(".spec.syncPolicy.syncOptions");
  assert.match(options, "ServerSideApply=true");
  assert.is(await field(".status.operationState.operation.sync.syncOptions"), options);
  assert.is(await field(".status.operationState.operation.sync.prune"), "true");
});

/** As the chart has them where the topology wants notifications. */
function notificationValues(): NotificationValues {
  const wanting = topology.replace("platform: { on: monitoring }", "platform: { on: monitoring, notifications: true }");
  const file = compile("topology.yaml", wanting).tree?.files.find(({ path }) => path.endsWith("values/argo-cd.yml"));
  return parse(file?.text ?? "").notifications;
}

withArgoCd("what a person changes in the cluster is put back", async () => {
  const api = ["--namespace", "api"];
  await cluster.kubectl([...api, "scale", "deployment/auth", "--replicas=3"]);
  await cluster.kubectl([...api, "delete", "service/auth"]);
  await cluster.until("the Deployment and the Service are as they were", 300, async () => {
    const { stdout } = await cluster.run([...api, "get", "deployment/auth", "service/auth", "--output", "name"]);
    return (
      stdout.includes("service/auth") && (await platform.field("api", "deployment/auth", ".spec.replicas")) === "1"
    );
  });
});

removals(withArgoCd, () => platform, topology);

withArgoCd("after all this, a second look finds no difference", secondLook);

test.run();
