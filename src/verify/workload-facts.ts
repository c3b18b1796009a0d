import type { Labels, Resources } from "../model/model.ts";
import { mebibytes, milliCpu } from "../model/quantity.ts";
import { at, listAt, textAt, textsAt } from "../read/at.ts";
import type { Data } from "../read/yaml.ts";
import { addressesIn } from "./addresses.ts";
import type { Workload } from "./facts.ts";
import { identity, type Manifest, podTemplate } from "./manifest.ts";
import { toleration } from "./toleration.ts";

/** What a manifest starts, at most as often as the HorizontalPodAutoscalers allow. */
export function workload(manifest: Manifest, scalers: ReadonlyMap<string, Data>): Workload {
  const { kind, object } = manifest;
  const template = podTemplate(manifest);
  const containers = listAt(template, "spec.containers");
  const started = [...containers, ...listAt(template, "spec.initContainers")];
  const variables = Object.assign({}, ...started.map(plainVariables)) as Labels;
  return {
    ...identity(manifest),
    kind,
    selector: textsAt(object, "spec.selector.matchLabels"),
    podLabels: textsAt(template, "metadata.labels"),
    ...placement(template),
    requests: podRequests(containers),
    stopSeconds: Number(at(template, "spec.terminationGracePeriodSeconds") ?? 30),
    pods: kind.endsWith("Job") ? 0 : largestNumber(manifest, scalers),
    ports: containers.flatMap((container) =>
      listAt(container, "ports").map((port) => ({
        name: textAt(port, "name"),
        port: Number(at(port, "containerPort")),
      })),
    ),
    images: started.map((container) => textAt(container, "image")),
    variables,
    variablesFrom: started.flatMap((container) =>
      listAt(container, "envFrom").map((source) => textAt(source, "configMapRef.name")),
    ),
    filesFrom: listAt(template, "spec.volumes").map((volume) => textAt(volume, "configMap.name")),
    addresses: [
      ...addressesIn(variables),
      ...started.flatMap((container) => addressesIn({ command: command(container) })),
    ],
    secretKeys: [...started.flatMap(secretVariables), ...listAt(template, "spec.volumes").flatMap(secretVolume)],
    probes: containers.flatMap(probes),
  };
}

/** What decides on which node a pod may run. */
function placement(template: Data | undefined) {
  return {
    nodeSelector: textsAt(template, "spec.nodeSelector"),
    tolerations: listAt(template, "spec.tolerations").map(toleration),
    priorityClass: textAt(template, "spec.priorityClassName"),
    maxSkew: maxSkew(listAt(template, "spec.topologySpreadConstraints")),
    hasVolume: listAt(template, "spec.volumes").some((volume) => at(volume, "persistentVolumeClaim") !== undefined),
  };
}

/** Of the constraint that binds the scheduler. One that it only prefers leaves no pod without a place. */
function maxSkew(constraints: readonly Data[]): number | null {
  const binding = constraints.find(
    (constraint) =>
      textAt(constraint, "topologyKey") === "kubernetes.io/hostname" &&
      textAt(constraint, "whenUnsatisfiable") === "DoNotSchedule",
  );
  return binding ? Number(at(binding, "maxSkew")) : null;
}

/** What the HorizontalPodAutoscaler allows, or what the workload itself says. */
function largestNumber(manifest: Manifest, scalers: ReadonlyMap<string, Data>): number {
  const { namespace, name } = identity(manifest);
  const scaler = scalers.get(`${namespace}/${name}`);
  return Number(at(scaler, "spec.maxReplicas") ?? at(manifest.object, "spec.replicas") ?? 1);
}

function podRequests(containers: readonly Data[]): Resources {
  const sum = (read: (container: Data) => number) =>
    containers.reduce((total: number, container) => total + read(container), 0);
  return {
    cpu: sum((container) => milliCpu(textAt(container, "resources.requests.cpu") || "0m")),
    memory: sum((container) => mebibytes(textAt(container, "resources.requests.memory") || "0Mi")),
  };
}

function plainVariables(container: Data): Labels {
  const plain = listAt(container, "env").filter((variable) => at(variable, "value") !== undefined);
  return Object.fromEntries(plain.map((variable) => [textAt(variable, "name"), textAt(variable, "value")]));
}

function command(container: Data): string {
  return [...listAt(container, "command"), ...listAt(container, "args")].join(" ");
}

function secretVariables(container: Data) {
  const single = listAt(container, "env").flatMap((variable) => {
    const reference = at(variable, "valueFrom.secretKeyRef");
    return reference ? [{ secret: textAt(reference, "name"), key: textAt(reference, "key") }] : [];
  });
  const whole = listAt(container, "envFrom").flatMap((source) => {
    const secret = textAt(source, "secretRef.name");
    return secret ? [{ secret, key: "" }] : [];
  });
  return [...single, ...whole];
}

function secretVolume(volume: Data) {
  const secret = textAt(volume, "secret.secretName");
  if (!secret) return [];
  const items = listAt(volume, "secret.items").map((item) => ({ secret, key: textAt(item, "key") }));
  return items.length > 0 ? items : [{ secret, key: "" }];
}

function probes(container: Data): Workload["probes"] {
  const kinds = ["startupProbe", "readinessProbe", "livenessProbe"];
  return kinds.flatMap((kind): Workload["probes"] => {
    const request = at(container, `${kind}.httpGet`);
    if (request) return [{ path: textAt(request, "path"), port: textAt(request, "port") }];
    const port = textAt(container, `${kind}.tcpSocket.port`) || textAt(container, `${kind}.grpc.port`);
    return port ? [{ path: null, port }] : [];
  });
}
