import type { IAppProject } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1";
import type { Model } from "../../../src/model/model.ts";
import { argocdNamespace, IN_CLUSTER } from "./application.ts";

/** `Deployment.apps`, or `Service` of the core group. */
type Kind = string;

interface ProjectParts {
  readonly name: string;
  readonly description: string;
  readonly namespaces: readonly string[];
  readonly kinds: readonly Kind[];
  readonly clusterKinds?: readonly Kind[];
}

/**
 * What the Applications of each domain may touch, and nothing else. Kinds and namespaces are those that the domain can ever have:
 * Argo CD leaves alone what a project does not name, so one that went with its last object would leave that object behind.
 */
export function projects(model: Model): readonly IAppProject[] {
  const namespaces = model.workloadNamespaces;
  return [
    project(model, {
      name: "apps",
      description: "The services",
      namespaces,
      kinds: [...WORKLOAD_KINDS, "HorizontalPodAutoscaler.autoscaling", "Job.batch", "PodDisruptionBudget.policy"],
    }),
    project(model, {
      name: "configuration",
      description: "The Job that runs Ansible",
      namespaces: ["ansible"],
      kinds: [
        "ConfigMap",
        "ExternalSecret.external-secrets.io",
        "Job.batch",
        "NetworkPolicy.networking.k8s.io",
        "ServiceAccount",
      ],
    }),
    project(model, {
      name: "data",
      description: "The datastores",
      namespaces,
      kinds: [...WORKLOAD_KINDS, "CronJob.batch", "PersistentVolumeClaim", "StatefulSet.apps"],
    }),
    project(model, {
      name: "edge",
      description: "What binds Services to the load balancer",
      namespaces,
      kinds: ["Ingress.networking.k8s.io", "TargetGroupBinding.elbv2.k8s.aws"],
    }),
    project(model, {
      name: "platform",
      description: "What all workloads stand on",
      namespaces: ["ansible", ...namespaces].sort(),
      kinds: ["NetworkPolicy.networking.k8s.io", "ResourceQuota"],
      clusterKinds: ["Namespace", "PriorityClass.scheduling.k8s.io"],
    }),
  ];
}

/** The app of apps alone may touch Applications and projects: whoever may, may do anything. */
export function gitopsProject(model: Model): IAppProject {
  return project(model, {
    name: "gitops",
    description: "The app of apps",
    namespaces: [argocdNamespace(model)],
    kinds: ["AppProject.argoproj.io", "Application.argoproj.io"],
  });
}

/** Argo CD makes the project `default`, in which everything is allowed. Nothing is, now. */
export function lockedDefault(model: Model): IAppProject {
  const anything = { group: "*", kind: "*" };
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: metadata(model, "default"),
    spec: {
      description: "Locked: every Application names its project",
      sourceRepos: [],
      destinations: [],
      clusterResourceWhitelist: [],
      namespaceResourceBlacklist: [anything],
    },
  };
}

const WORKLOAD_KINDS = [
  "ConfigMap",
  "Deployment.apps",
  "ExternalSecret.external-secrets.io",
  "NetworkPolicy.networking.k8s.io",
  "Service",
  "ServiceAccount",
  "ServiceMonitor.monitoring.coreos.com",
];

function project(model: Model, parts: ProjectParts): IAppProject {
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "AppProject",
    metadata: metadata(model, parts.name),
    spec: {
      description: parts.description,
      sourceRepos: [model.git.url],
      destinations: parts.namespaces.map((namespace) => ({ server: IN_CLUSTER, namespace })),
      clusterResourceWhitelist: groupKinds(parts.clusterKinds ?? []),
      namespaceResourceWhitelist: groupKinds(parts.kinds),
    },
  };
}

/** Projects are there before the Applications that name them. */
function metadata(model: Model, name: string) {
  return {
    name,
    namespace: argocdNamespace(model),
    labels: { "app.kubernetes.io/part-of": model.name },
    annotations: { "argocd.argoproj.io/sync-wave": "-1" },
  };
}

function groupKinds(kinds: readonly Kind[]): { group: string; kind: string }[] {
  return [...kinds].sort().map((name) => {
    const dot = name.indexOf(".");
    return dot < 0 ? { group: "", kind: name } : { group: name.slice(dot + 1), kind: name.slice(0, dot) };
  });
}
