import type { IClusterSecretStore } from "@kubernetes-models/external-secrets/external-secrets.io/v1";
import type { Model } from "../../../src/model/model.ts";

/** AWS Secrets Manager, read with the rights of the nodes that External Secrets runs on; for the platform's namespaces alone. */
export function secretStore(model: Model): IClusterSecretStore {
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ClusterSecretStore",
    metadata: { name: model.platform.secretStore, labels: { "app.kubernetes.io/part-of": model.name } },
    spec: {
      conditions: [{ namespaces: model.namespaces.map(({ name }) => name) }],
      provider: { aws: { service: "SecretsManager", region: model.region } },
    },
  };
}
