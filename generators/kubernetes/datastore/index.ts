import type { GeneratedFile } from "../../../src/generated-file.ts";
import type { Datastore, Model } from "../../../src/model/model.ts";
import { manifestFile } from "../manifest.ts";
import { backup, backupPolicy } from "./backup.ts";
import { configMap, credentials } from "./config.ts";
import { postgresql } from "./postgresql.ts";
import { rabbitmq } from "./rabbitmq.ts";
import { redis } from "./redis.ts";
import { restore, restoreText } from "./restore.ts";
import { networkPolicy, service, serviceAccount, serviceMonitor } from "./service.ts";
import { volumeClaim, workload } from "./workload.ts";

const engines = { postgresql, rabbitmq, redis };

/** The files of one datastore, and those by which a person restores it. */
export function datastoreFiles(model: Model, store: Datastore): readonly GeneratedFile[] {
  return [...syncedFiles(model, store), ...restoreFiles(model, store)];
}

/** What Argo CD syncs. All of a datastore's files lie in one folder with those of the others. */
export function syncedFiles(model: Model, store: Datastore): readonly GeneratedFile[] {
  const engine = engines[store.engine](store);
  const file = fileOf(model, store);
  const copying = store.backup && { model, store, engine, target: store.backup };
  const scraped = model.platform.prometheus === null ? null : engine.metrics;
  return [
    ...manifestFile(`${file}-config.yaml`, [configMap(model, store, engine), credentials(model, store, engine)]),
    ...manifestFile(`${file}-${store.kind.toLowerCase()}.yaml`, [
      serviceAccount(model, store),
      workload(model, store, engine),
    ]),
    ...manifestFile(`${file}-network.yaml`, [networkPolicy(model, store, engine)]),
    ...manifestFile(`${file}-service.yaml`, [
      service(model, store, engine),
      ...(scraped ? [serviceMonitor(model, store, scraped)] : []),
    ]),
    ...manifestFile(`${file}-volume.yaml`, [volumeClaim(model, store)]),
    ...manifestFile(`${file}-backup.yaml`, copying ? [backup(copying), backupPolicy(copying)] : []),
  ];
}

function restoreFiles(model: Model, store: Datastore): readonly GeneratedFile[] {
  if (!store.backup) return [];
  const engine = engines[store.engine](store);
  const copying = { model, store, engine, target: store.backup };
  const file = fileOf(model, store);
  return [
    ...manifestFile(`${file}-restore.yaml`, [restore(copying)]),
    { path: `${file}-restore.md`, text: restoreText(copying) },
  ];
}

function fileOf({ paths }: Model, { name }: Datastore): string {
  return `${paths.kubernetes}/database/${name}`;
}
