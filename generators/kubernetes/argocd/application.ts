import type { IApplication } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1";
import type { Model } from "../../../src/model/model.ts";
import { because } from "../manifest.ts";

type Spec = IApplication["spec"];

/** What differs between Applications; all else is the same for all. */
export interface ApplicationParts {
  readonly name: string;
  readonly project: string;
  /** From the repository's root. */
  readonly path: string;
  /** How the folder is read, where not as plain files of its own level alone, or not all of them. */
  readonly directory?: NonNullable<Spec["source"]>["directory"];
  /** One that the project allows. Objects name their own. */
  readonly namespace: string;
  /** Applications of a wave wait until those of earlier ones are healthy. */
  readonly wave: number;
  /** Whether what it made goes with it, or only after a person has said so. */
  readonly removal: "with-its-objects" | "confirmed";
  /** Whether what is gone from git goes before what replaces it comes, and not at the end. */
  readonly prunesFirst?: true;
  /** How often a sync that has failed is tried again. Until then Argo CD looks at no later commit, such as the one that mends it. */
  readonly retries: number;
  /** Fields that a controller writes. */
  readonly ignore?: Spec["ignoreDifferences"];
}

// Argo CD writes its Applications back without what is false or zero: a `false` here would be a difference after each sync.
const EMPTY = "An empty folder is an error: allowEmpty stays false.";
const BACKOFF = { duration: "10s", factor: 2, maxDuration: "3m" };

export function application(model: Model, parts: ApplicationParts): IApplication {
  const { name, project, path, directory, namespace, prunesFirst, retries, ignore } = parts;
  return {
    apiVersion: "argoproj.io/v1alpha1",
    kind: "Application",
    metadata: {
      name,
      namespace: argocdNamespace(model),
      labels: { "app.kubernetes.io/part-of": model.name },
      annotations: annotations(parts),
      ...(parts.removal === "with-its-objects" && {
        finalizers: ["resources-finalizer.argocd.argoproj.io/foreground"],
      }),
    },
    spec: {
      project,
      source: {
        repoURL: model.git.url,
        targetRevision: model.git.branch,
        path,
        ...(directory && { directory }),
      },
      destination: { server: IN_CLUSTER, namespace },
      syncPolicy: {
        automated: because(EMPTY, { prune: true, selfHeal: true }),
        syncOptions: [
          ...SYNC_OPTIONS,
          ...(prunesFirst ? [] : ["PruneLast=true"]),
          ...(ignore ? ["RespectIgnoreDifferences=true"] : []),
        ].sort(),
        retry: retries > 0 ? { limit: retries, backoff: BACKOFF } : because("No retry without a limit.", {}),
      },
      ...(ignore && { ignoreDifferences: ignore }),
    },
  };
}

/** The cluster that Argo CD runs in. */
export const IN_CLUSTER = "https://kubernetes.default.svc";

const SYNC_OPTIONS = ["ApplyOutOfSyncOnly=true", "FailOnSharedResource=true", "ServerSideApply=true"];

/** The API server says what differs, with its defaults and what controllers own. */
function annotations({ wave, removal }: ApplicationParts): Record<string, string> {
  return {
    "argocd.argoproj.io/compare-options": "ServerSideDiff=true",
    ...(removal === "confirmed" && { "argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm" }),
    "argocd.argoproj.io/sync-wave": String(wave),
  };
}

/** Where Argo CD runs, and looks for Applications and projects. */
export function argocdNamespace({ platform }: Model): string {
  return platform.components.find(({ id }) => id === "argo-cd")?.namespace ?? "argocd";
}
