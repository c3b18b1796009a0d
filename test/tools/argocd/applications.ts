import type { KubernetesApi } from "../kubernetes-api.ts";
import { NAMESPACE } from "./argocd.ts";

/** The parts of an Application that the tests read. */
export interface Application {
  readonly metadata: {
    readonly name: string;
    readonly creationTimestamp: string;
    readonly annotations: Readonly<Record<string, string>>;
  };
  /** Asked for, and not done yet. */
  readonly operation?: object;
  readonly status?: {
    readonly sync?: { readonly status: string; readonly revision?: string };
    readonly health?: { readonly status: string };
    readonly operationState?: Operation;
    readonly resources?: readonly { readonly kind: string; readonly name: string; readonly status?: string }[];
  };
}

/** The last sync: what it did, object by object and hook by hook. */
export interface Operation {
  readonly phase: string;
  /** Missing while it begins. */
  readonly message?: string;
  readonly startedAt: string;
  readonly finishedAt?: string;
  readonly syncResult?: {
    readonly revision: string;
    readonly resources?: readonly {
      readonly kind: string;
      readonly name: string;
      readonly syncPhase?: string;
      readonly hookPhase?: string;
      readonly status?: string;
    }[];
  };
}

export async function applications(cluster: KubernetesApi): Promise<Application[]> {
  const text = await cluster.kubectl(["--namespace", NAMESPACE, "get", "applications.argoproj.io", "--output", "json"]);
  return JSON.parse(text).items;
}

/** Lets Argo CD look at git at once, not when the three minutes are over. A hard refresh also forgets what it rendered before. */
export async function refresh(cluster: KubernetesApi, how: "normal" | "hard" = "normal"): Promise<void> {
  const annotation = `argocd.argoproj.io/refresh=${how}`;
  const annotate = ["annotate", "applications.argoproj.io", "--all", "--overwrite", annotation];
  const { code, stderr } = await cluster.run(["--namespace", NAMESPACE, ...annotate]);
  // One that goes in this moment needs no look.
  if (code !== 0 && !/^(?:Error from server \(NotFound\).*\s*)+$/.test(stderr)) throw new Error(stderr);
}

/** Whether it is what the commit says, as far as Argo CD knows. */
export function isSettled({ operation, status }: Application, commit: string): boolean {
  return (
    operation === undefined &&
    status?.sync?.revision === commit &&
    status.sync.status === "Synced" &&
    status.health?.status === "Healthy" &&
    status.operationState?.phase === "Succeeded"
  );
}

/** Where the Applications stand, for a person to read. */
export function table(all: readonly Application[]): string {
  const rows = all.map(({ metadata, status }) => {
    const { phase = "", message = "" } = status?.operationState ?? {};
    return [metadata.name, status?.sync?.status ?? "", status?.health?.status ?? "", phase, message];
  });
  return rows.map(([name = "", ...rest]) => `${name.padEnd(24)}${rest.join(" ")}`).join("\n");
}

/** The names of the Applications that a sync has begun for since. */
export function synced(before: readonly Application[], after: readonly Application[]): string[] {
  const start = ({ status }: Application) => status?.operationState?.startedAt;
  const known = new Map(before.map((application) => [application.metadata.name, start(application)]));
  const begun = after.filter((application) => known.get(application.metadata.name) !== start(application));
  return begun.map(({ metadata }) => metadata.name).sort();
}

/** In which phase of the sync an object of the kind was made, and what came of it. */
export function phases(all: readonly Application[], name: string, kind: string): string[] {
  const state = all.find(({ metadata }) => metadata.name === name)?.status?.operationState;
  const objects = state?.syncResult?.resources?.filter((object) => object.kind === kind) ?? [];
  return objects.map(({ syncPhase, hookPhase }) => `${syncPhase} ${hookPhase}`);
}

/** What Argo CD would sync. */
export function differences(all: readonly Application[]): object[] {
  const objects = all.flatMap(({ status }) => status?.resources?.filter(({ status }) => status === "OutOfSync") ?? []);
  return [...objects, ...all.filter(({ status }) => status?.sync?.status !== "Synced")];
}
