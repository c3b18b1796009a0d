/** What the playbooks refuse, and what they say: on hosts that are stand-ins. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { modelOf } from "../ansible-tree.ts";
import { modelWith } from "../fourteen-nodes.ts";
import { succeeded } from "../rehearsal/checks.ts";
import { put } from "../temporary.ts";
import { refused, StandInHosts } from "./stand-in-hosts.ts";
import { needs, succeed } from "./tool.ts";

const test = suite<{ folder: string }>("ansible: what the playbooks refuse");
const check = needs(test, "ansible-playbook");

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "ansible-"));
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true }));

const model = modelWith();
const threeMasters = modelOf("three control-plane nodes");

/** Hosts of a cluster that runs, as kubeadm's files say. */
function runningCluster(folder: string, of = model, version = of.kubernetes.version): StandInHosts {
  const hosts = new StandInHosts(folder, of);
  const { endpoint } = of.kubernetes;
  const configuration = {
    kind: "ClusterConfiguration",
    clusterName: of.id,
    controlPlaneEndpoint: `${endpoint.host}:${endpoint.port}`,
    networking: { podSubnet: of.network.pods, serviceSubnet: of.network.services },
  };
  const init = JSON.stringify({ kind: "InitConfiguration" });
  hosts.put("/etc/kubernetes/kubeadm.yaml", `${init}\n---\n${JSON.stringify(configuration)}\n`);
  const image = `registry.k8s.io/kube-apiserver:v${version}`;
  hosts.put("/etc/kubernetes/manifests/kube-apiserver.yaml", JSON.stringify({ spec: { containers: [{ image }] } }));
  return hosts;
}

check("02 does not make another cluster of the one that runs", async ({ folder }) => {
  const hosts = runningCluster(folder);
  const other = {
    cluster_id: "other-prod",
    api_host: "api.other",
    pod_network: "10.1.0.0/16",
    service_network: "10.2.0.0/16",
  };
  const run = await hosts.play("02-init-master", "-e", JSON.stringify(other));
  for (const value of Object.values(other)) {
    const isEndpoint = value === other.api_host;
    refused(run, `the topology says ${value}${isEndpoint ? ":6443" : ""}: that cannot change under a running cluster`);
  }
  assert.equal(hosts.calls, []);
});

for (const playbook of ["02-init-master", "03-join-workers"]) {
  check(`${playbook} leaves another version to the upgrade`, async ({ folder }) => {
    const hosts = runningCluster(folder, model, "1.32.1");
    const run = await hosts.play(playbook);
    refused(run, "has the version 1.32.1, the topology says 1.32.2: run playbooks/upgrade-kubernetes.yml first");
    assert.equal(hosts.calls, []);
  });
}

/** Without the snapshot of etcd before it. */
const fromTheUpgrade = [
  "--start-at-task",
  "Look for the configuration that has been applied",
  "-e",
  "cluster_seed=master-1",
];

const jumps = { "1.30.9": "two minor versions up", "1.33.0": "a minor version down", "1.32.3": "a patch version down" };

for (const [version, what] of Object.entries(jumps)) {
  check(`the upgrade refuses ${what}`, async ({ folder }) => {
    const hosts = runningCluster(folder, model, version);
    const run = await hosts.play("upgrade-kubernetes", ...fromTheUpgrade);
    refused(run, "Kubernetes goes up by one minor version at a time, and never down");
    assert.equal(hosts.calls, []);
  });
}

check("no worker is upgraded before the whole control plane", async ({ folder }) => {
  const hosts = runningCluster(folder);
  hosts.program("kubectl", 'echo "v1.32.2 v1.32.1"');
  const run = await hosts.play("upgrade-kubernetes", "--limit", "auth-1");
  refused(run, "auth-1 comes after the control plane");
  assert.equal(
    hosts.calls.filter((call) => !call.startsWith("kubectl get")),
    [],
  );
});

const leaving = modelOf("a node that is to leave");

for (const [state, answer] of Object.entries({ gone: "", "at this version": "v1.32.2//" })) {
  check(`the upgrade passes a leaving node that is ${state}`, async ({ folder }) => {
    const hosts = runningCluster(folder, leaving);
    hosts.program("kubectl", `case "$*" in *"get node scan-worker-2"*) echo "${answer}" ;; *) echo v1.32.2 ;; esac`);
    succeeded(await hosts.play("upgrade-kubernetes", "--limit", "scan-worker-2"));
    assert.equal(
      hosts.calls.filter((call) => !call.startsWith("kubectl get")),
      [],
    );
  });
}

const machines = { itself: "auth-1=i-2", "the machine before it": "auth-1=i-1", nobody: "" };

for (const [known, answer] of Object.entries(machines)) {
  check(`03: a worker that has joined, and that the cluster knows as ${known}`, async ({ folder }) => {
    const hosts = runningCluster(folder);
    hosts.put("/etc/kubernetes/kubelet.conf", "");
    hosts.machineIs("i-2");
    hosts.program("kubectl", `case "$*" in "get nodes"*) echo ${answer} ;; esac`);
    hosts.program("systemctl", 'case "$1" in show) echo LoadState=loaded; echo ActiveState=active ;; esac');
    succeeded(await hosts.play("03-join-workers", "--limit", "auth-1"));
    const done = hosts.calls.filter((call) => /^(kubeadm|kubectl (?!get)|systemctl (?!show))/.test(call));
    const again = [
      "kubectl delete node auth-1 --ignore-not-found",
      "kubectl delete pods --all-namespaces --field-selector=spec.nodeName=auth-1 --force",
      "systemctl restart kubelet",
    ];
    assert.equal(done, known === "itself" ? [] : again);
  });
}

check("etcd is restored with the whole control plane or not at all", async ({ folder }) => {
  const hosts = new StandInHosts(folder, threeMasters);
  const backup = ["-e", "backup=20260102T030405"];
  const part = await hosts.play("etcd-restore", "--limit", "master-1", ...backup);
  refused(part, "the whole control plane, and master-2, master-3 would be left out");
  const whole = await hosts.play("etcd-restore", "--limit", "control_plane", ...backup);
  refused(whole, "There has to be one control-plane node with");
  assert.equal(hosts.calls, []);
});

check("replace-node says what brings back a control plane of which nothing is left", async ({ folder }) => {
  const run = await new StandInHosts(folder, model).play("replace-node", "--limit", "master-1");
  refused(run, "recover-control-plane.yml brings them back from a backup");
});

check("recover-control-plane does not take the place of a control plane that is there", async ({ folder }) => {
  const run = await runningCluster(folder).play("recover-control-plane", "-e", "backup=master-1/20260102T030405");
  refused(run, "master-1 is part of a cluster");
});

check("recover-control-plane goes on from the backup that it began with", async ({ folder }) => {
  const hosts = new StandInHosts(folder, model);
  hosts.put("/etc/kubernetes/recovered-from", "master-1/20260102T030405");
  const run = await hosts.play("recover-control-plane", "-e", "backup=master-1/20260203T040506");
  refused(run, "master-1 has been given master-1/20260102T030405: say backup=master-1/20260102T030405");
  assert.equal(hosts.calls, []);
});

check("no new cluster is started while a worker is part of one", async ({ folder }) => {
  const hosts = new StandInHosts(folder, model);
  hosts.put("/etc/kubernetes/kubelet.conf", "");
  const run = await hosts.play("02-init-master");
  refused(run, "A cluster whose control plane is lost still has auth-1, chat-1, community-1,");
  assert.equal(
    hosts.calls.filter((call) => call.startsWith("kubeadm")),
    [],
  );
});

check("etcd-backup says who keeps the snapshots, where that is left out", async ({ folder }) => {
  const hosts = new StandInHosts(folder, threeMasters);
  const run = await hosts.play("etcd-backup", "--limit", "master-2");
  refused(run, "master-1 keeps the snapshots, and `--limit` leaves it out");
  assert.equal(hosts.calls, []);
});

check("etcd-restore leaves what was kept of another version", async ({ folder }) => {
  const hosts = runningCluster(folder);
  hosts.put("/var/backups/etcd/older/snapshot.db", "");
  put(folder, "kept/kubeadm.yaml", JSON.stringify({ kind: "ClusterConfiguration", kubernetesVersion: "v1.31.9" }));
  const archive = join(folder, "hosts/var/backups/etcd/older/kubernetes.tar.gz");
  await succeed("tar", ["-czf", archive, "-C", join(folder, "kept"), "kubeadm.yaml"]);
  refused(
    await hosts.play("etcd-restore", "-e", "backup=older"),
    "The backup is of Kubernetes v1.31.9, the cluster has 1.32.2",
  );
  assert.ok(hosts.has("/etc/kubernetes/manifests/kube-apiserver.yaml"));
  assert.equal(hosts.calls, []);
});

for (const playbook of ["site", "upgrade-kubernetes", "etcd-restore"]) {
  check(`${playbook} does not pretend to know what it would do: --check is refused`, async ({ folder }) => {
    const hosts = runningCluster(folder);
    const run = await hosts.play(playbook, "--check", "--limit", "control_plane");
    refused(run, "With --check Ansible starts no program on the nodes");
    assert.equal(hosts.calls, []);
  });
}

/** What kubectl says the first time that it is to drain the node. */
const failures = {
  "etcdserver: leader changed": { drained: 2, goesOn: true },
  "error when evicting pods/postgres -n data: global timeout reached: 15m0s": { drained: 1, goesOn: false },
  "error when waiting for pod postgres in namespace data to terminate: context deadline exceeded": {
    drained: 1,
    goesOn: false,
  },
};

for (const [words, { drained, goesOn }] of Object.entries(failures)) {
  check(`a drain that ends with "${words}" is ${goesOn ? "asked for again" : "the end"}`, async ({ folder }) => {
    const hosts = new StandInHosts(folder, model);
    hosts.put("/etc/kubernetes/admin.conf", "");
    hosts.program(
      "kubectl",
      `case "$*" in
      "get node"*) echo scan-worker-2/True ;;
      drain*) [ -e ${folder}/tried ] || { touch ${folder}/tried; echo "${words}" >&2; exit 1; } ;;
      esac`,
    );
    const run = await hosts.play("remove-node", "--limit", "scan-worker-2", "-e", "cluster_seed=master-1");
    const calls = (verb: string): number => hosts.calls.filter((call) => call.startsWith(`kubectl ${verb} `)).length;
    assert.is(calls("drain"), drained);
    assert.is(calls("delete"), goesOn ? 1 : 0, run.output.slice(-2000));
  });
}

check("a kubeadm init of which only the note is missing is not run again", async ({ folder }) => {
  const hosts = new StandInHosts(folder, model);
  hosts.put("/etc/kubernetes/admin.conf", "");
  hosts.program("kubectl", "exit 0");
  succeeded(await hosts.play("02-init-master"));
  assert.ok(hosts.has("/etc/kubernetes/kubeadm.yaml"));
  assert.equal(
    hosts.calls.filter((call) => call.startsWith("kubeadm")),
    [],
  );
});

test.run();
