/** What is asked of a cluster after its playbooks have run. */
import * as assert from "uvu/assert";
import type { Node } from "../../src/model/model.ts";
import { type AnsibleRun, changedHosts } from "./ansible-run.ts";
import type { Rehearsal } from "./rehearsal.ts";

/** Labels that kubelets and kubeadm set themselves. */
const THEIRS =
  /^(beta\.)?kubernetes\.io\/(arch|os|hostname)$|^node-role\.kubernetes\.io\/|^node\.kubernetes\.io\/exclude-from-external/;

export function succeeded(run: AnsibleRun): void {
  assert.ok(run.code === 0, ending(run));
}

/** It came to an end of itself, and said why. */
export function failed(run: AnsibleRun, message: RegExp): void {
  assert.ok(run.code !== 0 && run.code !== null, ending(run));
  assert.ok(message.test(run.output), `nothing like ${message} in ${ending(run)}`);
}

function ending({ name, code, output }: AnsibleRun): string {
  return `${name}: exit code ${code}\n${output.slice(-4000)}`;
}

export function failedHosts({ recap }: AnsibleRun): string[] {
  return Object.keys(recap).filter((host) => (recap[host]?.failed ?? 0) > 0);
}

export function changedNothing(run: AnsibleRun): void {
  succeeded(run);
  assert.equal(run.changes, []);
  assert.equal(changedHosts(run), []);
}

/** All nodes of the model and no other: Ready, with exactly its labels and taints, addresses, provider ids and version. */
export async function nodesAreThoseOfTheModel(rehearsal: Rehearsal): Promise<void> {
  await everyNodeIsReady(rehearsal);
  const { nodes, kubernetes } = rehearsal.model;
  const present = new Map((await rehearsal.list("nodes")).map((node) => [node.metadata.name, node]));
  assert.equal([...present.keys()].sort(), nodes.map(({ name }) => name).sort());
  for (const node of nodes) {
    const id = instanceId(node.address, rehearsal.machineOf(node.name));
    assert.equal(seen(present.get(node.name)), wanted(node, id, kubernetes.version), node.name);
  }
}

export async function everyNodeIsReady(rehearsal: Rehearsal): Promise<void> {
  await rehearsal.until("every node is ready", 180, async () => {
    return (await rehearsal.list("nodes")).every(
      (node) =>
        conditionOf(node, "Ready") === "True" &&
        // the controller that keeps pods away from nodes that are not ready lets go of them a moment later
        !node.spec.taints?.some(({ key }: any) => key.startsWith("node.kubernetes.io/")),
    );
  });
}

function conditionOf(node: any, type: string): string {
  return node.status.conditions.find((condition: any) => condition.type === type)?.status;
}

function seen({ metadata, spec, status }: any) {
  return {
    labels: sorted(Object.entries(metadata.labels).filter(([key]) => !THEIRS.test(key))),
    taints: sorted((spec.taints ?? []).map(({ key, value = "", effect }: any) => [key, value, effect])),
    address: status.addresses.find(({ type }: any) => type === "InternalIP").address,
    providerID: spec.providerID,
    versions: [status.nodeInfo.kubeletVersion, status.nodeInfo.osImage.split(" ")[0]],
  };
}

/** As outside.py's instance metadata says it: the how many-eth machine of the address, and the address. */
function instanceId(address: string, machine: number): string {
  const hexadecimal = address.split(".").map((part) => Number(part).toString(16).padStart(2, "0"));
  return `i-${machine}${hexadecimal.join("").padStart(16, "0")}`;
}

function wanted({ labels, taints, address, zone }: Node, instance: string, version: string) {
  return {
    labels: sorted(Object.entries(labels)),
    taints: sorted(taints.map(({ key, value, effect }) => [key, value, effect])),
    address,
    providerID: `aws:///${zone.name}/${instance}`,
    versions: [`v${version}`, "Debian"],
  };
}

function sorted<T>(list: readonly T[]): T[] {
  return list.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

/** Every pod runs with all its containers ready, those of `names` included. */
export async function everyPodRuns(rehearsal: Rehearsal): Promise<void> {
  let waiting: string[] = [];
  const ready = async (): Promise<boolean> => {
    waiting = (await rehearsal.list("pods")).filter((pod) => !isReady(pod)).map((pod) => pod.metadata.name);
    return waiting.length === 0;
  };
  await rehearsal.until("every pod is ready", 240, ready).catch((error: Error) => {
    throw new Error(`${error.message}: ${waiting.join(", ")}`);
  });
}

function isReady({ status }: any): boolean {
  return (
    status.phase === "Succeeded" || conditionOf({ status: { conditions: status.conditions ?? [] } }, "Ready") === "True"
  );
}

/** Each release of the tree is deployed, of its version, with exactly the values of its file. */
export async function releasesAreThoseOfTheTree(rehearsal: Rehearsal): Promise<void> {
  const seed = rehearsal.model.nodes.find(({ controlPlane }) => controlPlane)?.name ?? "";
  const helm = ["env", "KUBECONFIG=/etc/kubernetes/admin.conf", "/usr/local/bin/helm"];
  const { stdout } = await rehearsal.on(seed, [...helm, "list", "--all-namespaces", "--output=json"]);
  const releases: readonly any[] = JSON.parse(stdout);
  assert.equal(
    sorted(releases.map(({ namespace, name, chart, status }) => [namespace, name, chart, status])),
    sorted(
      rehearsal.releases.map(({ namespace, name, chart, version }) => [
        namespace,
        name,
        `${chart}-${version}`,
        "deployed",
      ]),
    ),
  );
  for (const { component, name, namespace } of rehearsal.releases) {
    const values = await rehearsal.on(seed, [
      ...helm,
      "get",
      "values",
      name,
      `--namespace=${namespace}`,
      "--output=json",
    ]);
    assert.equal(JSON.parse(values.stdout), rehearsal.valuesOf(component), component);
  }
}

/** Nothing runs with other settings than its files: a restart that a failed run owed is made up for. */
export async function everyProgramRunsWithItsFiles(rehearsal: Rehearsal): Promise<void> {
  const script = `
    since() { systemctl show "$1" --property=ActiveEnterTimestamp --value --timestamp=us+utc; }
    find /etc/containerd/config.toml -newermt "$(since containerd)"
    find /etc/kubernetes/kubelet.conf.d /etc/default/kubelet -newermt "$(since kubelet)"`;
  for (const name of rehearsal.names) {
    const { stdout, stderr } = await rehearsal.on(name, ["bash", "-ec", script]);
    assert.is(stdout + stderr, "", name);
  }
}

/** Runs etcdctl in the etcd of the first control-plane node. */
export function etcdctl(rehearsal: Rehearsal, ...args: readonly string[]): Promise<string> {
  const seed = rehearsal.model.nodes.find(({ controlPlane }) => controlPlane)?.name ?? "";
  const pki = "/etc/kubernetes/pki/etcd";
  const tls = [`--cacert=${pki}/ca.crt`, `--cert=${pki}/healthcheck-client.crt`, `--key=${pki}/healthcheck-client.key`];
  return rehearsal.kubectl(["--namespace=kube-system", "exec", `etcd-${seed}`, "--", "etcdctl", ...tls, ...args]);
}

/** The names of etcd's members that have started. */
export async function etcdMembers(rehearsal: Rehearsal): Promise<string[]> {
  const lines = (await etcdctl(rehearsal, "member", "list")).trim().split("\n");
  return lines
    .map((line) => line.split(", "))
    .filter(([, state]) => state === "started")
    .map(([, , name = ""]) => name)
    .toSorted();
}
