import { setTimeout as sleep } from "node:timers/promises";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { stringify } from "yaml";
import type { Topology } from "../../../src/topology.ts";
import * as checks from "../../rehearsal/checks.ts";
import { RehearsedCluster } from "../../rehearsal/rehearsed-cluster.ts";
import { Rehearsal } from "../../rehearsal/rehearsal.ts";
import { twoNodes } from "../../rehearsal/small-cluster.ts";
import { canRehearse, rehearsalNeeds } from "../../rehearsal/supplies.ts";
import { type Application, applications, isSettled, phases, refresh, table } from "../argocd/applications.ts";
import { argocdTools, NAMESPACE, startArgoCd } from "../argocd/argocd.ts";
import { PlatformRepository } from "../argocd/platform-repository.ts";
import { reportReady } from "../cluster-content.ts";
import { findTool, needs } from "../tool.ts";

// The real Argo CD, real pods of a service that a stand-in answers for, and real Jobs that check it.
const test = suite("rehearsal: checks that really fail");
const step = needs(test, ...rehearsalNeeds, ...argocdTools);

function withImage(image: string): Topology {
  const { shop } = twoNodes.services ?? {};
  if (!shop) throw new Error("the smallest platform has lost its service");
  return { ...twoNodes, services: { shop: { ...shop, image } } };
}

/** What the versions fail to do: supplies/service.py. */
const [works, noPages, notReady] = ["v1.0.0", "v1.0.1-no-pages", "v1.0.2-not-ready"] as const;

let rehearsal: Rehearsal;
let cluster: RehearsedCluster;
const repository = new PlatformRepository();

test.before(async () => {
  if (!canRehearse || !findTool("argocd")) return;
  const registry = "123456789012.dkr.ecr.eu-central-1.amazonaws.com";
  const images = [works, noPages, notReady].map((version) => `${registry}/shop/shop:${version}`);
  rehearsal = await Rehearsal.start(twoNodes, [...images, "registry-1.docker.io/curlimages/curl:8.12.1"]);
});

test.after(async () => {
  repository.remove();
  if (rehearsal === undefined) return;
  console.log(rehearsal.report);
  await rehearsal.stop();
});

step("pods answer their probes, the check asks them through the load balancer, and the sync succeeds", async () => {
  checks.succeeded(await rehearsal.playbook("site"));
  cluster = await RehearsedCluster.of(rehearsal);
  await startArgoCd(cluster, rehearsal.valuesOf("argo-cd").configs.cm);
  await repository.init(rehearsal.model.git.url);
  const commit = await repository.commit("it works", stringify(withImage(works)));
  await applyApplications();
  assert.equal(phases(await until("the service is synced", settled(commit)), "shop", "Job"), ["PostSync Succeeded"]);
  assert.is(await publicAnswer(), `${works}\n200`);
});

/** The service, and what its namespace needs. What runs Ansible has no image here. */
async function applyApplications(): Promise<void> {
  for (const path of ["projects/platform", "projects/apps", "applications/platform", "applications/shop"]) {
    const input = await repository.committed(`${rehearsal.model.paths.kubernetes}/argocd/${path}.yaml`);
    await cluster.kubectl(["apply", "--server-side", "--filename", "-"], { input });
  }
}

function settled(commit: string) {
  return (all: readonly Application[]) => all.every((application) => isSettled(application, commit));
}

interface Named {
  readonly metadata: { readonly name: string; readonly namespace: string };
}

/** Waits for the Applications to be so. Meanwhile stands in for the External Secrets Operator. */
async function until(
  what: string,
  areSo: (all: readonly Application[]) => boolean | Promise<boolean>,
): Promise<Application[]> {
  let all: Application[] = [];
  const condition = async (): Promise<boolean> => {
    all = await applications(cluster);
    const wanted = await cluster.list<Named>("externalsecrets");
    for (const { metadata } of wanted.filter((one) => one.metadata.namespace === "api")) {
      const secret = { apiVersion: "v1", kind: "Secret", metadata: { name: metadata.name, namespace: "api" } };
      await cluster.apply([{ ...secret, stringData: { SESSION_KEY: "a secret" } }]);
      await reportReady(cluster);
    }
    return areSo(all);
  };
  await rehearsal.until(what, 1200, condition).catch((error: Error) => {
    throw new Error(`${error.message}\n${table(all)}`);
  });
  return all;
}

/** What a user is answered, and its status. */
async function publicAnswer(): Promise<string> {
  const options = ["--silent", "--write-out", "%{http_code}"];
  return (await rehearsal.on("web-1", ["curl", ...options, "https://api.shop.example/"])).stdout;
}

step("a version whose pages fail fails its check, and with it the sync; a revert mends it", async () => {
  const commit = await repository.commit("no pages", stringify(withImage(noPages)));
  await refresh(cluster);
  const all = await until("the sync fails", (now) => hasFailed(now, commit));
  assert.equal(phases(all, "shop", "Job"), ["PostSync Failed"]);
  const log = await cluster.kubectl(["--namespace=api", "logs", "job/shop-check"]);
  assert.match(log, /^public: https:\/\/api\.shop\.example\/\nanswer: 500$/m);
  assert.is(await publicAnswer(), `${noPages}\n500`);
  await revert();
  assert.is(await publicAnswer(), `${works}\n200`);
});

function hasFailed(all: readonly Application[], commit: string): boolean {
  return all.some(({ status }) => {
    const { phase, syncResult } = status?.operationState ?? {};
    return phase === "Failed" && syncResult?.revision === commit;
  });
}

async function revert(): Promise<void> {
  const commit = await repository.revert();
  await refresh(cluster);
  await until("it is synced as before", settled(commit));
}

step("a version that is never ready takes no requests, and is not checked", async () => {
  const commit = await repository.commit("never ready", stringify(withImage(notReady)));
  await refresh(cluster);
  await until("the new pod runs", async () => (await pods()).some(({ image }) => image.endsWith(notReady)));
  await sleep(40_000); // four looks of its readiness probe
  assert.equal(
    (await pods()).map(({ image, ready }) => [image.split(":")[1], ready]).sort(),
    [
      [works, "True"],
      [notReady, "False"],
    ],
    table(await applications(cluster)),
  );
  assert.is(await publicAnswer(), `${works}\n200`);
  const all = await applications(cluster);
  assert.equal(phases(all, "shop", "Job"), []);
  assert.not(settled(commit)(all));
  // What `argocd app terminate-op shop` asks for: the sync would wait for the pod until its deadline.
  const terminate = JSON.stringify({ status: { operationState: { phase: "Terminating" } } });
  await cluster.kubectl(["--namespace", NAMESPACE, "patch", "application", "shop", "--type=merge", "-p", terminate]);
  await revert();
  assert.equal(
    (await pods()).map(({ image, ready }) => [image.split(":")[1], ready]),
    [[works, "True"]],
  );
});

async function pods(): Promise<{ image: string; ready: string }[]> {
  const found = await cluster.list<any>("pods");
  return found
    .filter(({ metadata }) => metadata.labels["app.kubernetes.io/name"] === "shop" && !metadata.deletionTimestamp)
    .filter(({ status }) => status.phase === "Running")
    .map(({ spec, status }) => ({
      image: spec.containers[0].image,
      ready: status.conditions.find(({ type }: any) => type === "Ready").status,
    }));
}

test.run();
