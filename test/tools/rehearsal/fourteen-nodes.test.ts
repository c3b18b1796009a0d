import * as assert from "uvu/assert";
import type { Topology } from "../../../src/topology.ts";
import { fourteenNodes } from "../../fourteen-nodes.ts";
import { changedHosts } from "../../rehearsal/ansible-run.ts";
import * as checks from "../../rehearsal/checks.ts";
import type { Rehearsal } from "../../rehearsal/rehearsal.ts";
import { secretsAreKept } from "../../rehearsal/secrecy.ts";
import { stepsOn } from "../../rehearsal/steps.ts";

const { test, step } = stepsOn(fourteenNodes, "rehearsal: the 14 nodes");

function withScanWorkers(change: object): Topology {
  const nodes = { ...fourteenNodes.nodes, "scan-worker": { ...fourteenNodes.nodes["scan-worker"]!, ...change } };
  return { ...fourteenNodes, nodes };
}

const withThirdScanWorker = withScanWorkers({ count: 3 });

const nextCalico = { ...fourteenNodes.kubernetes, calico: "v3.31.7" };

step("site.yml: all nodes, releases and pods are as the tree says", async ({ cluster }) => {
  checks.succeeded(await cluster.playbook("site"));
  await checks.nodesAreThoseOfTheModel(cluster);
  await checks.releasesAreThoseOfTheTree(cluster);
  await checks.everyPodRuns(cluster);
});

step("site.yml again changes nothing on any host", async ({ cluster }) => {
  checks.changedNothing(await cluster.playbook("site", { as: "site again" }));
});

step("a third scan worker: its plays prepare, join and label it, and touch nothing else", async ({ cluster }) => {
  const before = await cluster.list("nodes");
  await cluster.change(withThirdScanWorker);
  await cluster.boot("scan-worker-3");
  const only = { args: ["--limit", "scan-worker-3"] };
  for (const play of ["01-prerequisites", "03-join-workers", "05-label-nodes"]) {
    const run = await cluster.playbook(play, only);
    checks.succeeded(run);
    assert.equal(changedHosts(run), ["scan-worker-3"], play);
  }
  await checks.nodesAreThoseOfTheModel(cluster);
  const after = (await cluster.list("nodes")).filter(({ metadata }) => metadata.name !== "scan-worker-3");
  assert.equal(after.map(identity), before.map(identity));
});

/** What no play may change on a node that it is not about. */
function identity({ metadata, spec }: any): object {
  return { uid: metadata.uid, labels: metadata.labels, annotations: metadata.annotations, spec };
}

step("another version of Calico changes Calico alone", async ({ cluster }) => {
  await cluster.change({ ...withThirdScanWorker, kubernetes: nextCalico });
  const run = await cluster.playbook("04-cni-install");
  checks.succeeded(run);
  assert.equal(changedHosts(run), ["master-1"]);
  assert.equal(
    run.changes.filter((change) => !change.includes("tigera-operator")),
    [],
  );
  await checks.releasesAreThoseOfTheTree(cluster);
  await checks.nodesAreThoseOfTheModel(cluster);
});

step("a power cut of a worker heals", async ({ cluster }) => {
  await cluster.cut("monitoring-1");
  await cluster.until("the node is gone", 120, async () => (await notReady(cluster)).includes("monitoring-1"));
  await cluster.boot("monitoring-1");
  await checks.nodesAreThoseOfTheModel(cluster);
  await checks.everyPodRuns(cluster);
});

async function notReady(cluster: Rehearsal): Promise<string[]> {
  const nodes = await cluster.list("nodes");
  const isReady = (node: any): boolean =>
    node.status.conditions.some((each: any) => each.type === "Ready" && each.status === "True");
  return nodes.filter((node) => !isReady(node)).map((node) => node.metadata.name);
}

step("a power cut of the control plane heals", async ({ cluster }) => {
  await cluster.cut("master-1");
  await cluster.boot("master-1");
  await cluster.until(
    "the API answers",
    180,
    async () => (await cluster.kubectl(["get", "--raw", "/readyz"])) === "ok",
  );
  await checks.nodesAreThoseOfTheModel(cluster);
  await checks.everyPodRuns(cluster);
});

step("a node is drained when the topology says so; when it is removed, it is gone everywhere", async ({ cluster }) => {
  const draining = withScanWorkers({ count: 3, members: { 3: { state: "draining" } } });
  await cluster.change({ ...draining, kubernetes: nextCalico });
  const drain = await cluster.playbook("05-label-nodes");
  checks.succeeded(drain);
  assert.equal(drain.changes, ["Label and taint the node: scan-worker-3", "Move its pods away: scan-worker-3"]);
  checks.succeeded(await cluster.playbook("remove-node", { args: ["--limit", "scan-worker-3"] }));
  await cluster.change({ ...fourteenNodes, kubernetes: nextCalico });
  await checks.nodesAreThoseOfTheModel(cluster);
  await cluster.until("its pods are gone", 180, async () => {
    return (await cluster.list("pods")).every(({ spec }) => spec.nodeName !== "scan-worker-3");
  });
  assert.is((await cluster.on("scan-worker-3", ["test", "-e", "/etc/kubernetes/kubelet.conf"])).code, 1);
});

step("after all that, site.yml has nothing to change", async ({ cluster }) => {
  checks.changedNothing(await cluster.playbook("site", { as: "site at the end" }));
  await secretsAreKept(cluster);
});

test.run();
