/** Whether what is secret stays so: in etcd, between the control-plane nodes, on the wire, and in what Ansible prints. */
import * as assert from "uvu/assert";
import { etcdctl } from "./checks.ts";
import type { Rehearsal } from "./rehearsal.ts";
import { secretsIn } from "./secrets-in.ts";

export async function secretsAreKept(rehearsal: Rehearsal): Promise<void> {
  await everySecretIsEncryptedInEtcd(rehearsal);
  await everyApiServerHasItsFiles(rehearsal);
  await nothingSecretWasPrinted(rehearsal);
}

/** https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/: the provider and its key stand before the value. */
async function everySecretIsEncryptedInEtcd(rehearsal: Rehearsal): Promise<void> {
  const { kvs } = JSON.parse(await etcdctl(rehearsal, "get", "/registry/secrets/", "--prefix", "--write-out=json"));
  assert.ok(kvs.length > 0);
  for (const { key, value } of kvs) {
    const name = Buffer.from(key, "base64").toString();
    assert.match(Buffer.from(value, "base64").toString("latin1"), /^k8s:enc:secretbox:v1:key1:/, name);
  }
}

/** One encryption key for all; an audit log; a certificate for the names and addresses that clients use. */
async function everyApiServerHasItsFiles(rehearsal: Rehearsal): Promise<void> {
  const { nodes, kubernetes } = rehearsal.model;
  const { host, port } = kubernetes.endpoint;
  const keys = new Set<string>();
  for (const { name, address } of nodes.filter(({ controlPlane }) => controlPlane)) {
    keys.add(await said(rehearsal, name, "sha256sum /etc/kubernetes/encryption/config.yaml"));
    const event = JSON.parse(await said(rehearsal, name, "tail --lines=1 /var/log/kubernetes/audit.log"));
    assert.is(event.kind, "Event", name);
    const served = `openssl s_client -connect ${address}:${port} </dev/null | openssl x509 -noout -ext subjectAltName`;
    const names = await said(rehearsal, name, served);
    for (const each of [`DNS:${host}`, `IP Address:${address}`]) assert.ok(names.includes(each), `${name}: ${names}`);
  }
  assert.is(keys.size, 1);
}

/** By any run so far, the failed and the killed ones too. */
async function nothingSecretWasPrinted(rehearsal: Rehearsal): Promise<void> {
  const seed = rehearsal.model.nodes.find(({ controlPlane }) => controlPlane)?.name ?? "";
  const text = await said(rehearsal, seed, "cat /etc/kubernetes/encryption/config.yaml");
  const [, key = ""] = /secret: (\S{44})$/m.exec(text) ?? [];
  assert.ok(key);
  for (const { name, output } of rehearsal.runs) assert.equal(secretsIn(output, key), [], name);
}

async function said(rehearsal: Rehearsal, host: string, script: string): Promise<string> {
  const { code, stdout, stderr } = await rehearsal.on(host, ["bash", "-o", "pipefail", "-c", script]);
  assert.is(code, 0, `${host}: ${script}\n${stderr}`);
  return stdout;
}
