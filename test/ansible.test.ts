import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parseAllDocuments } from "yaml";
import { ansible } from "../generators/ansible/index.ts";
import { kubernetes } from "../generators/kubernetes/index.ts";
import type { Model } from "../src/model/model.ts";
import { modelOf, objectsIn, read, shapes, textOf, treeOf } from "./ansible-tree.ts";
import { fourteenNodes, modelWith } from "./fourteen-nodes.ts";
import { type KubernetesObject, problems } from "./kubernetes-strict.ts";

const test = suite("ansible");

for (const shape of Object.keys(shapes)) {
  const model = modelOf(shape);

  test(`${shape}: every node is one line of the inventory, in its group, with its address`, () => {
    const lines = textOf(model, "inventory/hosts.ini").split("\n");
    for (const { name, address, group } of model.nodes) {
      const own = lines.filter((line) => line.split(" ")[0] === name);
      assert.equal(own, [`${name} ansible_host=${address}`]);
      assert.is(sectionOf(lines, own[0] ?? ""), `[group_${group.replaceAll("-", "_")}]`);
    }
    assert.is(lines.filter((line) => line.includes("ansible_host")).length, model.nodes.length);
  });

  test(`${shape}: every node has the model's labels, taints, zone, state and reserve`, () => {
    for (const node of model.nodes) {
      const variables = read(model, `inventory/host_vars/${node.name}.yml`);
      assert.equal(variables.node_labels, node.labels);
      assert.equal(variables.node_taints, node.taints);
      assert.is(variables.node_zone, node.zone.name);
      assert.is(variables.node_state, node.state);
      assert.is(variables.node_address, node.address);
      assert.is(variables.node_is_control_plane, node.controlPlane);
      const { cpu, memory } = node.reservedForSystem;
      assert.equal(variables.node_reserved, { cpu: `${cpu}m`, memory: `${memory}Mi` });
    }
  });

  test(`${shape}: site.yml has the plays that the topology needs, in their order`, () => {
    const plays: string[] = read(model, "playbooks/site.yml").map(
      (play: Record<string, string>) => play["ansible.builtin.import_playbook"],
    );
    assert.equal(plays, plays.toSorted());
    assert.is(plays.includes("08-monitoring.yml"), model.platform.grafanaHost !== null);
    assert.is(plays.includes("09-atlantis.yml"), model.platform.atlantisHost !== null);
    for (const play of plays) assert.ok(treeOf(model).has(`playbooks/${play}`), play);
  });

  test(`${shape}: every component has its release and its values; none is installed twice`, () => {
    const variables = read(model, "inventory/group_vars/all/topology.yml");
    for (const { id, release: name, repository, chart, version, namespace } of model.platform.components) {
      assert.equal(variables.helm_releases[id], { name, repository, chart, version, namespace });
      assert.ok(treeOf(model).has(`values/${id}.yml`), id);
    }
    const plays = ["tigera-operator", "kube-prometheus-stack", "atlantis"];
    const expected = model.platform.components.map(({ id }) => id).filter((id) => !plays.includes(id));
    assert.equal(variables.infrastructure_components, expected);
  });

  test(`${shape}: the values ask for what the model says, where it says`, () => {
    for (const component of model.platform.components) {
      const asked = requestsIn(read(model, `values/${component.id}.yml`));
      const pinned = component.pods.filter((pod) => pod.on !== "every-node");
      for (const pod of pinned) {
        const request = `${pod.cpu}m ${pod.memory}Mi`;
        const shared = `${Math.floor(pod.cpu / 6)}m ${Math.floor(pod.memory / 6)}Mi`;
        assert.ok(
          asked.includes(request) || asked.includes(shared),
          `${component.id}: ${pod.name} asks for ${request}`,
        );
      }
    }
  });

  test(`${shape}: what Ansible owns is what Kubernetes takes, and no service's route`, () => {
    for (const object of ownObjects(model)) assert.equal(problems(object), [], object.metadata.name);
    const bound = objectsIn(model, "manifests/edge.yml").filter(({ kind }) => kind !== "Service");
    assert.equal(
      bound.map(({ metadata }) => metadata.name),
      model.edge.routes.filter((route) => route.boundBy === "ansible").map((route) => route.name),
    );
  });

  test(`${shape}: the hook's kustomization names every file of the tree once, and only those`, () => {
    const paths = [...treeOf(model).keys()].filter(
      (path) => path !== "kustomization.yaml" && !path.startsWith("hook/"),
    );
    const [playbooks, nodes, playbooksOfThisRun, nodesOfThisRun] = read(model, "kustomization.yaml").configMapGenerator;
    const entries: string[] = [...playbooks.files, ...nodes.files];
    assert.equal(entries.toSorted(), paths.map((path) => `${path.replaceAll("/", "__")}=${path}`).toSorted());
    assert.equal(playbooksOfThisRun.files, [...playbooks.files, "run.sh=hook/run.sh"]);
    assert.equal(nodesOfThisRun.files, nodes.files);
  });

  test(`${shape}: no secret is in the tree, and each that is read exists in AWS`, () => {
    const names = new Set(model.secrets.map(({ name }) => name));
    for (const { kind, spec } of ownObjects(model).filter((object) => object.kind === "ExternalSecret") as any[]) {
      for (const { remoteRef } of spec.data) {
        const secret = model.secrets.find(({ name }) => name === remoteRef.key);
        assert.ok(secret?.properties.includes(remoteRef.property), `${kind} ${remoteRef.key} ${remoteRef.property}`);
      }
      assert.ok(names.size > 0);
    }
    for (const [path, text] of treeOf(model)) assert.not.match(text, /PRIVATE KEY|ghp_|AKIA[0-9A-Z]{16}/, path);
  });
}

test("every namespace that has secrets may use their store, a new one at once, and no other may", () => {
  const gpu = { role: "gpu", address: "10.0.1.90" };
  const { auth, ...services } = fourteenNodes.services ?? {};
  const other = modelWith({
    roles: { ...fourteenNodes.roles, gpu: {} },
    nodes: { ...fourteenNodes.nodes, gpu },
    services: { ...services, ...(auth && { auth: { ...auth, on: "gpu" } }) },
  });
  assert.is(textOf(other, "manifests/secret-store.yml"), textOf(modelWith(), "manifests/secret-store.yml"));
  for (const model of [other, ...Object.keys(shapes).map(modelOf)]) {
    const objects: any[] = [...kubernetes(model), ...ansible(model)]
      .filter(({ path }) => /\/(k8s|manifests|hook)\/.*ya?ml$/.test(path))
      .flatMap(({ text }) => parseAllDocuments(text).map((document) => document.toJS()));
    const ofKind = (kind: string) => objects.filter((object) => object?.kind === kind);
    const [selected, named] = ofKind("ClusterSecretStore")[0].spec.conditions;
    const [[key, value]] = Object.entries(selected.namespaceSelector.matchLabels) as [[string, string]];
    const labelled = ofKind("Namespace").filter(({ metadata }) => metadata.labels[key] === value);
    const admitted = [...labelled.map(({ metadata }) => metadata.name), ...named.namespaces].sort();
    assert.equal(admitted, [...new Set(ofKind("ExternalSecret").map(({ metadata }) => metadata.namespace))].sort());
  }
});

test("another node changes its own files and the list of them", () => {
  const group = fourteenNodes.nodes["scan-worker"];
  assert.ok(group);
  const before = treeOf(modelWith());
  const after = treeOf(modelWith({ nodes: { ...fourteenNodes.nodes, "scan-worker": { ...group, count: 3 } } }));
  const changed = [...after].filter(([path, text]) => before.get(path) !== text).map(([path]) => path);
  assert.equal(changed.toSorted(), [
    "inventory/host_vars/scan-worker-3.yml",
    "inventory/hosts.ini",
    "kustomization.yaml",
  ]);
});

test("another version of Calico changes one line", () => {
  const before = treeOf(modelWith());
  const after = treeOf(modelWith({ kubernetes: { ...fourteenNodes.kubernetes, calico: "v3.31.7" } }));
  const changed = [...after].filter(([path, text]) => before.get(path) !== text);
  assert.equal(
    changed.map(([path]) => path),
    ["inventory/group_vars/all/topology.yml"],
  );
  const lines = new Set(before.get("inventory/group_vars/all/topology.yml")?.split("\n"));
  assert.equal(
    changed.flatMap(([, text]) => text.split("\n").filter((line) => !lines.has(line))),
    ["    version: v3.31.7"],
  );
});

test("no variable of a task has the name of what a task keeps for all that follow: that would win", () => {
  const model = modelWith();
  const playbooks = [...treeOf(model).keys()].filter((path) => /^playbooks\/.*\.yml$/.test(path));
  const tasks = playbooks.flatMap((path) => tasksIn(read(model, path)));
  const kept = tasks.flatMap((task) => [task.register, ...Object.keys(task["ansible.builtin.set_fact"] ?? {})]);
  // Those of an included file win.
  const own = tasks.filter((task) => !("ansible.builtin.include_tasks" in task));
  assert.equal(
    own
      .flatMap(({ name, vars = {} }) => Object.keys(vars).map((variable) => [name, variable]))
      .filter(([, variable]) => kept.includes(variable)),
    [],
  );
});

/** Plays, blocks and tasks, at any depth. */
function tasksIn(value: unknown): Record<string, any>[] {
  if (typeof value !== "object" || value === null) return [];
  const inside = Object.values(value).flatMap(tasksIn);
  return Array.isArray(value) ? inside : [value, ...inside];
}

test("texts that Ansible or YAML 1.1 would read as something else reach the host as they are", () => {
  const odd = [
    "{{ lookup('pipe', 'id') }}",
    "{% if x %}",
    "{# note #}",
    "yes",
    "0123",
    "1e3",
    "12:30",
    "a: b",
    'it\'s "so"',
    "~",
  ];
  const labels = Object.fromEntries(odd.map((value, index) => [`example.app/odd-${index}`, value]));
  const model = modelWith({ roles: { ...fourteenNodes.roles, api: { ...fourteenNodes.roles?.["api"], labels } } });
  const variables = read(model, "inventory/host_vars/auth-1.yml");
  for (const [key, value] of Object.entries(labels)) assert.is(variables.node_labels[key], value);
  const lines = textOf(model, "inventory/host_vars/auth-1.yml").split("\n");
  for (const line of lines.filter((each) => /\{[{%#]/.test(each))) assert.match(line, /: !unsafe ["']/);
});

function sectionOf(lines: readonly string[], line: string): string | undefined {
  return lines.slice(0, lines.indexOf(line)).findLast((each) => each.startsWith("["));
}

/** Every `requests` of a values file, `50m 128Mi`. */
function requestsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const { requests } = value as { requests?: { cpu: string; memory: string } };
  const own = requests ? [`${requests.cpu} ${requests.memory}`] : [];
  return [...own, ...Object.values(value).flatMap(requestsIn)];
}

function ownObjects(model: Model): readonly KubernetesObject[] {
  const files = [...treeOf(model).keys()].filter((path) => /^(?:manifests|hook)\/.*\.ya?ml$/.test(path));
  return files.flatMap((path) => objectsIn(model, path));
}

test.run();
