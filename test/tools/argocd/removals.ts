import * as assert from "uvu/assert";
import { type Application, isSettled } from "./applications.ts";
import { byHand } from "./by-hand.ts";
import { type Effect, SyncedCluster } from "./synced-cluster.ts";

type Step = (name: string, body: () => Promise<void>) => void;

/** What becomes of what is gone from topology.yaml: some of it goes, some waits for a person. */
export function removals(step: Step, platform: () => SyncedCluster, topology: string): void {
  const withoutReward = drained(topology, "reward").replace(/^ {2}reward:\n(?: {4}.*\n)+/m, "");
  const withoutStorage = drained(withoutReward, "storage").replace(/^ {2}storage:\n(?: {4}.*\n)+/m, "");
  const withoutItsNode = withoutStorage.replace(/^ {2}storage: \{ role.*\n/m, "");
  const withoutRedis = drained(withoutItsNode, "redis")
    .replace(/^ {2}redis: \{ engine.*\n/m, "")
    .replaceAll(", redis]", "]");
  step("a datastore of another kind: the old workload goes when a person agrees, then the new one has the volume", () =>
    replaceWorkload(platform(), topology),
  );
  step("a service that is gone from topology.yaml is gone from the cluster", () =>
    removeService(platform(), withoutReward),
  );
  step("so is the last one of a namespace; that goes when a person agrees, and nothing else waits for it", () =>
    removeLastService(platform(), withoutStorage, withoutItsNode),
  );
  step("who does not agree that a datastore goes reverts the commit and ends the sync, and nothing has gone", () =>
    keepDatastore(platform(), withoutRedis),
  );
  step("a datastore that is gone from topology.yaml stays until a person has said so, and its data after that", () =>
    removeDatastore(platform(), withoutRedis),
  );
}

/** A node goes in two steps, of which this is the first. */
function drained(text: string, node: string): string {
  return text.replace(new RegExp(`^  ${node}: \\{ role: (.*) \\}$`, "m"), `  ${node}: { role: $1, state: draining }`);
}

async function replaceWorkload(platform: SyncedCluster, topology: string): Promise<void> {
  const subject = "PostgreSQL as a StatefulSet";
  const other = topology.replace("    storage: 50Gi\n", "    storage: 50Gi\n    kind: statefulset\n");
  await replacesOnceConfirmed(platform, subject, () => platform.repository.commit(subject, other));
  assert.is(await platform.field("data", "statefulset/postgres", ".status.readyReplicas"), "1");
  await replacesOnceConfirmed(platform, `revert: ${subject}`, () => platform.repository.revert());
  assert.is(await platform.field("data", "deployment/postgres", ".status.readyReplicas"), "1");
}

async function replacesOnceConfirmed(
  platform: SyncedCluster,
  subject: string,
  change: () => Promise<string>,
): Promise<void> {
  const waiting = await platform.follow(subject, change, (all) => all.some(isWaiting("postgres")));
  assert.equal(waiting.pods, []);
  const effect = await confirm(platform, "postgres", `${subject}, confirmed`);
  assert.equal(effect.pods, ["postgres"]);
}

/** Whether an Application waits until a person agrees that something goes. */
function isWaiting(name: string): (application: Application) => boolean {
  return ({ metadata, status }) =>
    metadata.name === name &&
    (status?.operationState?.message?.startsWith("Waiting for pruning confirmation") ?? false);
}

/** Whether one waits for a person, and all others, but for one that is to go, are as the commit says. */
function settledBut(waiting: string, going = ""): (all: readonly Application[], commit: string) => boolean {
  return (all, commit) => {
    const others = all.filter(({ metadata }) => metadata.name !== waiting && metadata.name !== going);
    return all.some(isWaiting(waiting)) && others.every((application) => isAsCommitted(application, commit));
  };
}

/** Root may be as the commit says although it is not settled: while another one waits, or when a person has ended its sync. */
function isAsCommitted(application: Application, commit: string): boolean {
  const { metadata, operation, status } = application;
  const { sync, operationState } = status ?? {};
  const isSynced = sync?.revision === commit && sync.status === "Synced" && operation === undefined;
  const isDone = isSynced && operationState?.phase !== "Running";
  return isSettled(application, commit) || (metadata.name === "root" && isDone);
}

function confirm(platform: SyncedCluster, name: string, subject: string): Promise<Effect> {
  return platform.follow(subject, async () => {
    await byHand(platform.cluster, "agree", name);
    return platform.repository.head();
  });
}

async function removeService(platform: SyncedCluster, withoutReward: string): Promise<void> {
  const { pods, applications } = await platform.commit("no reward", withoutReward);
  assert.equal(pods, ["reward"]);
  assert.equal(applications, ["auth", "cluster-configuration", "ingress", "postgres", "root"]);
  assert.is(await objectsOf(platform, "reward"), "");
}

/** By their names; those of pods are new for each. */
function objectsOf({ cluster }: SyncedCluster, name: string): Promise<string> {
  const kinds =
    "applications.argoproj.io,deployments,pods,services,serviceaccounts,configmaps,externalsecrets,persistentvolumeclaims";
  const selector = `app.kubernetes.io/name=${name}`;
  return cluster.kubectl(["get", kinds, "--all-namespaces", "--selector", selector, "--output", "name"]);
}

async function removeLastService(platform: SyncedCluster, without: string, withoutItsNode: string): Promise<void> {
  const commit = () => platform.repository.commit("no storage", without);
  const { pods, applications } = await platform.follow("no storage", commit, settledBut("platform"));
  assert.equal(pods, ["storage"]);
  assert.equal(applications, ["cluster-configuration", "platform", "postgres", "rabbitmq", "root"]);
  assert.is(await objectsOf(platform, "storage"), "");
  assert.equal((await confirm(platform, "platform", "no storage, confirmed")).pods, []);
  const namespace = ["get", "namespace", "storage", "--ignore-not-found", "--output", "name"];
  await platform.cluster.until("the namespace is gone", 60, async () => {
    return (await platform.cluster.kubectl(namespace)) === "";
  });
  const node = await platform.commit("no node for storage", withoutItsNode);
  assert.equal(node.applications, ["cluster-configuration"]);
}

async function withoutRedisWaits(platform: SyncedCluster, withoutRedis: string): Promise<void> {
  const commit = () => platform.repository.commit("no redis", withoutRedis);
  const { pods, applications } = await platform.follow("no redis", commit, settledBut("root", "redis"));
  assert.equal(pods, ["auth", "chat", "user"]);
  assert.equal(applications, ["auth", "chat", "cluster-configuration", "root", "user"]);
}

async function keepDatastore(platform: SyncedCluster, withoutRedis: string): Promise<void> {
  const objects = await objectsOf(platform, "redis");
  await withoutRedisWaits(platform, withoutRedis);
  const revert = async (): Promise<string> => {
    const commit = await platform.repository.revert();
    await byHand(platform.cluster, "end", "root");
    return commit;
  };
  await platform.follow("revert: no redis", revert, (all, commit) =>
    all.every((application) => isAsCommitted(application, commit)),
  );
  assert.is(await objectsOf(platform, "redis"), objects);
}

async function removeDatastore(platform: SyncedCluster, withoutRedis: string): Promise<void> {
  const objects = await objectsOf(platform, "redis");
  await withoutRedisWaits(platform, withoutRedis);
  assert.equal((await confirm(platform, "root", "no redis, confirmed")).pods, []);
  assert.is(await objectsOf(platform, "redis"), objects);
}
