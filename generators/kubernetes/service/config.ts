import type { IExternalSecret } from "@kubernetes-models/external-secrets/external-secrets.io/v1";
import type { IConfigMap, IContainer } from "kubernetes-models/v1";
import type { Model, RegistryLogin, Service } from "../../../src/model/model.ts";
import { contentHash } from "../content-hash.ts";
import { externalSecret } from "../secret.ts";
import { metadataOf } from "./metadata.ts";

/** A service's variables, and the secret ones. */
export function config(model: Model, service: Service): (IConfigMap | IExternalSecret)[] {
  return [
    ...(service.env.length > 0 ? [configMap(model, service)] : []),
    ...(service.secretEnv.length > 0 ? [secret(model, service)] : []),
    ...(model.registry.login ? [pullSecret(model, service, model.registry.login)] : []),
  ];
}

/** What the Secret with the registry's login is called. A dot is in no name of the topology. */
export function pullSecretName(service: Service): string {
  return `${service.name}.image-registry`;
}

/** https://external-secrets.io/latest/guides/common-k8s-secret-types/ */
function pullSecret(model: Model, service: Service, { server, secret }: RegistryLogin): IExternalSecret {
  const basic = '{{ printf "%s:%s" .username .password | b64enc }}';
  const login = `{"username":{{ .username | toJson }},"password":{{ .password | toJson }},"auth":"${basic}"}`;
  return externalSecret(model, metadataOf(model, service, pullSecretName(service)), {
    keys: ["password", "username"].map((property) => ({ key: property, secret, property })),
    type: "kubernetes.io/dockerconfigjson",
    templates: { ".dockerconfigjson": `{"auths":{${JSON.stringify(server)}:${login}}}` },
  });
}

export function environmentFrom(service: Service): Pick<IContainer, "envFrom"> {
  const { env, secretEnv } = service;
  const envFrom = [
    ...(env.length > 0 ? [{ configMapRef: { name: configName(service) } }] : []),
    ...(secretEnv.length > 0 ? [{ secretRef: { name: secretName(service) } }] : []),
  ];
  return envFrom.length > 0 ? { envFrom } : {};
}

function configMap(model: Model, service: Service): IConfigMap {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: metadataOf(model, service, configName(service)),
    immutable: true,
    data: variables(service),
  };
}

function configName(service: Service): string {
  return `${service.name}-config-${contentHash(variables(service))}`;
}

function variables({ env }: Service): Record<string, string> {
  return Object.fromEntries(env.map(({ name, value }) => [name, value]));
}

function secret(model: Model, service: Service): IExternalSecret {
  const keys = service.secretEnv.map(({ name, secret, property }) => ({ key: name, secret, property }));
  return externalSecret(model, metadataOf(model, service, secretName(service)), { keys });
}

/** With another list of keys it is another Secret: pods of before keep theirs, new ones wait until it has them all. */
function secretName({ name, secretEnv }: Service): string {
  const sources = secretEnv.map(({ name: key, secret, property }) => [key, `${secret} ${property}`]);
  return `${name}-secrets-${contentHash(Object.fromEntries(sources) as Record<string, string>)}`;
}
