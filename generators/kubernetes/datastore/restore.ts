import type { IJob } from "kubernetes-models/batch/v1";
import { type Copying, copyingMetadata, copyingPod, jobLimits, restoreStep, transferStep } from "./copying.ts";
import download from "./download.sh";
import restoreGuide from "./restore.md.hbs";
import { claimName } from "./workload.ts";

/** The way back. A person starts it: Argo CD does not know it. */
export function restore(copying: Copying): IJob {
  const { store, engine } = copying;
  const command = restoreStep(copying);
  const volumeMounts = [...(command.volumeMounts ?? []), { name: "data", mountPath: engine.dataFolder }];
  const ontoVolume = engine.backup.restoredWhile === "stopped";
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: copyingMetadata(copying, `${store.name}-restore`),
    spec: {
      ...jobLimits,
      backoffLimit: 0,
      template: copyingPod(copying, {
        steps: [ontoVolume ? { ...command, volumeMounts } : command, transferStep(copying, "download", download)],
        volumes: ontoVolume ? [{ name: "data", persistentVolumeClaim: { claimName: claimName(store) } }] : [],
      }),
    },
  };
}

/** How to do it, in words and commands. */
export function restoreText({ model, store, engine, target }: Copying): string {
  return restoreGuide({
    ...store,
    ...target,
    clients: store.clients.map((client) => {
      const scale = model.services.find(({ name }) => name === client.name)?.scale ?? null;
      return { ...client, isScaled: scale !== null, pods: scale?.min ?? null };
    }),
    argocd: model.platform.components.find(({ id }) => id === "argo-cd")?.namespace,
    content: engine.backup.content,
    folder: `${model.paths.kubernetes}/database`,
    kind: store.kind.toLowerCase(),
    ontoVolume: engine.backup.restoredWhile === "stopped",
  });
}
