import type { IObjectMeta } from "@kubernetes-models/apimachinery/apis/meta/v1";
import type { Labels, Model, Service } from "../../../src/model/model.ts";
import { labels } from "../labels.ts";

/** Name, namespace and labels of an object that belongs to a service; `name` where it is not the service's own. */
export function metadataOf(model: Model, service: Service, name: string = service.name): IObjectMeta {
  return { name, namespace: service.namespace, labels: { ...partOf(model, service) } };
}

export function partOf({ name: platform }: Model, { name, http }: Service): Labels {
  return labels(platform, name, http ? "api" : "worker");
}
