import type { IClusterSecretStore } from "@kubernetes-models/external-secrets/external-secrets.io/v1/ClusterSecretStore";
import type { IExternalSecret } from "@kubernetes-models/external-secrets/external-secrets.io/v1/ExternalSecret";
import type { Model, Secret } from "../../../src/model/model.ts";
import { distinct } from "../../../src/order.ts";
import { metadata } from "./metadata.ts";

/** What Ansible installs that has secrets. */
const READERS = ["argo-cd", "atlantis", "kube-prometheus-stack"];

/**
 * The way to AWS Secrets Manager, with the rights of the node that External Secrets runs on; for our own namespaces only. Those that
 * Argo CD makes are known by their label: a new one has its secrets at once, and not when Ansible has run.
 */
export function secretStore({ platform, region }: Model): object {
  const readers = platform.components.filter(({ id }) => READERS.includes(id)).map(({ namespace }) => namespace);
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ClusterSecretStore",
    metadata: metadata(platform.secretStore),
    spec: {
      provider: { aws: { service: "SecretsManager", region } },
      conditions: [
        { namespaceSelector: { matchLabels: { ...platform.secretReader } } },
        { namespaces: distinct(readers) },
      ],
    },
  } satisfies IClusterSecretStore;
}

export interface Copy {
  /** The Kubernetes Secret's name and namespace. */
  readonly name: string;
  readonly namespace: string;
  /** Whose secret of `Model.secrets` it is. */
  readonly owner: string;
  /** The Secret's keys, and the properties of the value in AWS that they are copied from. */
  readonly keys: Readonly<Record<string, string>>;
  /** What the Secret has besides. */
  readonly template?: NonNullable<NonNullable<IExternalSecret["spec"]>["target"]>["template"];
}

/** A Secret of the cluster that External Secrets keeps equal to one in AWS. */
export function externalSecret(model: Model, { name, namespace, owner, keys, template }: Copy): IExternalSecret {
  const { name: key } = secretOf(model, owner);
  return {
    apiVersion: "external-secrets.io/v1",
    kind: "ExternalSecret",
    metadata: metadata(name, namespace),
    spec: {
      refreshInterval: "1h",
      secretStoreRef: { kind: "ClusterSecretStore", name: model.platform.secretStore },
      target: { name, ...(template && { template }) },
      data: Object.entries(keys).map(([secretKey, property]) => ({ secretKey, remoteRef: { key, property } })),
    },
  };
}

function secretOf({ name, environment, secrets }: Model, owner: string): Secret {
  const secret = secrets.find((each) => each.name === `${name}/${environment}/${owner}`);
  if (!secret) throw new Error(`there is no secret of ${owner}`);
  return secret;
}

export function grafanaAdministrator(model: Model): object {
  return externalSecret(model, {
    name: "grafana-admin",
    namespace: "monitoring",
    owner: "grafana",
    keys: { "admin-user": "admin-user", "admin-password": "admin-password" },
  });
}

/** The keys are environment variables of Atlantis. */
export function atlantisCredentials(model: Model): object {
  return externalSecret(model, {
    name: "atlantis-credentials",
    namespace: "atlantis",
    owner: "atlantis",
    keys: {
      ATLANTIS_GH_TOKEN: "github_token",
      ATLANTIS_GH_USER: "github_user",
      ATLANTIS_GH_WEBHOOK_SECRET: "github_secret",
      ATLANTIS_WEB_PASSWORD: "web_password",
      ATLANTIS_WEB_USERNAME: "web_username",
    },
  });
}
