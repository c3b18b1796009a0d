import type { IContainer, IPodTemplateSpec, IVolume, IVolumeMount } from "kubernetes-models/v1";
import type { Backup, Datastore, Model, Resources } from "../../../src/model/model.ts";
import { AWS_CLI_IMAGE } from "../images.ts";
import { containerSecurity, literal, podSpec } from "../pod.ts";
import { containerResources, LOGS } from "../quantity.ts";
import { type Engine, ENGINE_USER } from "./engine.ts";
import { backupLabels } from "./metadata.ts";
import receive from "./receive.sh";
import send from "./send.sh";

/** Copies of a datastore's content, to the bucket and back. */
export interface Copying {
  readonly model: Model;
  readonly store: Datastore;
  readonly engine: Engine;
  readonly target: Backup;
}

/** What a copy goes through from one container to the other, while both are at work. */
const PIPE = "/backup/pipe";

/** A copy may take four hours, either way. */
export const jobLimits = { activeDeadlineSeconds: 4 * 3600, backoffLimit: 1, ttlSecondsAfterFinished: 7 * 86400 };

export function copyingMetadata({ model, store }: Copying, name: string) {
  return { name, namespace: store.namespace, labels: { ...backupLabels(model, store) } };
}

interface Steps {
  readonly steps: IContainer[];
  readonly volumes: readonly IVolume[];
}

/** Both steps at once: the one writes what the other reads. */
export function copyingPod({ model, store }: Copying, { steps, volumes }: Steps): IPodTemplateSpec {
  const scratch = [
    { name: "backup", emptyDir: { sizeLimit: "1Mi" } },
    { name: "tmp", emptyDir: { sizeLimit: "64Mi" } },
  ];
  const { group, name: serviceAccount } = store;
  return {
    metadata: { labels: { ...backupLabels(model, store) } },
    spec: {
      ...podSpec({ group, serviceAccount, uid: ENGINE_USER, containers: steps, volumes: [...scratch, ...volumes] }),
      restartPolicy: "Never",
    },
  };
}

/** Runs the engine's own command that makes a copy. */
export function dumpStep({ engine: { backup }, target }: Copying): IContainer {
  const command = scriptCommand(send, ...backup.dump);
  return { name: "dump", image: backup.image, command, env: backup.env, ...step(target.room.command) };
}

/** Runs the engine's own command that brings a copy back. */
export function restoreStep({ engine: { backup }, target }: Copying): IContainer {
  const command = scriptCommand(receive, ...backup.restore(`${PIPE}.whole`));
  return { name: "restore", image: backup.image, command, env: backup.env, ...step(target.room.command) };
}

/** Copies between the pipe and the bucket. It has the node's rights in AWS, which the metadata service hands out. */
export function transferStep({ model, engine, target }: Copying, name: string, script: string): IContainer {
  return {
    name,
    image: AWS_CLI_IMAGE,
    command: scriptCommand(script),
    env: [
      { name: "AWS_DEFAULT_REGION", value: model.region },
      { name: "BUCKET", value: target.bucket },
      { name: "EXTENSION", value: engine.backup.extension },
      { name: "HOME", value: "/tmp" },
      // By it the upload is cut into few enough parts.
      { name: "LARGEST", value: String(target.largest * 1024 ** 3) },
      { name: "PREFIX", value: target.prefix },
    ],
    ...step(target.room.transfer),
  };
}

function scriptCommand(script: string, ...args: string[]): string[] {
  return ["/bin/sh", "-c", literal(script), "sh", PIPE, ...args];
}

function step(resources: Resources) {
  const volumeMounts: IVolumeMount[] = [
    { name: "backup", mountPath: "/backup" },
    { name: "tmp", mountPath: "/tmp" },
  ];
  return {
    imagePullPolicy: "Always" as const,
    resources: containerResources({ ...resources, cpuLimit: 1000 }, LOGS + 64),
    securityContext: containerSecurity(ENGINE_USER),
    volumeMounts,
  };
}
