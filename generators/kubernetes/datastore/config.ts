import type { IExternalSecret } from "@kubernetes-models/external-secrets/external-secrets.io/v1";
import type { IConfigMap } from "kubernetes-models/v1";
import type { Datastore, Model } from "../../../src/model/model.ts";
import { contentHash } from "../content-hash.ts";
import { externalSecret } from "../secret.ts";
import type { Engine } from "./engine.ts";
import { guarded, metadataOf } from "./metadata.ts";

export function configMap(model: Model, store: Datastore, engine: Engine): IConfigMap {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: metadataOf(model, store, configName(store, engine)),
    immutable: true,
    data: { ...engine.files },
  };
}

export function configName(store: Datastore, engine: Engine): string {
  return `${store.name}-config-${contentHash(engine.files)}`;
}

/** The credentials, and what the engine makes of them. */
export function credentials(model: Model, store: Datastore, engine: Engine): IExternalSecret {
  const { properties = [] } = model.secrets.find(({ name }) => name === store.secret) ?? {};
  const keys = properties.map((property) => ({ key: property, secret: store.secret, property }));
  const copied = Object.fromEntries(properties.map((property) => [property, `{{ .${property} }}`]));
  return externalSecret(model, guarded(metadataOf(model, store)), {
    keys,
    ...(engine.secretTemplates && { templates: { ...copied, ...engine.secretTemplates } }),
  });
}
