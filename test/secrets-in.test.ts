import { suite } from "uvu";
import * as assert from "uvu/assert";
import { secretsIn } from "./rehearsal/secrets-in.ts";

const test = suite("secrets in what Ansible prints");

const encryptionKey = "0VqyJ0C3dZ4m1pZsQ2bq8S1s0j2wC9m0kq0Cw3rX1lE=";
const certificateKey = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

test("a bootstrap token, a certificate key and the encryption key are found", () => {
  const lines = [
    "    stdout: 9vr73a.a8uxyaju799qwdjv",
    "kubeadm join api:6443 --token abcdef.0123456789abcdef --control-plane",
    `Using certificate key:\n${certificateKey}`,
    `secret: ${encryptionKey}`,
  ];
  for (const line of lines) assert.is(secretsIn(line, encryptionKey).length, 1, line);
});

test("names, checksums and digests are none", () => {
  const lines = [
    "node.k8s.io/containerd.sandbox, system.slicekubeletservice, master.containerruntimes",
    `--discovery-token-ca-cert-hash sha256:${certificateKey}`,
    `The checksum for /usr/local/src/helm-3.17.3.tar.gz did not match ${certificateKey};\n    it was ${certificateKey}.`,
  ];
  for (const line of lines) assert.equal(secretsIn(line, encryptionKey), [], line);
});

test.run();
