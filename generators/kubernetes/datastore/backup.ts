import type { ICronJob } from "kubernetes-models/batch/v1";
import type { INetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import { backupOf, podName } from "../labels.ts";
import { instanceMetadata, internet, podsOf, tcp } from "../peers.ts";
import { type Copying, copyingMetadata, copyingPod, dumpStep, jobLimits, transferStep } from "./copying.ts";
import upload from "./upload.sh";

/** Makes a copy and puts it into the bucket, if it is whole. */
export function backup(copying: Copying): ICronJob {
  const { store, target } = copying;
  return {
    apiVersion: "batch/v1",
    kind: "CronJob",
    metadata: copyingMetadata(copying, `${store.name}-backup`),
    spec: {
      schedule: target.schedule,
      timeZone: "Etc/UTC",
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: {
        spec: {
          ...jobLimits,
          template: copyingPod(copying, {
            steps: [dumpStep(copying), transferStep(copying, "upload", upload)],
            volumes: [],
          }),
        },
      },
    },
  };
}

/** For the pods of backups and restores alike. */
export function backupPolicy(copying: Copying): INetworkPolicy {
  const { model, store, engine } = copying;
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: copyingMetadata(copying, backupOf(store.name)),
    spec: {
      podSelector: { matchLabels: { ...podName(backupOf(store.name)) } },
      policyTypes: ["Ingress", "Egress"],
      egress: [
        { to: [podsOf(store.namespace, store.name)], ports: tcp(engine.backup.port) },
        instanceMetadata,
        internet(model.network),
      ],
    },
  };
}
