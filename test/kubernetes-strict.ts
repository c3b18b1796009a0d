import { AppProject } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject";
import { Application } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application";
import { ClusterSecretStore } from "@kubernetes-models/external-secrets/external-secrets.io/v1/ClusterSecretStore";
import { ExternalSecret } from "@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret";
import { ServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor";
import Ajv, { type ValidateFunction } from "ajv";
import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { StatefulSet } from "kubernetes-models/apps/v1/StatefulSet";
import { HorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler";
import { CronJob } from "kubernetes-models/batch/v1/CronJob";
import { Job } from "kubernetes-models/batch/v1/Job";
import { Ingress } from "kubernetes-models/networking.k8s.io/v1/Ingress";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { PriorityClass } from "kubernetes-models/scheduling.k8s.io/v1/PriorityClass";
import { ConfigMap } from "kubernetes-models/v1/ConfigMap";
import { Namespace } from "kubernetes-models/v1/Namespace";
import { PersistentVolumeClaim } from "kubernetes-models/v1/PersistentVolumeClaim";
import { ResourceQuota } from "kubernetes-models/v1/ResourceQuota";
import { Service } from "kubernetes-models/v1/Service";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";

/** An object of the Kubernetes API, as it is read from a file. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly [key: string]: unknown };
  readonly [key: string]: unknown;
}

const models = [
  AppProject,
  Application,
  ClusterSecretStore,
  ConfigMap,
  CronJob,
  Deployment,
  ExternalSecret,
  HorizontalPodAutoscaler,
  Ingress,
  Job,
  Namespace,
  NetworkPolicy,
  PersistentVolumeClaim,
  PodDisruptionBudget,
  PriorityClass,
  ResourceQuota,
  Service,
  ServiceAccount,
  ServiceMonitor,
  StatefulSet,
];

/** What is wrong with an object, by the models of its kind and strictly: also a key that its kind does not have. */
export function problems(object: KubernetesObject): readonly string[] {
  const wrong = complaint(object);
  return wrong === null ? unknownKeys(object) : [wrong];
}

/** The models pass unknown keys over. What they pass over they do not look at: nonsense goes unnoticed there. */
function unknownKeys(object: KubernetesObject): readonly string[] {
  return paths(object)
    .filter((path) => !isKnown(object, path))
    .map((path) => path.join("."))
    .filter((path) => !lostByModels.has(`${object.kind}.${path}`));
}

function isKnown(object: KubernetesObject, path: Path): boolean {
  const key = `${object.apiVersion} ${object.kind} ${path.filter((step) => typeof step === "string").join(" ")}`;
  if (!known.has(key) && complaint(replaced(object, path, nonsense) as KubernetesObject) !== null) known.add(key);
  return known.has(key);
}

/** Keys that were found to be known: most objects have the same. */
const known = new Set<string>();

const nonsense = Symbol("a value of no type");

/** The packages lose members of this name. The real API server sees them in test/tools/kubernetes.test.ts. */
const lostByModels = new Set(["AppProject.spec.description", "PriorityClass.description"]);

type Path = readonly (string | number)[];

function paths(value: unknown, above: Path = []): Path[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => paths(item, [...above, index]));
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, item]) => [[...above, key], ...paths(item, [...above, key])]);
}

function replaced(value: unknown, [key, ...below]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  const inner = replaced((value as Record<string | number, unknown>)[key], below, by);
  return Array.isArray(value) ? value.with(key as number, inner) : { ...(value as object), [key]: inner };
}

function complaint(object: KubernetesObject): string | null {
  if (object.kind === "TargetGroupBinding") return schemaComplaint(targetGroupBinding, object);
  const model = models.find(({ apiVersion, kind }) => apiVersion === object.apiVersion && kind === object.kind);
  if (!model) return `no model of ${String(object.apiVersion)} ${String(object.kind)}`;
  const { apiVersion: _, kind: __, ...data } = object;
  try {
    new (model as unknown as new (data: object) => { validate(): void })(data).validate();
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

function schemaComplaint(validate: ValidateFunction, object: object): string | null {
  return validate(object) ? null : JSON.stringify(validate.errors);
}

/**
 * No package has a model of it. The members that are used here, as in the CRD of the controller's release 3.5.0
 * (helm/aws-load-balancer-controller/crds/crds.yaml).
 */
const targetGroupBinding = new Ajv().compile({
  type: "object",
  additionalProperties: false,
  required: ["apiVersion", "kind", "metadata", "spec"],
  properties: {
    apiVersion: { const: "elbv2.k8s.aws/v1beta1" },
    kind: { const: "TargetGroupBinding" },
    metadata: {
      type: "object",
      additionalProperties: false,
      required: ["name", "namespace"],
      properties: {
        name: { type: "string" },
        namespace: { type: "string" },
        labels: { type: "object", additionalProperties: { type: "string" } },
      },
    },
    spec: {
      type: "object",
      additionalProperties: false,
      required: ["serviceRef"],
      properties: {
        nodeSelector: {
          type: "object",
          additionalProperties: false,
          properties: { matchLabels: { type: "object", additionalProperties: { type: "string" } } },
        },
        serviceRef: {
          type: "object",
          additionalProperties: false,
          required: ["name", "port"],
          properties: { name: { type: "string" }, port: { type: "integer" } },
        },
        targetGroupName: { type: "string", maxLength: 32 },
        targetType: { enum: ["instance", "ip"] },
      },
    },
  },
});
