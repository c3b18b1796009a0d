import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { GeneratedFile } from "../src/generated-file.ts";
import { readFacts } from "../src/verify/read-facts.ts";
import { checks, verify } from "../src/verify/verify.ts";
import { compiled, edited, text } from "./plan-of.ts";

const { files, model } = compiled(text).tree;

/** The outputs with one text in one file replaced, everywhere in it. The text must be there. */
function tampered(path: string, from: string, to: string): readonly GeneratedFile[] {
  const file = files.find((candidate) => candidate.path === path);
  if (!file?.text.includes(from)) throw new Error(`${path} does not have ${from}`);
  return files.map((candidate) => (candidate === file ? { ...file, text: file.text.replaceAll(from, to) } : candidate));
}

function without(path: string): readonly GeneratedFile[] {
  return files.filter((file) => file.path !== path);
}

const test = suite("agreement of the outputs");

test("the outputs of the 14 nodes agree", () => {
  assert.equal(verify(readFacts(files, model.paths)), []);
});

test("services and datastores may share a namespace", () => {
  const { tree: shared } = compiled(edited(text, ["nodes.redis.role", "api"], ["nodes.auth.role", "data"]));
  assert.equal(verify(readFacts(shared.files, shared.model.paths)), []);
});

type Case = readonly [what: string, files: readonly GeneratedFile[], checks: string];

const ec2 = "out/terraform/ec2.tf";
const balancer = "out/terraform/load-balancer.tf";
const groups = "out/terraform/security-groups.tf";
const hostVars = (node: string) => `out/ansible/inventory/host_vars/${node}.yml`;
const auth = "out/k8s/auth/auth-deployment.yaml";
const authService = "out/k8s/auth/auth-service.yaml";
const ingress = "out/k8s/ingress/14-nodes-ingress.yaml";
const authPort = String(model.edge.routes.find(({ name }) => name === "auth")?.nodePort);
const chatPort = String(model.edge.routes.find(({ name }) => name === "chat")?.nodePort);

const cases: readonly Case[] = [
  [
    "Terraform moves a node to another address",
    tampered(ec2, '"10.0.1.20"', '"10.0.1.99"'),
    "both-know-the-same-nodes",
  ],
  ["Ansible knows another address", tampered(hostVars("scan-1"), "10.0.2.21", "10.0.2.99"), "both-know-the-same-nodes"],
  ["Terraform calls a node otherwise", tampered(ec2, "redis-1", "cache-1"), "both-know-the-same-nodes"],
  [
    "a node is missing in the inventory",
    without(hostVars("storage-1")),
    "both-know-the-same-nodes selectors-find-nodes",
  ],
  [
    "a node lacks the label of its group",
    tampered(hostVars("auth-1"), "node-group: auth", "node-group: other"),
    "selectors-find-nodes",
  ],
  [
    "a workload selects a label that no node has",
    tampered(auth, "node-group: auth", "node-group: oauth"),
    "selectors-find-nodes targets-are-where-pods-run",
  ],
  [
    "a datastore selects a label that no node has",
    tampered("out/k8s/database/redis-deployment.yaml", "node-group: redis", "node-group: cache"),
    "selectors-find-nodes",
  ],
  [
    "a taint that nothing tolerates",
    tampered(hostVars("user-1"), "value: user", "value: users"),
    "taints-are-tolerated",
  ],
  [
    "a toleration of another effect",
    tampered("out/k8s/storage/storage-deployment.yaml", "effect: NoSchedule", "effect: NoExecute"),
    "taints-are-tolerated",
  ],
  [
    "a toleration that is missing",
    tampered(
      "out/k8s/database/postgres-deployment.yaml",
      "value: postgres\n          effect",
      "value: other\n          effect",
    ),
    "taints-are-tolerated",
  ],
  ["a pod larger than its node", tampered(auth, "memory: 512Mi", "memory: 4Gi"), "requests-fit"],
  [
    "more pods than the nodes hold",
    tampered("out/k8s/scan-worker/scan-worker-deployment.yaml", "replicas: 2", "replicas: 9"),
    "requests-fit",
  ],
  ["an instance type that is too small", tampered(ec2, '"t3.small"', '"t3.nano"'), "requests-fit"],
  [
    "a smaller instance under a datastore",
    tampered("out/k8s/database/postgres-deployment.yaml", "memory: 1Gi", "memory: 8Gi"),
    "requests-fit",
  ],
  [
    "targets on the nodes of another group",
    tampered(ingress, "node-group: auth", "node-group: chat"),
    "targets-are-where-pods-run",
  ],
  [
    "a Service that selects no pod",
    tampered(
      authService,
      "selector:\n    app.kubernetes.io/name: auth",
      "selector:\n    app.kubernetes.io/name: oauth",
    ),
    "services-lead-to-open-ports",
  ],
  [
    "a Service that leads to a port that is closed",
    tampered(authService, "targetPort: http", "targetPort: web"),
    "services-lead-to-open-ports",
  ],
  [
    "a container that opens its port under another name",
    tampered(auth, "- name: http\n              containerPort", "- name: web\n              containerPort"),
    "services-lead-to-open-ports probes-ask-open-ports",
  ],
  [
    "a probe on another port",
    tampered(
      "out/k8s/scan/scan-deployment.yaml",
      "path: /health\n              port: http",
      "path: /health\n              port: 9000",
    ),
    "probes-ask-open-ports",
  ],
  [
    "a Service on another node port",
    tampered(authService, `nodePort: ${authPort}`, "nodePort: 30001"),
    "target-groups-meet-node-ports",
  ],
  [
    "a target group on another port",
    tampered(balancer, `node_port    = ${authPort}`, "node_port    = 30002"),
    "target-groups-meet-node-ports node-ports-are-open",
  ],
  [
    "a binding of a target group that is not there",
    tampered(ingress, "targetGroupName: backend-user", "targetGroupName: backend-users"),
    "target-groups-meet-node-ports target-groups-are-bound",
  ],
  ["a target group without a binding", without(ingress), "target-groups-are-bound paths-exist"],
  [
    "a health check of another path",
    tampered(balancer, '"/health"', '"/healthy"'),
    "health-checks-ask-what-probes-ask",
  ],
  [
    "a readiness probe of another path",
    tampered("out/k8s/user/user-deployment.yaml", "path: /health", "path: /ready"),
    "health-checks-ask-what-probes-ask",
  ],
  ["a security group that opens another port", tampered(groups, authPort, "30003"), "node-ports-are-open"],
  [
    "two Services on one node port",
    tampered(authService, authPort, chatPort),
    "target-groups-meet-node-ports node-ports-are-unique",
  ],
  [
    "a Secret that nothing makes",
    tampered(auth, "secretRef:\n                name: auth", "secretRef:\n                name: oauth"),
    "secret-keys-are-made",
  ],
  [
    "a Secret to pull images with that nothing makes",
    tampered(auth, "automountServiceAccountToken: false\n---", "imagePullSecrets:\n  - name: login\n---"),
    "pull-secrets-are-made",
  ],
  [
    "a key that the Secret does not have",
    tampered("out/k8s/database/postgres-config.yaml", "secretKey: password", "secretKey: word"),
    "secret-keys-are-made",
  ],
  [
    "a secret that Terraform does not make",
    tampered("out/terraform/secrets.tf", '"backend/prod/chat"', '"backend/prod/chats"'),
    "secrets-exist",
  ],
  [
    "an image without a repository",
    tampered("out/terraform/ecr.tf", '"backend/reward"', '"backend/rewards"'),
    "repositories-exist",
  ],
  [
    "an Application in a namespace that its project does not admit",
    tampered("out/k8s/argocd/projects/apps.yaml", "namespace: worker", "namespace: workers"),
    "projects-admit-applications",
  ],
  [
    "Argo CD is pointed at a folder that is not there",
    tampered("out/k8s/argocd/applications/auth.yaml", "path: out/k8s/auth", "path: out/k8s/oauth"),
    "paths-exist",
  ],
  [
    "Atlantis is pointed at a folder that is not there",
    tampered("atlantis.yaml", "dir: out/terraform\n", "dir: out/tf\n"),
    "paths-exist",
  ],
  [
    "a workflow runs a script that is not there",
    tampered(".github/workflows/build-auth.yml", "out/bin/write-tag.sh", "out/bin/tag.sh"),
    "paths-exist",
  ],
];

for (const [what, tamperedFiles, want] of cases) {
  test(what, () => {
    const found = verify(readFacts(tamperedFiles, model.paths)).map(({ check }) => check);
    assert.is([...new Set(found)].join(" "), want);
  });
}

test("every check has a case", () => {
  const shown = new Set(cases.flatMap(([, , want]) => want.split(" ")));
  assert.equal(
    Object.keys(checks).filter((check) => !shown.has(check)),
    [],
  );
});

test.run();
