/** check-certificates.yml: which certificates it looks at, and what it says of each. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { modelWith } from "../fourteen-nodes.ts";
import { changedNothing } from "../rehearsal/checks.ts";
import { refused, StandInHosts } from "./stand-in-hosts.ts";
import { needs, succeed } from "./tool.ts";

const test = suite<{ folder: string }>("ansible: check-certificates");
const check = needs(test, "ansible-playbook", "openssl");

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "ansible-"));
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true }));

/** Every certificate of a control-plane node, and for how many days it is good: long enough. */
const fresh = {
  "/etc/kubernetes/pki/ca.crt": 3650,
  "/etc/kubernetes/pki/front-proxy-ca.crt": 3650,
  "/etc/kubernetes/pki/etcd/ca.crt": 3650,
  "/etc/kubernetes/pki/apiserver.crt": 365,
  "/etc/kubernetes/pki/etcd/server.crt": 365,
  "/etc/kubernetes/admin.conf": 365,
  "/etc/kubernetes/controller-manager.conf": 365,
  "/etc/kubernetes/scheduler.conf": 365,
  "/var/lib/kubelet/pki/kubelet-client-current.pem": 40,
  "/var/lib/kubelet/pki/kubelet.crt": 1,
};

async function hostsWith(folder: string, certificates: Record<string, number>): Promise<StandInHosts> {
  const hosts = new StandInHosts(folder, modelWith());
  for (const [path, days] of Object.entries(certificates)) {
    const text = await certificate(folder, days);
    const inside = `users:\n- user:\n    client-certificate-data: ${Buffer.from(text).toString("base64")}\n`;
    hosts.put(path, path.endsWith(".conf") ? inside : text);
  }
  return hosts;
}

async function certificate(folder: string, days: number): Promise<string> {
  const words = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj /CN=x -days ${days}`.split(
    " ",
  );
  await succeed("openssl", [...words, "-keyout", join(folder, "key"), "-out", join(folder, "crt")]);
  return readFileSync(join(folder, "crt"), "utf8");
}

check("it is silent while all are good for long, with --check as well", async ({ folder }) => {
  const hosts = await hostsWith(folder, fresh);
  changedNothing(await hosts.play("check-certificates", "--check", "--limit", "master-1"));
});

check("it names each that is about to expire, and what to do about it", async ({ folder }) => {
  const hosts = await hostsWith(folder, {
    ...fresh,
    "/etc/kubernetes/pki/front-proxy-ca.crt": 300,
    "/etc/kubernetes/pki/etcd/server.crt": 50,
    "/etc/kubernetes/admin.conf": 50,
    "/etc/kubernetes/controller-manager.conf": 50,
    "/etc/kubernetes/scheduler.conf": 50,
    "/var/lib/kubelet/pki/kubelet-client-current.pem": 20,
  });
  const run = await hosts.play("check-certificates", "--limit", "master-1");
  refused(run, "Renew: --extra-vars renew=true");
  refused(run, "The kubelet should have renewed it");
  refused(run, "An authority is replaced by hand");
  const named = [...new Set(run.output.match(/[\w-]+\.(?:crt|conf|pem)(?=: notAfter)/g))];
  const soon = ["admin.conf", "controller-manager.conf", "front-proxy-ca.crt", "kubelet-client-current.pem"];
  assert.equal(named.toSorted(), [...soon, "scheduler.conf", "server.crt"]);
});

const begun = { before: "Mon Nov  1 10:00:00 2021", after: "Fri Nov  1 10:00:00 2199" };

for (const [order, start] of Object.entries(begun)) {
  check(`a process that was started ${order} its certificate was renewed`, async ({ folder }) => {
    const hosts = await hostsWith(folder, fresh);
    hosts.program("ps", `case "$*" in *kube-scheduler*) echo "${start}" ;; *) exit 1 ;; esac`);
    const run = await hosts.play("check-certificates", "--check", "--limit", "master-1");
    if (order === "after") changedNothing(run);
    else
      refused(
        run,
        "kube-scheduler started before its certificates were renewed. Start it again: --extra-vars renew=true",
      );
  });
}

test.run();
