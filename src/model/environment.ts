import { lookup } from "../lookup.ts";
import { byCodeUnit, entries } from "../order.ts";
import type { ServiceSpec, Topology } from "../topology.ts";
import { bucketName } from "./buckets.ts";
import { databaseName, datastoreNamespace, enginePort } from "./datastores.ts";
import type { EnvVar, SecretEnvVar } from "./model.ts";
import { roleNamespace, roleOf } from "./roles.ts";
import { credentials, secretName } from "./secrets.ts";

/** `scan-worker` as the beginning of a variable's name: `SCAN_WORKER`. */
export function variablePrefix(name: string): string {
  return name.toUpperCase().replaceAll("-", "_");
}

/** The variables that a service gets because it uses something: where it is. */
export function variablesOfUse(topology: Topology, used: string): readonly EnvVar[] {
  const prefix = variablePrefix(used);
  const store = lookup(topology.datastores, used);
  if (store) {
    const database = databaseName(topology, store.engine);
    return [
      { name: `${prefix}_HOST`, value: `${used}.${datastoreNamespace(topology, store)}.svc.cluster.local` },
      { name: `${prefix}_PORT`, value: String(enginePort(store.engine)) },
      ...(database ? [{ name: `${prefix}_DATABASE`, value: database }] : []),
    ];
  }
  if (lookup(topology.buckets, used)) {
    return [
      { name: `${prefix}_BUCKET`, value: bucketName(topology, used) },
      { name: "AWS_REGION", value: topology.aws.region },
    ];
  }
  const service = lookup(topology.services, used);
  if (!service?.http) return [];
  const host = `${used}.${roleNamespace(topology, roleOf(topology, service.on) ?? service.on)}.svc.cluster.local`;
  return [{ name: `${prefix}_URL`, value: `http://${host}:${service.http.port}` }];
}

/** All variables of a service by name: what it says itself, and where the things are that it uses. */
export function resolveEnvironment(topology: Topology, service: ServiceSpec): readonly EnvVar[] {
  const used = (service.uses ?? []).flatMap((name) => variablesOfUse(topology, name));
  const own = entries(service.env).map(([name, value]) => ({ name, value: String(value) }));
  const byName = new Map([...used, ...own].map((variable) => [variable.name, variable]));
  return [...byName.values()].sort((one, other) => byCodeUnit(one.name, other.name));
}

/** The secret variables of a service by name: its own, and the credentials of the datastores that it uses. */
export function resolveSecretEnvironment(
  topology: Topology,
  name: string,
  service: ServiceSpec,
): readonly SecretEnvVar[] {
  const own = (service.secrets ?? []).map((variable) => ({
    name: variable,
    secret: secretName(topology, name),
    property: variable,
  }));
  const used = (service.uses ?? []).flatMap((store) => credentialVariables(topology, store));
  return [...own, ...used].sort((one, other) => byCodeUnit(one.name, other.name));
}

/** `POSTGRES_PASSWORD` and `POSTGRES_USERNAME` of the datastore `postgres`. */
export function credentialVariables(topology: Topology, used: string): readonly SecretEnvVar[] {
  const store = lookup(topology.datastores, used);
  if (!store) return [];
  return credentials(store.engine).map((property) => ({
    name: `${variablePrefix(used)}_${property.toUpperCase()}`,
    secret: secretName(topology, used),
    property,
  }));
}
