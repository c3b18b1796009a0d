import * as assert from "uvu/assert";
import type { AnsibleRun } from "../../rehearsal/ansible-run.ts";
import * as checks from "../../rehearsal/checks.ts";
import type { Rehearsal } from "../../rehearsal/rehearsal.ts";
import { smallCluster } from "../../rehearsal/small-cluster.ts";
import { secretsAreKept } from "../../rehearsal/secrecy.ts";
import { stepsOn } from "../../rehearsal/steps.ts";

const { test, step } = stepsOn(smallCluster, "rehearsal: what a backup of etcd brings back");
const masters = ["master-1", "master-2", "master-3"];

let backup = "";

async function takeBackup(cluster: Rehearsal, as: string): Promise<void> {
  checks.succeeded(await cluster.playbook("etcd-backup", { as }));
  const { stdout } = await cluster.on("master-1", ["ls", "/var/backups/etcd"]);
  backup = stdout.trim().split("\n").toSorted().at(-1) ?? "";
}

step("etcd-restore brings back what has been deleted since the backup", async ({ cluster }) => {
  checks.succeeded(await cluster.playbook("site"));
  await cluster.kubectl(["create", "configmap", "kept", "--from-literal=in=the snapshot"]);
  await takeBackup(cluster, "etcd-backup");
  await restore(cluster, "etcd-restore");
  await checks.nodesAreThoseOfTheModel(cluster);
  await checks.everyPodRuns(cluster);
});

/** Deletes what the backup has, makes what it has not, and restores it. */
async function restore(cluster: Rehearsal, as: string): Promise<void> {
  await cluster.kubectl(["delete", "configmap", "kept"]);
  await cluster.kubectl(["create", "configmap", "later", "--from-literal=in=no snapshot"]);
  checks.succeeded(await cluster.playbook("etcd-restore", { as, args: ["--extra-vars", `backup=${backup}`] }));
  assert.is(await cluster.kubectl(["get", "configmap", "kept", "--output=jsonpath={.data.in}"]), "the snapshot");
  assert.is(await cluster.kubectl(["get", "configmap", "later", "--ignore-not-found"]), "");
  assert.equal(await checks.etcdMembers(cluster), masters);
}

step("the same backup can be restored again, and a third time", async ({ cluster }) => {
  await restore(cluster, "etcd-restore again");
  await restore(cluster, "etcd-restore, a third time");
  await checks.everyPodRuns(cluster);
});

step(
  "all control-plane machines are lost: the playbooks say what helps, and start no other cluster",
  async ({ cluster }) => {
    await cluster.kubectl(["create", "configmap", "saved", "--from-literal=in=the bucket"]);
    await takeBackup(cluster, "etcd-backup, before the loss");
    for (const name of masters) await cluster.cut(name);
    for (const name of masters) await cluster.replace(name);
    const run = await cluster.playbook("replace-node", {
      as: "replace-node, none is left",
      args: ["--limit", "master-1"],
    });
    checks.failed(run, /recover-control-plane\.yml/);
    checks.failed(await cluster.playbook("site", { as: "site, none is left" }), /control plane is lost/);
    assert.is((await cluster.on("master-1", ["ls", "/etc/kubernetes/admin.conf"])).code, 2);
  },
);

/** Where a recovery must go on that is killed there, each time further. */
const TASKS = ["Unpack the authorities and the encryption key", "Give etcd the restored data", "Run kubeadm join"];

step(
  "a backup in the bucket brings the cluster back, although the recovery is killed again and again",
  async ({ cluster }) => {
    for (const task of TASKS) {
      const until = (output: string): boolean => output.includes(`TASK [${task}]`);
      const run = await recover(cluster, { as: `recover-control-plane, killed at "${task}"`, until });
      assert.not(run.code === 0, run.name);
      assert.not.match(run.output, /^fatal: /m, run.name);
      assert.match(run.output, `TASK [${task}]`);
    }
    checks.succeeded(await recover(cluster, {}));
    assert.is(await cluster.kubectl(["get", "configmap", "saved", "--output=jsonpath={.data.in}"]), "the bucket");
    await checks.nodesAreThoseOfTheModel(cluster);
    await checks.everyPodRuns(cluster);
    assert.equal(await checks.etcdMembers(cluster), masters);
  },
);

function recover(cluster: Rehearsal, how: { as?: string; until?: (output: string) => boolean }): Promise<AnsibleRun> {
  return cluster.playbook("recover-control-plane", { ...how, args: ["--extra-vars", `backup=master-1/${backup}`] });
}

step("after all that, site.yml has nothing to change", async ({ cluster }) => {
  checks.changedNothing(await cluster.playbook("site", { as: "site at the end" }));
  await secretsAreKept(cluster);
});

test.run();
