import type { IObjectMeta } from "@kubernetes-models/apimachinery/apis/meta/v1";
import type { Datastore, Labels, Model } from "../../../src/model/model.ts";
import { backupOf, labels } from "../labels.ts";

/** Name, namespace and labels of an object that belongs to a datastore; `name` where it is not the datastore's own. */
export function metadataOf(model: Model, store: Datastore, name: string = store.name): IObjectMeta {
  return { name, namespace: store.namespace, labels: { ...labels(model.name, store.name, "datastore") } };
}

/** For objects whose loss is the data's: Argo CD deletes them only after a person has said so. */
export function guarded(metadata: IObjectMeta): IObjectMeta {
  return { ...metadata, annotations: { "argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm" } };
}

export function backupLabels(model: Model, store: Datastore): Labels {
  return labels(model.name, backupOf(store.name), "backup");
}
