import type { IContainer, IEnvVar, IServicePort, IVolume, IVolumeMount } from "kubernetes-models/v1";
import type { Datastore } from "../../../src/model/model.ts";

/** The user of the official images of all three engines. */
export const ENGINE_USER = 999;

/** Where the Secret with the datastore's credentials is mounted, one file a property. */
export const CREDENTIALS = "/run/secrets/datastore";

/** What one engine's program needs, beyond what all datastores have. */
export interface Engine {
  /** Its configuration: files by name, and the folder that it reads them from. */
  readonly files: Readonly<Record<string, string>>;
  readonly folder: string;
  /** Where its data lies, on the volume. */
  readonly dataFolder: string;
  /** Command, environment and probes. */
  readonly container: Pick<IContainer, "args" | "env" | "startupProbe" | "readinessProbe" | "livenessProbe">;
  /** Its ports by name, the clients' first. */
  readonly ports: readonly Port[];
  /** Keys of the Secret that are made of the credentials: templates of External Secrets by key. */
  readonly secretTemplates?: Readonly<Record<string, string>>;
  /** Folders that it writes to besides its data. */
  readonly scratch: readonly Scratch[];
  /** The port's name and the path of its metrics, if it has them. */
  readonly metrics: { readonly port: string; readonly path: string } | null;
  readonly backup: Dump;
}

export interface Port {
  readonly name: string;
  readonly port: number;
}

export interface Scratch {
  readonly name: string;
  readonly path: string;
  /** In MiB. */
  readonly size: number;
  readonly medium?: "Memory";
}

/** How a copy of the content is made, and how it is brought back. It never lies on a node's disk, which is smaller than volumes. */
export interface Dump {
  /** What a copy holds, in words. */
  readonly content: string;
  /** What the copy's name ends with. */
  readonly extension: string;
  readonly image: string;
  /** The port that both commands use. */
  readonly port: number;
  readonly env: IEnvVar[];
  /** Writes the copy to its standard output. */
  readonly dump: string[];
  /** Reads the copy from its standard input. The file `whole` is there as soon as it has come to its end. */
  readonly restore: (whole: string) => string[];
  /** Whether it is read into the running datastore, or onto the volume of one that is stopped. */
  readonly restoredWhile: "running" | "stopped";
}

/** A variable with a property of the datastore's secret. */
export function secretVariable(store: Datastore, name: string, key: string): IEnvVar {
  return { name, valueFrom: { secretKeyRef: { name: store.name, key } } };
}

export function hostOf({ name, namespace }: Datastore): string {
  return `${name}.${namespace}.svc.cluster.local`;
}

export function scratchVolume({ name, size, medium }: Scratch): IVolume {
  return { name, emptyDir: { ...(medium && { medium }), sizeLimit: `${size}Mi` } };
}

export function scratchMount({ name, path }: Scratch): IVolumeMount {
  return { name, mountPath: path };
}

export function servicePort({ name, port }: Port): IServicePort {
  return { name, port, protocol: "TCP", targetPort: name };
}
