import type { IAppProject, IApplication } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1";
import type { IExternalSecret } from "@kubernetes-models/external-secrets/external-secrets.io/v1";
import type { IServiceMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1";
import type { IDeployment, IStatefulSet } from "kubernetes-models/apps/v1";
import type { IHorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2";
import type { ICronJob, IJob } from "kubernetes-models/batch/v1";
import type { IIngress, INetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import type { IPodDisruptionBudget } from "kubernetes-models/policy/v1";
import type { IPriorityClass } from "kubernetes-models/scheduling.k8s.io/v1";
import type {
  IConfigMap,
  INamespace,
  IPersistentVolumeClaim,
  IResourceQuota,
  IService,
  IServiceAccount,
} from "kubernetes-models/v1";
import type { GeneratedFile } from "../../src/generated-file.ts";
import { commentAbove, type YamlValue, yamlDocuments } from "../../src/output/yaml.ts";
import type { ITargetGroupBinding } from "./ingress/target-group-binding.ts";

/** Every kind of object that this generator makes. The types refuse a key that the API does not know. */
export type Manifest =
  | IAppProject
  | IApplication
  | IConfigMap
  | ICronJob
  | IDeployment
  | IExternalSecret
  | IHorizontalPodAutoscaler
  | IIngress
  | IJob
  | INamespace
  | INetworkPolicy
  | IPersistentVolumeClaim
  | IPodDisruptionBudget
  | IPriorityClass
  | IResourceQuota
  | IService
  | IServiceAccount
  | IServiceMonitor
  | IStatefulSet
  | ITargetGroupBinding;

/** A file of objects; no file where there is no object. */
export function manifestFile(path: string, manifests: readonly Manifest[]): readonly GeneratedFile[] {
  if (manifests.length === 0) return [];
  return [{ path, text: yamlDocuments(manifests as unknown as readonly YamlValue[]) }];
}

/** The value, with the reason for it as a comment above it in the file. */
export function because<T>(reason: string, value: T): T {
  return commentAbove(reason, value as YamlValue) as unknown as T;
}
