import type { IDeployment, IStatefulSet } from "kubernetes-models/apps/v1";
import type { IContainer, IPersistentVolumeClaim, IPodTemplateSpec, IVolume, IVolumeMount } from "kubernetes-models/v1";
import type { Datastore, Model } from "../../../src/model/model.ts";
import { podName } from "../labels.ts";
import { because } from "../manifest.ts";
import { containerSecurity, podSpec } from "../pod.ts";
import { containerResources, LOGS } from "../quantity.ts";
import { configName } from "./config.ts";
import { CREDENTIALS, type Engine, ENGINE_USER, scratchMount, scratchVolume } from "./engine.ts";
import { guarded, metadataOf } from "./metadata.ts";

/** One pod, never two at a time: the old one has let go of the volume before the new one takes it. */
export function workload(model: Model, store: Datastore, engine: Engine): IDeployment | IStatefulSet {
  const metadata = guarded(metadataOf(model, store));
  const common = {
    replicas: 1,
    revisionHistoryLimit: 3,
    selector: { matchLabels: { ...podName(store.name) } },
    template: podTemplate(model, store, engine),
  };
  return store.kind === "Deployment"
    ? {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata,
        spec: { ...common, progressDeadlineSeconds: deadline(engine), strategy: { type: "Recreate" } },
      }
    : { apiVersion: "apps/v1", kind: "StatefulSet", metadata, spec: { ...common, serviceName: store.name } };
}

/** When a rollout counts as failed, in seconds: after the image was loaded, and all the time that the engine has to start. */
function deadline({ container: { startupProbe } }: Engine): number {
  const { periodSeconds = 10, failureThreshold = 3 } = startupProbe ?? {};
  return 600 + periodSeconds * failureThreshold;
}

/** A claim of its own also for a StatefulSet, whose templates of claims could never grow. */
export function volumeClaim(model: Model, store: Datastore): IPersistentVolumeClaim {
  return {
    apiVersion: "v1",
    kind: "PersistentVolumeClaim",
    metadata: guarded(metadataOf(model, store, claimName(store))),
    spec: {
      accessModes: because("One pod alone: a second one would wait, and not spoil the data.", ["ReadWriteOncePod"]),
      resources: { requests: { storage: `${store.storage}Gi` } },
      storageClassName: model.platform.storageClass,
    },
  };
}

export function claimName(store: Datastore): string {
  return `${store.name}-data`;
}

function podTemplate(model: Model, store: Datastore, engine: Engine): IPodTemplateSpec {
  return {
    metadata: { labels: { ...metadataOf(model, store).labels } },
    spec: {
      ...podSpec({
        group: store.group,
        serviceAccount: store.name,
        uid: ENGINE_USER,
        containers: [container(store, engine)],
        volumes: volumes(store, engine),
      }),
      priorityClassName: "datastores",
      terminationGracePeriodSeconds: store.stopSeconds,
    },
  };
}

function container(store: Datastore, engine: Engine): IContainer {
  const { args, env, ...probes } = engine.container;
  const disk = engine.scratch.reduce((sum, { size }) => sum + size, LOGS);
  return {
    name: store.engine,
    image: store.image,
    imagePullPolicy: "Always",
    ...(args && { args }),
    ...(env && { env }),
    ports: engine.ports.map(({ name, port }) => ({ name, containerPort: port, protocol: "TCP" as const })),
    ...probes,
    resources: containerResources(store.resources, disk),
    securityContext: containerSecurity(ENGINE_USER),
    volumeMounts: volumeMounts(engine),
  };
}

/** Its files are mounted one by one, beside those that the image brings. */
function volumeMounts({ dataFolder, files, folder, scratch }: Engine): IVolumeMount[] {
  return [
    ...Object.keys(files).map((name) => ({
      name: "config",
      mountPath: `${folder}/${name}`,
      subPath: name,
      readOnly: true,
    })),
    { name: "credentials", mountPath: CREDENTIALS, readOnly: true },
    { name: "data", mountPath: dataFolder },
    ...scratch.map(scratchMount),
  ];
}

function volumes(store: Datastore, engine: Engine): IVolume[] {
  return [
    { name: "config", configMap: { name: configName(store, engine) } },
    { name: "credentials", secret: { secretName: store.name, defaultMode: 0o440 } },
    { name: "data", persistentVolumeClaim: { claimName: claimName(store) } },
    ...engine.scratch.map(scratchVolume),
  ];
}
