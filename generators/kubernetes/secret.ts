import type { IExternalSecret } from "@kubernetes-models/external-secrets/external-secrets.io/v1";
import type { IObjectMeta } from "@kubernetes-models/apimachinery/apis/meta/v1";
import type { Model } from "../../src/model/model.ts";

export interface SecretContent {
  readonly keys: readonly SecretKey[];
  /** Where the Secret's values are made from the keys in place of being them: templates of External Secrets. */
  readonly templates?: Readonly<Record<string, string>>;
  /** The Secret's type, where it has one of Kubernetes' own. */
  readonly type?: string;
}

/** A key of the Secret, and the property of an entry of AWS Secrets Manager that it is copied from. */
export interface SecretKey {
  readonly key: string;
  readonly secret: string;
  readonly property: string;
}

/** A Secret of the same name that External Secrets keeps equal to AWS Secrets Manager. It is there before the pods are. */
export function externalSecret(
  model: Model,
  metadata: IObjectMeta,
  { keys, templates, type }: SecretContent,
): IExternalSecret {
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: { ...metadata, annotations: { ...metadata.annotations, "argocd.argoproj.io/sync-wave": "-1" } },
    spec: {
      refreshInterval: "1h0m0s",
      secretStoreRef: { kind: "ClusterSecretStore", name: model.platform.secretStore },
      target: {
        creationPolicy: "Owner",
        deletionPolicy: "Retain",
        ...(templates && {
          template: { engineVersion: "v2", mergePolicy: "Replace", ...(type && { type }), data: { ...templates } },
        }),
      },
      data: keys.map(({ key, secret, property }) => ({
        secretKey: key,
        remoteRef: {
          key: secret,
          property,
          conversionStrategy: "Default",
          decodingStrategy: "None",
          metadataPolicy: "None",
        },
      })),
    },
  };
}
