import type { Resources } from "../model/model.ts";
import { mebibytes, milliCpu } from "../model/quantity.ts";
import { at, listAt, textAt, textsAt } from "../read/at.ts";
import type { Data } from "../read/yaml.ts";
import type {
  ApplicationFact,
  Binding,
  ExternalSecretFact,
  KubernetesFacts,
  PullSecret,
  ServiceFact,
  Workload,
} from "./facts.ts";

/** A manifest, and the file that it stands in. */
export interface Manifest {
  readonly file: string;
  readonly kind: string;
  readonly object: Data;
}

/** Where each kind that starts pods keeps its pod template. */
const TEMPLATES: Readonly<Record<string, string>> = {
  Deployment: "spec.template",
  StatefulSet: "spec.template",
  DaemonSet: "spec.template",
  Job: "spec.template",
  CronJob: "spec.jobTemplate.spec.template",
};

/** Every kind that the facts are read from. */
export const kinds: readonly string[] = [
  ...Object.keys(TEMPLATES),
  "Application",
  "AppProject",
  "Service",
  "ExternalSecret",
  "TargetGroupBinding",
  "HorizontalPodAutoscaler",
  "PriorityClass",
  "ServiceAccount",
];

export function kubernetesFacts(manifests: readonly Manifest[]): KubernetesFacts {
  const ofKind = (wanted: string) => manifests.filter(({ kind }) => kind === wanted);
  const limits = new Map(ofKind("HorizontalPodAutoscaler").map((scaler) => [scaled(scaler), scaler.object]));
  return {
    workloads: manifests
      .filter(({ kind }) => Object.hasOwn(TEMPLATES, kind))
      .map((manifest) => workload(manifest, limits)),
    services: ofKind("Service").map(service),
    externalSecrets: ofKind("ExternalSecret").map(externalSecret),
    bindings: ofKind("TargetGroupBinding").map(binding),
    pullSecrets: ofKind("ServiceAccount").flatMap(pullSecrets),
    applications: ofKind("Application").map(application),
    projects: new Map(
      ofKind("AppProject").map(({ object }) => [
        textAt(object, "metadata.name"),
        listAt(object, "spec.destinations").map((destination) => textAt(destination, "namespace")),
      ]),
    ),
    priorities: new Map(
      ofKind("PriorityClass").map(({ object }) => [textAt(object, "metadata.name"), Number(at(object, "value"))]),
    ),
  };
}

function identity({ file, object }: Manifest) {
  return { file, namespace: textAt(object, "metadata.namespace"), name: textAt(object, "metadata.name") };
}

function workload(manifest: Manifest, scalers: ReadonlyMap<string, Data>): Workload {
  const { kind } = manifest;
  const template = at(manifest.object, TEMPLATES[kind] as string);
  const containers = listAt(template, "spec.containers");
  const started = [...containers, ...listAt(template, "spec.initContainers")];
  return {
    ...identity(manifest),
    kind,
    podLabels: textsAt(template, "metadata.labels"),
    nodeSelector: textsAt(template, "spec.nodeSelector"),
    tolerations: listAt(template, "spec.tolerations").map((item) => ({
      key: textAt(item, "key"),
      value: textAt(item, "value"),
      effect: textAt(item, "effect"),
      operator: textAt(item, "operator") || "Equal",
    })),
    requests: podRequests(containers),
    priorityClass: textAt(template, "spec.priorityClassName"),
    maxSkew: maxSkew(listAt(template, "spec.topologySpreadConstraints")),
    hasVolume: listAt(template, "spec.volumes").some((volume) => at(volume, "persistentVolumeClaim") !== undefined),
    pods: kind.endsWith("Job") ? 0 : largestNumber(manifest, scalers),
    ports: containers.flatMap((container) =>
      listAt(container, "ports").map((port) => ({
        name: textAt(port, "name"),
        port: Number(at(port, "containerPort")),
      })),
    ),
    images: started.map((container) => textAt(container, "image")),
    secretKeys: [...started.flatMap(secretVariables), ...listAt(template, "spec.volumes").flatMap(secretVolume)],
    probes: containers.flatMap(probes),
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

/** Namespace and name of the workload that a HorizontalPodAutoscaler scales. */
function scaled(scaler: Manifest): string {
  return `${identity(scaler).namespace}/${textAt(scaler.object, "spec.scaleTargetRef.name")}`;
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

function probes(container: Data) {
  return ["startupProbe", "readinessProbe", "livenessProbe"].flatMap((kind) => {
    const request = at(container, `${kind}.httpGet`);
    return request ? [{ path: textAt(request, "path"), port: textAt(request, "port") }] : [];
  });
}

function service(manifest: Manifest): ServiceFact {
  return {
    ...identity(manifest),
    selector: textsAt(manifest.object, "spec.selector"),
    ports: listAt(manifest.object, "spec.ports").map((port) => ({
      port: Number(at(port, "port")),
      target: textAt(port, "targetPort") || textAt(port, "port"),
      nodePort: at(port, "nodePort") === undefined ? null : Number(at(port, "nodePort")),
    })),
  };
}

function externalSecret(manifest: Manifest): ExternalSecretFact {
  const { file, namespace, name } = identity(manifest);
  return {
    file,
    namespace,
    target: textAt(manifest.object, "spec.target.name") || name,
    entries: [
      ...listAt(manifest.object, "spec.data").map((entry) => ({
        key: textAt(entry, "secretKey"),
        secret: textAt(entry, "remoteRef.key"),
      })),
      ...listAt(manifest.object, "spec.dataFrom").map((entry) => ({ key: "", secret: textAt(entry, "extract.key") })),
    ],
  };
}

function application(manifest: Manifest): ApplicationFact {
  const { object } = manifest;
  const namespace = textAt(object, "spec.destination.namespace");
  return { ...identity(manifest), project: textAt(object, "spec.project"), namespace };
}

function pullSecrets(manifest: Manifest): readonly PullSecret[] {
  const { file, namespace, name: account } = identity(manifest);
  return listAt(manifest.object, "imagePullSecrets").map((reference) => {
    return { file, namespace, account, secret: textAt(reference, "name") };
  });
}

function binding(manifest: Manifest): Binding {
  const { file, namespace } = identity(manifest);
  return {
    file,
    namespace,
    targetGroup: textAt(manifest.object, "spec.targetGroupName"),
    service: textAt(manifest.object, "spec.serviceRef.name"),
    port: textAt(manifest.object, "spec.serviceRef.port"),
    nodeSelector: textsAt(manifest.object, "spec.nodeSelector.matchLabels"),
  };
}
