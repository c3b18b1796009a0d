import * as assert from "uvu/assert";
import * as checks from "../../rehearsal/checks.ts";
import { expireSoon } from "../../rehearsal/expire-soon.ts";
import type { Rehearsal } from "../../rehearsal/rehearsal.ts";
import { smallCluster } from "../../rehearsal/small-cluster.ts";
import { secretsAreKept } from "../../rehearsal/secrecy.ts";
import { stepsOn } from "../../rehearsal/steps.ts";

const { test, step } = stepsOn(smallCluster, "rehearsal: three control-plane nodes and a worker");

step("a machine that does not answer stops site.yml before anything is started", async ({ cluster }) => {
  await cluster.cut("master-3");
  const run = await cluster.playbook("site", { as: "site without master-3" });
  await cluster.boot("master-3");
  checks.failed(run, /master-3.*UNREACHABLE|UNREACHABLE.*master-3/s);
  assert.is(run.recap["web-1"], undefined);
});

step("a version that is not published stops site.yml, and names it", async ({ cluster }) => {
  const run = await cluster.playbook("site", {
    as: "site, unpublished version",
    args: ["--extra-vars", "kubernetes_version=1.32.99"],
  });
  checks.failed(run, /no available installation candidate for kubeadm=1\.32\.99/);
  assert.is(run.recap["web-1"], undefined);
});

step("a download with another checksum stops site.yml, and says which", async ({ cluster }) => {
  const run = await cluster.playbook("site", {
    as: "site, wrong checksum",
    args: ["--extra-vars", `helm_checksum=sha256:${"0".repeat(64)}`],
  });
  checks.failed(run, /The checksum for .* did not match 0{64}/s);
  assert.is(run.recap["web-1"], undefined);
});

step("started again, site.yml brings the cluster up", async ({ cluster }) => {
  checks.succeeded(await cluster.playbook("site"));
  await checks.nodesAreThoseOfTheModel(cluster);
  await checks.releasesAreThoseOfTheTree(cluster);
  await checks.everyPodRuns(cluster);
  await checks.everyProgramRunsWithItsFiles(cluster);
  assert.equal(await checks.etcdMembers(cluster), ["master-1", "master-2", "master-3"]);
  await secretsAreKept(cluster);
});

step("without one of three control-plane nodes the API answers and writes go on", async ({ cluster }) => {
  await cluster.cut("master-1");
  const api = (...args: string[]): Promise<string> => cluster.kubectl(args, "master-2");
  await cluster.until("the API answers", 120, async () => (await api("get", "--raw", "/readyz")) === "ok");
  await cluster.until("the node is missed", 180, async () => (await api("get", "nodes")).includes("NotReady"));
  await api("create", "configmap", "written", "--from-literal=while=master-1 was lost");
  assert.is(await api("get", "configmap", "written", "--output=jsonpath={.data.while}"), "master-1 was lost");
});

step("another machine takes the lost one's place", async ({ cluster }) => {
  await cluster.replace("master-1");
  checks.succeeded(await cluster.playbook("replace-node", { args: ["--limit", "master-1"] }));
  await checks.nodesAreThoseOfTheModel(cluster);
  await checks.everyPodRuns(cluster);
  assert.equal(await checks.etcdMembers(cluster), ["master-1", "master-2", "master-3"]);
});

step("a lost control-plane node is removed, from etcd too", async ({ cluster }) => {
  await cluster.cut("master-3");
  await cluster.until("the node is missed", 180, async () =>
    (await cluster.kubectl(["get", "nodes"])).includes("NotReady"),
  );
  checks.succeeded(await cluster.playbook("remove-node", { args: ["--limit", "master-3"] }));
  assert.equal(await checks.etcdMembers(cluster), ["master-1", "master-2"]);
  assert.equal((await cluster.list("nodes")).map(({ metadata }) => metadata.name).toSorted(), [
    "master-1",
    "master-2",
    "web-1",
  ]);
});

const onMaster3 = ["--limit", "master-3"];

step("it joins again, although kubeadm dies as soon as its kubelet is let in", async ({ cluster }) => {
  await cluster.replace("master-3");
  const [run] = await Promise.all([
    cluster.playbook("replace-node", { as: "replace-node, kubeadm join dies", args: onMaster3 }),
    killKubeadm(cluster, "master-3"),
  ]);
  checks.failed(run, /Run kubeadm join/);
  await checks.everyNodeIsReady(cluster);
  checks.succeeded(await cluster.playbook("replace-node", { as: "replace-node again", args: onMaster3 }));
  await checks.nodesAreThoseOfTheModel(cluster);
  assert.equal(await checks.etcdMembers(cluster), ["master-1", "master-2", "master-3"]);
});

async function killKubeadm(cluster: Rehearsal, host: string): Promise<void> {
  const letIn = "test -e /var/lib/kubelet/pki/kubelet-client-current.pem && pkill --signal KILL --exact kubeadm";
  await cluster.until(
    "the kubelet is let in",
    900,
    async () => (await cluster.on(host, ["sh", "-c", letIn])).code === 0,
  );
}

step("a join of which only the note is missing is noted, and nothing else", async ({ cluster }) => {
  await cluster.on("master-3", ["rm", "/etc/kubernetes/kubeadm.yaml"]);
  const run = await cluster.playbook("03-join-workers", {
    as: "03-join-workers, the note is missing",
    args: onMaster3,
  });
  checks.succeeded(run);
  const done = ["Make a token, if any node needs one", "Note that kubeadm came to its end", "Take the token back"];
  assert.equal(
    run.changes,
    done.map((task) => `${task}: master-3`),
  );
});

step("check-certificates is silent, then finds the one that is about to expire, and renews it", async ({ cluster }) => {
  checks.changedNothing(await cluster.playbook("check-certificates"));
  await expireSoon(cluster, "master-2", "apiserver-kubelet-client");
  const found = await cluster.playbook("check-certificates", { as: "check-certificates, one expires" });
  checks.failed(found, /apiserver-kubelet-client/);
  assert.equal(checks.failedHosts(found), ["master-2"]);
  const renew = { as: "check-certificates, renew", args: ["--extra-vars", "renew=true"] };
  checks.succeeded(await cluster.playbook("check-certificates", renew));
  checks.changedNothing(await cluster.playbook("check-certificates", { as: "check-certificates again" }));
});

const nextVersion = { ...smallCluster, kubernetes: { ...smallCluster.kubernetes, version: "1.32.3" } };

step("an upgrade that is taken back before it has changed the cluster leaves nothing", async ({ cluster }) => {
  await cluster.change(nextVersion);
  for (const playbook of ["01-prerequisites", "02-init-master"]) {
    const run = await cluster.playbook(playbook, { as: `${playbook} before the upgrade` });
    checks.failed(run, /run\s+playbooks\/upgrade-kubernetes\.yml\s+first/);
  }
  const until = (output: string): boolean =>
    output.includes("TASK [Give the cluster its configuration of this version]");
  await cluster.playbook("upgrade-kubernetes", { as: "upgrade-kubernetes, killed", until });
  await cluster.change(smallCluster);
  for (const playbook of ["01-prerequisites", "02-init-master"]) {
    checks.succeeded(await cluster.playbook(playbook, { as: `${playbook}, the upgrade is taken back` }));
  }
  const { stdout } = await cluster.on("master-1", ["kubeadm", "version", "--output=short"]);
  assert.is(stdout.trim(), `v${cluster.model.kubernetes.version}`);
});

step("the upgrade takes one node after another, the control plane first, each drained", async ({ cluster }) => {
  await cluster.change(nextVersion);
  await cluster.kubectl(["cordon", "master-3"]);
  const run = await cluster.playbook("upgrade-kubernetes");
  checks.succeeded(run);
  const steps = ["Move the pods away", "Install the new kubelet", "Let pods in again"];
  const expected = cluster.names.flatMap((node) => steps.map((each) => `${each}: ${node}`));
  assert.equal(
    run.changes.filter((change) => steps.some((each) => change.startsWith(each))),
    expected.filter((change) => change !== "Let pods in again: master-3"),
  );
  await cluster.kubectl(["uncordon", "master-3"]);
  await checks.nodesAreThoseOfTheModel(cluster);
  await checks.everyPodRuns(cluster);
});

step("a second upgrade takes another snapshot of etcd and changes nothing else", async ({ cluster }) => {
  const run = await cluster.playbook("upgrade-kubernetes", { as: "upgrade-kubernetes again" });
  checks.succeeded(run);
  const snapshot =
    /^(Make the folder of backups|Take the snapshot|Move it to the backups|Put beside it|Carry it|Keep the last)/;
  assert.equal(
    run.changes.filter((change) => !snapshot.test(change)),
    [],
  );
});

step("after all that, site.yml has nothing to change", async ({ cluster }) => {
  checks.changedNothing(await cluster.playbook("site", { as: "site at the end" }));
  await secretsAreKept(cluster);
});

test.run();
