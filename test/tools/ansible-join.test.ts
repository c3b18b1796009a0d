/** A control-plane node's join that was cut off: what 03-join-workers.yml does when it is started again. */
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { modelOf } from "../ansible-tree.ts";
import { succeeded } from "../rehearsal/checks.ts";
import { StandInHosts } from "./stand-in-hosts.ts";
import { needs, succeed } from "./tool.ts";

const test = suite<{ folder: string; apiServer: Server }>("ansible: a join that was cut off");
const check = needs(test, "ansible-playbook", "openssl");

test.before.each(async (context) => {
  context.folder = mkdtempSync(join(tmpdir(), "ansible-"));
  const { key, cert } = await certificate(context.folder);
  context.apiServer = createServer({ key, cert }, (_, response) => response.end("ok")).listen(0, "127.0.0.1");
  await once(context.apiServer, "listening");
});
test.after.each(({ folder, apiServer }) => {
  apiServer.close();
  rmSync(folder, { recursive: true });
});

async function certificate(folder: string): Promise<{ key: string; cert: string }> {
  const words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=x".split(" ");
  const files = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", join(folder, "key"), "-out", join(folder, "crt")];
  await succeed("openssl", [...words, ...files]);
  const [key, cert] = ["key", "crt"].map((name) => readFileSync(join(folder, name), "utf8"));
  return { key: key ?? "", cert: cert ?? "" };
}

/** Joins master-2, whose Node is Ready and has these labels; what has been changed in the cluster and on the machine. */
async function joinAgain(folder: string, apiServer: Server, labels: object): Promise<string[]> {
  const hosts = new StandInHosts(folder, modelOf("three control-plane nodes"));
  hosts.put("/etc/kubernetes/pki/ca.crt", readFileSync(join(folder, "crt"), "utf8"));
  hosts.machineIs("i-2");
  hosts.program(
    "kubectl",
    `case "$*" in
    "get nodes"*) echo master-2=i-2 ;;
    *jsonpath*) echo 'True ${JSON.stringify(labels)}' ;;
    esac`,
  );
  hosts.program(
    "kubeadm",
    'case "$*" in token\\ create*) echo abcdef.0123456789abcdef ;; *certificate-key) echo key ;; esac',
  );
  const { port } = apiServer.address() as AddressInfo;
  const here = JSON.stringify({ node_address: "127.0.0.1", api_port: port });
  succeeded(await hosts.play("03-join-workers", "--limit", "master-2", "-e", here));
  assert.ok(hosts.has("/etc/kubernetes/kubeadm.yaml"), "the note that kubeadm came to its end");
  const verbs = ["reset", "delete node", "init phase upload-certs", "join"];
  return verbs.filter((verb) =>
    hosts.calls.some((call) => call.startsWith(`kubeadm ${verb}`) || call.startsWith(`kubectl ${verb}`)),
  );
}

check("a machine that has joined in fact gets its note, and nothing else", async ({ folder, apiServer }) => {
  assert.equal(await joinAgain(folder, apiServer, { "node-role.kubernetes.io/control-plane": "" }), []);
});

check("any other is cleared away, its Node too, and joins again", async ({ folder, apiServer }) => {
  const done = await joinAgain(folder, apiServer, { "kubernetes.io/os": "linux" });
  assert.equal(done, ["reset", "delete node", "init phase upload-certs", "join"]);
});

test.run();
