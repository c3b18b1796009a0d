import type { IContainer, IPodTemplateSpec, IVolume, IVolumeMount } from "kubernetes-models/v1";
import type { Backup, Datastore, Model } from "../../../src/model/model.ts";
import { AWS_CLI_IMAGE } from "../images.ts";
import { containerSecurity, literal, podSpec } from "../pod.ts";
import { containerResources, LOGS } from "../quantity.ts";
import { type Engine, ENGINE_USER } from "./engine.ts";
import { backupLabels } from "./metadata.ts";

/** Copies of a datastore's content, to the bucket and back. */
export interface Copying {
  readonly model: Model;
  readonly store: Datastore;
  readonly engine: Engine;
  readonly target: Backup;
}

const FOLDER = "/backup";

/** Where a copy lies in the pods. */
export function copyFile({ store, engine }: Copying): string {
  return `${FOLDER}/${store.name}.${engine.backup.extension}`;
}

/** A copy may take four hours, either way. */
export const jobLimits = { activeDeadlineSeconds: 4 * 3600, backoffLimit: 1, ttlSecondsAfterFinished: 7 * 86400 };

export function copyingMetadata({ model, store }: Copying, name: string) {
  return { name, namespace: store.namespace, labels: { ...backupLabels(model, store) } };
}

interface Steps {
  readonly first: IContainer;
  /** Starts when the first has ended well. */
  readonly last: IContainer;
  readonly volumes: readonly IVolume[];
}

export function copyingPod({ model, store }: Copying, { first, last, volumes }: Steps): IPodTemplateSpec {
  const scratch = [
    { name: "backup", emptyDir: { sizeLimit: `${store.storage}Gi` } },
    { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
  ];
  const { group, name: serviceAccount } = store;
  return {
    metadata: { labels: { ...backupLabels(model, store) } },
    spec: {
      ...podSpec({ group, serviceAccount, uid: ENGINE_USER, containers: [last], volumes: [...scratch, ...volumes] }),
      initContainers: [first],
      restartPolicy: "Never",
    },
  };
}

/** Runs one of the engine's own commands. */
export function engineStep(
  { store, engine: { backup } }: Copying,
  name: string,
  command: readonly string[],
): IContainer {
  return { name, image: backup.image, command: [...command], env: backup.env, ...step(store) };
}

/** Runs a script on the copy. It has the node's rights in AWS, which the metadata service hands out. */
export function transferStep(copying: Copying, name: string, script: string): IContainer {
  const { model, store, engine, target } = copying;
  return {
    name,
    image: AWS_CLI_IMAGE,
    command: ["/bin/sh", "-c", literal(script), "sh", copyFile(copying)],
    env: [
      { name: "AWS_DEFAULT_REGION", value: model.region },
      { name: "BUCKET", value: target.bucket },
      { name: "EXTENSION", value: engine.backup.extension },
      { name: "HOME", value: "/tmp" },
      { name: "PREFIX", value: target.prefix },
    ],
    ...step(store),
  };
}

function step({ storage }: Datastore) {
  const volumeMounts: IVolumeMount[] = [
    { name: "backup", mountPath: FOLDER },
    { name: "tmp", mountPath: "/tmp" },
  ];
  return {
    imagePullPolicy: "Always" as const,
    resources: containerResources({ cpu: 100, memory: 256, cpuLimit: 1000 }, LOGS + storage * 1024),
    securityContext: containerSecurity(ENGINE_USER),
    volumeMounts,
  };
}
