import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { KubernetesObject } from "./kubernetes-strict.ts";
import {
  type Container,
  containersOf,
  type Found,
  modelOf,
  nameOf,
  objectsOf,
  ofKind,
  type Pod,
  shapes,
  type Workload,
  workloadsOf,
} from "./kubernetes-tree.ts";

const test = suite("kubernetes: what the objects say of each other");

for (const shape of shapes) {
  const model = modelOf(shape);
  const found = objectsOf(model);

  test(`${shape}: no object is there twice`, () => {
    const names = found.map(({ object }) => nameOf(object));
    assert.equal(
      names.filter((name, index) => names.indexOf(name) !== index),
      [],
    );
  });

  test(`${shape}: every object belongs to one Application, whose project allows it, or to a person`, () => {
    for (const { path, object } of found.filter(({ path }) => !/(-restore|\/root)\.yaml$/.test(path))) {
      const owners = ofKind(found, "Application").filter((application) => takes(application, path));
      assert.is(owners.length, 1, `${path} belongs to ${owners.map(nameOf).join(", ")}`);
      assertAllowed(projectOf(found, owners[0]), object);
    }
  });

  test(`${shape}: every Application goes where its project lets it, from where it may`, () => {
    for (const application of ofKind(found, "Application")) {
      const { spec } = projectOf(found, application);
      const { destination, source } = application.spec;
      assert.ok(
        spec.destinations.some((allowed: object) => JSON.stringify(allowed) === JSON.stringify(destination)),
        nameOf(application),
      );
      assert.equal(spec.sourceRepos, [source.repoURL]);
    }
  });

  test(`${shape}: selectors select the pods of one workload`, () => {
    const running = workloadsOf(found).filter(({ object }) => object.kind !== "Job" && object.kind !== "CronJob");
    for (const { object, selector } of selectorsOf(found)) {
      const selected = running.filter(
        ({ object: { metadata }, pod }) => metadata.namespace === object.metadata.namespace && matches(selector, pod),
      );
      assert.is(selected.length, 1, nameOf(object));
    }
  });

  test(`${shape}: the ports of Services lead to ports of containers`, () => {
    for (const service of ofKind(found, "Service")) {
      const [pod] = workloadsOf(found).filter(({ pod }) => matches(service.spec.selector, pod));
      for (const { name, port, targetPort } of service.spec.ports) {
        const target = pod?.pod.spec.containers
          .flatMap(({ ports = [] }) => ports)
          .find((candidate) => candidate.name === targetPort);
        assert.is(target?.containerPort, port, `${nameOf(service)}: ${name}`);
      }
    }
  });

  test(`${shape}: what the load balancer is bound to exists, on the port that the firewall opens`, () => {
    const own = model.edge.routes.filter(({ boundBy }) => boundBy === "argo-cd");
    for (const route of own) {
      const service = ofKind(found, "Service").find(({ metadata }) => metadata.name === route.name);
      assert.is(service.spec.externalTrafficPolicy, "Local");
      assert.equal(
        service.spec.ports.map(({ nodePort }: { nodePort: number }) => nodePort),
        [route.nodePort],
      );
      assert.is(service.spec.ports[0].port, route.backend.port);
    }
    const bound = [...ofKind(found, "TargetGroupBinding"), ...ofKind(found, "Ingress")];
    assert.equal(
      bound.map(({ metadata }) => metadata.name),
      own.map(({ name }) => name),
    );
  });

  test(`${shape}: the network is open along the edges of the topology, on both ends, and nowhere else`, () => {
    const ends = (direction: "ingress" | "egress") => connections(found, direction).sort();
    assert.equal(ends("egress"), ends("ingress"));
    const edges = model.services.flatMap(({ name, uses }) => [
      ...uses.datastores.map(
        (store) => `${name} -> ${store}:${model.datastores.find((it) => it.name === store)?.port}`,
      ),
      ...uses.services.map((used) => `${name} -> ${used}:${model.services.find((it) => it.name === used)?.http?.port}`),
    ]);
    assert.equal(
      ends("egress").filter((connection) => !connection.includes(".")),
      edges.sort(),
    );
  });

  test(`${shape}: every ConfigMap, Secret and claim that a pod names is there, and every secret in Secrets Manager`, () => {
    for (const workload of workloadsOf(found)) assertReferences(found, workload);
    for (const secret of ofKind(found, "ExternalSecret")) {
      for (const { remoteRef } of secret.spec.data) {
        const entry = model.secrets.find(({ name }) => name === remoteRef.key);
        assert.ok(
          entry?.properties.includes(remoteRef.property),
          `${nameOf(secret)}: ${remoteRef.key} ${remoteRef.property}`,
        );
      }
    }
  });

  test(`${shape}: every pod runs on a group of nodes and tolerates its taints`, () => {
    for (const { object, pod } of workloadsOf(found)) {
      const group = model.groups.find(
        ({ selector }) => JSON.stringify(selector) === JSON.stringify(pod.spec.nodeSelector),
      );
      assert.ok(group, nameOf(object));
      const tolerated = ((pod.spec["tolerations"] ?? []) as { key: string; value?: string; effect: string }[]).map(
        ({ key, value = "", effect }) => ({ key, value, effect }),
      );
      assert.equal(
        tolerated,
        group?.taints.map(({ key, value, effect }) => ({ key, value, effect })),
        nameOf(object),
      );
    }
  });

  test(`${shape}: every pod is restricted, limited, and has no token`, () => {
    for (const workload of workloadsOf(found)) {
      const { pod, object } = workload;
      assert.is(pod.spec["automountServiceAccountToken"], false, nameOf(object));
      assert.ok(ofKind(found, "ServiceAccount").some(({ metadata }) => metadata.name === pod.spec.serviceAccountName));
      for (const container of containersOf(workload)) assertHardened(container, nameOf(object));
    }
  });
}

function takes({ spec }: any, path: string): boolean {
  const { path: folder, directory } = spec.source;
  if (!path.startsWith(`${folder}/`)) return false;
  const below = path.slice(folder.length + 1);
  if (directory?.exclude === below) return false;
  if (directory?.include) return directory.include.slice(1, -1).split(",").includes(below);
  return directory?.recurse === true || !below.includes("/");
}

function projectOf(found: readonly Found[], application: any): any {
  return ofKind(found, "AppProject").find(({ metadata }) => metadata.name === application.spec.project);
}

function assertAllowed({ metadata, spec }: any, object: KubernetesObject): void {
  const [group, version] = object.apiVersion.split("/");
  const wanted = { group: version === undefined ? "" : group, kind: object.kind };
  const { namespace } = object.metadata;
  const kinds = namespace === undefined ? spec.clusterResourceWhitelist : spec.namespaceResourceWhitelist;
  assert.ok(
    kinds.some((kind: object) => JSON.stringify(kind) === JSON.stringify(wanted)),
    `project ${metadata.name} allows ${nameOf(object)}`,
  );
  const namespaces = spec.destinations.map((destination: { namespace: string }) => destination.namespace);
  assert.ok(namespace === undefined || namespaces.includes(namespace), `project ${metadata.name} may use ${namespace}`);
}

function selectorsOf(found: readonly Found[]): { object: KubernetesObject; selector: Record<string, string> }[] {
  const labelled = ["Deployment", "StatefulSet", "PodDisruptionBudget", "ServiceMonitor"].flatMap((kind) =>
    ofKind(found, kind),
  );
  return [
    ...labelled.map((object) => ({ object, selector: object.spec.selector.matchLabels })),
    ...ofKind(found, "Service").map((object) => ({ object, selector: object.spec.selector })),
  ];
}

function matches(selector: Record<string, string>, pod: Pod): boolean {
  return Object.entries(selector).every(([key, value]) => pod.metadata.labels[key] === value);
}

const NAME = "app.kubernetes.io/name";

/** `auth -> postgres:5432` for every pod-to-pod connection that the policies of one end allow, among the tree's own pods. */
function connections(found: readonly Found[], direction: "ingress" | "egress"): string[] {
  const known = new Set(workloadsOf(found).map(({ pod }) => pod.metadata.labels[NAME]));
  return ofKind(found, "NetworkPolicy").flatMap(({ spec }) =>
    (spec[direction] ?? []).flatMap((rule: any) => {
      const peers = (direction === "ingress" ? rule.from : rule.to).map(
        (peer: any) => peer.podSelector?.matchLabels[NAME],
      );
      const own = spec.podSelector.matchLabels?.[NAME];
      return peers
        .filter((peer: string | undefined) => known.has(peer))
        .flatMap((peer: string) =>
          rule.ports.map(({ port }: { port: number }) =>
            direction === "ingress" ? `${peer} -> ${own}:${port}` : `${own} -> ${peer}:${port}`,
          ),
        );
    }),
  );
}

function assertReferences(found: readonly Found[], workload: Workload): void {
  const { namespace } = workload.object.metadata;
  const has = (kind: string, name: string) =>
    ofKind(found, kind).find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
  const keysOf = (secret: any) =>
    Object.keys(secret.spec.target.template?.data ?? {}).concat(secret.spec.data.map((it: any) => it.secretKey));
  for (const { envFrom = [], env = [] } of containersOf(workload)) {
    for (const { configMapRef, secretRef } of envFrom) {
      assert.ok(configMapRef ? has("ConfigMap", configMapRef.name) : has("ExternalSecret", secretRef?.name ?? ""));
    }
    for (const { valueFrom } of env) {
      if (!valueFrom) continue;
      assert.ok(keysOf(has("ExternalSecret", valueFrom.secretKeyRef.name)).includes(valueFrom.secretKeyRef.key));
    }
  }
  for (const { configMap, secret, persistentVolumeClaim } of workload.pod.spec.volumes ?? []) {
    if (configMap) assert.ok(has("ConfigMap", configMap.name));
    if (secret) assert.ok(has("ExternalSecret", secret.secretName));
    if (persistentVolumeClaim) assert.ok(has("PersistentVolumeClaim", persistentVolumeClaim.claimName));
  }
}

function assertHardened({ image, resources, securityContext }: Container, where: string): void {
  assert.match(image, /[^/]:[^:]*\d[^:]*$/, where);
  assert.not.match(image, /:latest$/);
  for (const amounts of [resources.requests, resources.limits]) {
    assert.equal(Object.keys(amounts), ["cpu", "memory", "ephemeral-storage"], where);
  }
  assert.is(resources.requests["memory"], resources.limits["memory"], where);
  const { runAsUser, runAsGroup, ...flags } = securityContext;
  assert.ok(Number(runAsUser) > 0 && Number(runAsGroup) > 0, where);
  assert.equal(flags, {
    allowPrivilegeEscalation: false,
    capabilities: { drop: ["ALL"] },
    privileged: false,
    readOnlyRootFilesystem: true,
    runAsNonRoot: true,
  });
}

test.run();
