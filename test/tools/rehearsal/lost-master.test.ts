import * as assert from "uvu/assert";
import * as checks from "../../rehearsal/checks.ts";
import { twoNodes } from "../../rehearsal/small-cluster.ts";
import { secretsAreKept } from "../../rehearsal/secrecy.ts";
import { stepsOn } from "../../rehearsal/steps.ts";

const { test, step } = stepsOn(twoNodes, "rehearsal: the only control-plane node is lost");

let backup = "";

step("etcd-restore brings back what was deleted, on the only node as on several", async ({ cluster }) => {
  checks.succeeded(await cluster.playbook("site"));
  await cluster.kubectl(["create", "configmap", "kept", "--from-literal=in=the snapshot"]);
  checks.succeeded(await cluster.playbook("etcd-backup"));
  backup = (await cluster.on("master-1", ["ls", "/var/backups/etcd"])).stdout.trim();
  await cluster.kubectl(["delete", "configmap", "kept"]);
  checks.succeeded(await cluster.playbook("etcd-restore", { args: ["--extra-vars", `backup=${backup}`] }));
  assert.is(await cluster.kubectl(["get", "configmap", "kept", "--output=jsonpath={.data.in}"]), "the snapshot");
});

/** Makes a copy of the backup, of a cluster of another version. */
const OLDER = `
  cd /var/backups/etcd
  cp -r "$0" older
  cd older
  mkdir all
  tar -xzf kubernetes.tar.gz -C all
  sed -i 's/^kubernetesVersion: .*/kubernetesVersion: v1.31.9/' all/kubeadm.yaml
  tar -czf kubernetes.tar.gz -C all encryption kubeadm.yaml pki`;

step("a snapshot of another version is refused before anything is stopped", async ({ cluster }) => {
  const { code, stderr } = await cluster.on("master-1", ["bash", "-ec", OLDER, backup]);
  assert.is(code, 0, stderr);
  const run = await cluster.playbook("etcd-restore", {
    as: "etcd-restore, another version",
    args: ["--extra-vars", "backup=older"],
  });
  checks.failed(run, /The backup is of Kubernetes v1\.31\.9/);
  await checks.everyNodeIsReady(cluster);
});

step("no new cluster is started beside a worker of the lost one", async ({ cluster }) => {
  await cluster.cut("master-1");
  await cluster.replace("master-1");
  const run = await cluster.playbook("site", { as: "site, the control plane is lost" });
  checks.failed(run, /control plane is lost still has web-1[^]*recover-control-plane\.yml/);
  assert.is((await cluster.on("master-1", ["ls", "/etc/kubernetes/admin.conf"])).code, 2);
});

step("a backup in the bucket brings the cluster back", async ({ cluster }) => {
  const args = ["--extra-vars", `backup=master-1/${backup}`];
  checks.succeeded(await cluster.playbook("recover-control-plane", { args }));
  assert.is(await cluster.kubectl(["get", "configmap", "kept", "--output=jsonpath={.data.in}"]), "the snapshot");
  await checks.nodesAreThoseOfTheModel(cluster);
  await checks.everyPodRuns(cluster);
  checks.changedNothing(await cluster.playbook("site", { as: "site at the end" }));
  await secretsAreKept(cluster);
});

test.run();
