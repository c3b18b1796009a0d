import * as assert from "uvu/assert";
import * as checks from "../../rehearsal/checks.ts";
import { expireSoon } from "../../rehearsal/expire-soon.ts";
import type { Rehearsal } from "../../rehearsal/rehearsal.ts";
import { twoNodes } from "../../rehearsal/small-cluster.ts";
import { secretsAreKept } from "../../rehearsal/secrecy.ts";
import { stepsOn } from "../../rehearsal/steps.ts";

const { test, step } = stepsOn(twoNodes, "rehearsal: one control-plane node, and what it loses");

let backup = "";

step("etcd-restore brings back what was deleted, and the nodes are the machines of today", async ({ cluster }) => {
  checks.succeeded(await cluster.playbook("site"));
  await cluster.kubectl(["create", "configmap", "kept", "--from-literal=in=the snapshot"]);
  await createNode(cluster, "web-2");
  checks.succeeded(await cluster.playbook("etcd-backup"));
  backup = (await cluster.on("master-1", ["ls", "/var/backups/etcd"])).stdout.trim();
  await cluster.kubectl(["delete", "configmap/kept", "node/web-2"]);
  await cluster.cut("web-1");
  await cluster.replace("web-1");
  checks.succeeded(await cluster.playbook("replace-node", { args: ["--limit", "web-1"] }));
  checks.succeeded(await cluster.playbook("etcd-restore", { args: ["--extra-vars", `backup=${backup}`] }));
  assert.is(await cluster.kubectl(["get", "configmap", "kept", "--output=jsonpath={.data.in}"]), "the snapshot");
  await checks.nodesAreThoseOfTheModel(cluster);
  await checks.everyPodRuns(cluster);
});

/** A node with pods for which nobody answers, as one that leaves after a snapshot is to the snapshot. */
async function createNode(cluster: Rehearsal, name: string): Promise<void> {
  const resources = { cpu: "4", memory: "8Gi", pods: "110" };
  const status = { capacity: resources, allocatable: resources };
  const node = JSON.stringify({ apiVersion: "v1", kind: "Node", metadata: { name }, status });
  const script = 'kubectl --kubeconfig=/etc/kubernetes/admin.conf create --filename=- <<<"$0"';
  const { code, stderr } = await cluster.on("master-1", ["bash", "-ec", script, node]);
  assert.is(code, 0, stderr);
}

step("nodes that somebody has deleted come back", async ({ cluster }) => {
  await cluster.kubectl(["delete", "nodes", "--all"]);
  for (const play of ["03-join-workers", "05-label-nodes"]) {
    checks.succeeded(await cluster.playbook(play, { as: `${play}, the nodes are deleted` }));
  }
  await checks.nodesAreThoseOfTheModel(cluster);
  await checks.everyPodRuns(cluster);
});

step("another setting of the API server is in force when 02 has come to its end", async ({ cluster }) => {
  const suites = ["TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"];
  const args = ["--extra-vars", JSON.stringify({ tls_cipher_suites: suites })];
  checks.succeeded(await cluster.playbook("02-init-master", { as: "02-init-master, other cipher suites", args }));
  const script = 'tr "\\0" "\\n" <"/proc/$(pgrep --exact kube-apiserver)/cmdline"';
  const { stdout } = await cluster.on("master-1", ["bash", "-ec", script]);
  assert.ok(stdout.split("\n").includes(`--tls-cipher-suites=${suites.join(",")}`), stdout);
  checks.succeeded(await cluster.playbook("02-init-master", { as: "02-init-master, the tree's own again" }));
});

step("a renewal of certificates that is cut off is found, and taken up again", async ({ cluster }) => {
  await expireSoon(cluster, "master-1", "apiserver-kubelet-client");
  const renew = ["--extra-vars", "renew=true"];
  const until = (output: string): boolean =>
    /^TASK \[Renew the certificates of the control plane\][^]*^changed: \[master-1\]/m.test(output);
  await cluster.playbook("check-certificates", {
    as: "check-certificates, killed after the renewal",
    args: renew,
    until,
  });
  const half = await cluster.playbook("check-certificates", { as: "check-certificates, half renewed" });
  checks.failed(half, /etcd,\s+kube-apiserver,\s+kube-controller,\s+kube-scheduler\s+started\s+before/);
  checks.succeeded(await cluster.playbook("check-certificates", { as: "check-certificates, renew", args: renew }));
  checks.changedNothing(await cluster.playbook("check-certificates", { as: "check-certificates again" }));
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
