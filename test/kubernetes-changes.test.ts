import { suite } from "uvu";
import * as assert from "uvu/assert";
import { kubernetes } from "../generators/kubernetes/index.ts";
import { literal } from "../generators/kubernetes/pod.ts";
import { copyingRoom, taskPods } from "../src/model/catalogue/tasks.ts";
import type { Model } from "../src/model/model.ts";
import type { Topology } from "../src/topology.ts";
import { fourteenNodes, modelWith } from "./fourteen-nodes.ts";
import { modelOf, objectsOf, ofKind } from "./kubernetes-tree.ts";

const test = suite("kubernetes: what a change of the topology changes");

/** The files of a model by path. */
function texts(model: Model): Map<string, string> {
  return new Map(kubernetes(model).map(({ path, text }) => [path, text]));
}

function changedBy(changes: Partial<Topology>): string[] {
  const [before, after] = [texts(modelWith()), texts(modelWith(changes))];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((path) => before.get(path) !== after.get(path))
    .sort();
}

function serviceChanged(name: string, change: object): Partial<Topology> {
  const services = fourteenNodes.services ?? {};
  return { services: { ...services, [name]: { ...services[name], ...change } } as NonNullable<Topology["services"]> };
}

test("a new version of a service changes one line of its Deployment", () => {
  const changes = serviceChanged("auth", { image: "v1.2.3" });
  assert.equal(changedBy(changes), ["out/k8s/auth/auth-deployment.yaml"]);
  const lines = (model: Model) => (texts(model).get("out/k8s/auth/auth-deployment.yaml") ?? "").split("\n");
  const before = lines(modelWith());
  assert.equal(
    lines(modelWith(changes)).filter((line, index) => line !== before[index]),
    ["          image: 123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/backend/auth:v1.2.3"],
  );
});

test("a variable that changes gives the ConfigMap another name, so that the pods are replaced", () => {
  assert.equal(changedBy(serviceChanged("auth", { env: { LOG_LEVEL: "debug" } })), [
    "out/k8s/auth/auth-config.yaml",
    "out/k8s/auth/auth-deployment.yaml",
  ]);
});

test("a secret key more gives the Secret another name, so that the pods are replaced once it is there", () => {
  const changes = serviceChanged("auth", { secrets: ["JWT_SECRET", "NEW"] });
  assert.equal(changedBy(changes), ["out/k8s/auth/auth-config.yaml", "out/k8s/auth/auth-deployment.yaml"]);
  const [before, after] = [modelWith(), modelWith(changes)].map((model) => {
    const texts = kubernetes(model).filter(({ path }) => path.startsWith("out/k8s/auth/"));
    const names = texts.flatMap(({ text }) => text.match(/auth-secrets-[0-9a-f]{10}/g) ?? []);
    return [...new Set(names)];
  });
  assert.is(before?.length, 1, "the Deployment and the ExternalSecret agree");
  assert.is(after?.length, 1);
  assert.not.equal(before, after);
});

test("more memory for PostgreSQL changes its Deployment and its configuration, and nothing else", () => {
  const stores = fourteenNodes.datastores ?? {};
  const postgres = { ...stores["postgres"], resources: { cpu: 1, memory: "2Gi" } };
  const changes = { datastores: { ...stores, postgres } as NonNullable<Topology["datastores"]> };
  assert.equal(changedBy(changes), [
    "out/k8s/database/postgres-config.yaml",
    "out/k8s/database/postgres-deployment.yaml",
  ]);
});

test("a project of Argo CD still admits a namespace when what was last in it is gone, with its nodes", () => {
  const { master, monitoring } = fourteenNodes.nodes as Record<string, Topology["nodes"][string]>;
  const nodes = { master, monitoring } as Topology["nodes"];
  const { "scan-worker": last, ...services } = fourteenNodes.services ?? {};
  assert.is(last?.on, "scan-worker");
  for (const change of [{ services }, { services: {} }, { datastores: {} }, { services: {}, datastores: {}, nodes }]) {
    assert.equal(
      changedBy(change).filter((path) => /argocd\/(projects|root)/.test(path)),
      [],
    );
  }
});

test("projects admit no namespace of Kubernetes or of the platform, and the control plane's only where it takes workloads", () => {
  const admitted = (roles: Topology["roles"]) => modelWith({ ...(roles && { roles }) }).workloadNamespaces;
  assert.equal(admitted({}), ["api", "data", "storage", "worker"]);
  assert.equal(
    admitted({
      "control-plane": { reserved: false },
      worker: { namespace: "jobs" },
      gpu: {},
      api: { namespace: "argocd" },
    }),
    ["control-plane", "data", "gpu", "jobs", "storage"],
  );
});

test("a third scan worker is one pod more", () => {
  const scanWorkers = { ...fourteenNodes.nodes["scan-worker"], count: 3 } as Topology["nodes"][string];
  assert.equal(changedBy({ nodes: { ...fourteenNodes.nodes, "scan-worker": scanWorkers } }), [
    "out/k8s/scan-worker/scan-worker-deployment.yaml",
  ]);
});

test("a service that scales has no number of pods of its own, and Argo CD leaves it alone", () => {
  const found = objectsOf(modelOf("services that scale, unreserved nodes, odd folders"));
  const auth = (kind: string) => ofKind(found, kind).find(({ metadata }) => metadata.name === "auth");
  assert.is("replicas" in auth("Deployment").spec, false);
  assert.is(auth("HorizontalPodAutoscaler").spec.maxReplicas, 3);
  assert.equal(auth("PodDisruptionBudget").spec.unhealthyPodEvictionPolicy, "AlwaysAllow");
  assert.equal(auth("Application").spec.ignoreDifferences, [
    { group: "apps", kind: "Deployment", name: "auth", jsonPointers: ["/spec/replicas"] },
  ]);
});

test("folders that look alike get volumes of their own, with names that Kubernetes accepts", () => {
  const found = objectsOf(modelOf("services that scale, unreserved nodes, odd folders"));
  const auth = ofKind(found, "Deployment").find(({ metadata }) => metadata.name === "auth");
  const names: string[] = auth.spec.template.spec.volumes.map(({ name }: { name: string }) => name);
  assert.is(new Set(names).size, 3);
  for (const name of names) assert.match(name, /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
});

/** What the kubelet makes of a text: https://github.com/kubernetes/kubernetes/blob/v1.32.2/third_party/forked/golang/expansion/expand.go */
function expanded(text: string): string {
  return text.replace(/\$(\$|\(([^)]*)\))/g, (_, next: string, name?: string) =>
    next === "$" ? "$" : `<value of ${name}>`,
  );
}

test("the text of a command is what its program gets", () => {
  for (const text of ["$(HOME)", "$$", "$$(HOME)", "$$$(X)", "$5", "a$", "$", "$$$$", "cost: $(( 1 + 1 ))"]) {
    assert.is(expanded(literal(text)), text);
  }
  assert.is(literal('"$HEALTH_URL"'), '"$HEALTH_URL"');
});

test("passing tasks ask for what the rules keep free for them", () => {
  const found = objectsOf(modelOf("the 14 nodes"));
  const requests = (pod: { containers: readonly object[] }) =>
    pod.containers.map((container: any) => container.resources.requests);
  const asked = ({ cpu, memory }: { cpu: number; memory: number }) => ({ cpu: `${cpu}m`, memory: `${memory}Mi` });
  const cpuAndMemory = ({ cpu, memory }: { cpu: string; memory: string }) => ({ cpu, memory });
  const copying = Object.values(copyingRoom(50));
  for (const { spec } of ofKind(found, "Job")) {
    const { name } = spec.template.spec.containers[0];
    const wanted = name === "check" ? [taskPods.check] : copying;
    assert.equal(requests(spec.template.spec).map(cpuAndMemory), wanted.map(asked));
  }
  for (const { spec } of ofKind(found, "CronJob")) {
    assert.equal(requests(spec.jobTemplate.spec.template.spec).map(cpuAndMemory), copying.map(asked));
  }
});

test("a copy of a large volume is sent in larger parts, of which some are held in memory", () => {
  assert.equal(
    [1, 50, 78, 79, 1000].map((storage) => copyingRoom(storage).transfer.memory),
    [256, 256, 256, 368, 592],
  );
});

test.run();
