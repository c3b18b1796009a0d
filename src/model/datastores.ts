import { entries } from "../order.ts";
import type { DatastoreSpec, Engine, Topology } from "../topology.ts";
import { bucketName } from "./buckets.ts";
import { copyingRoom, LARGEST_COPY } from "./catalogue/tasks.ts";
import type { Backup, Datastore, NodeGroup } from "./model.ts";
import { gibibytes, resolveResources } from "./quantity.ts";
import { defaultBackup, roleNamespace, roleOf } from "./roles.ts";
import { secretName } from "./secrets.ts";
import { DATASTORE_STOP } from "./stopping.ts";

interface EngineFacts {
  readonly port: number;
  readonly hasDatabases: boolean;
  /** The official image of a version. */
  readonly image: (version: string) => string;
}

const ENGINES: Readonly<Record<Engine, EngineFacts>> = {
  postgresql: { port: 5432, hasDatabases: true, image: (version) => `docker.io/library/postgres:${version}-bookworm` },
  redis: { port: 6379, hasDatabases: false, image: (version) => `docker.io/library/redis:${version}-bookworm` },
  rabbitmq: { port: 5672, hasDatabases: false, image: (version) => `docker.io/library/rabbitmq:${version}-management` },
};

/** 18:00 UTC: the small hours in the regions of East Asia. */
const DAILY = "0 18 * * *";
const KEEP_DAYS = 30;

export function enginePort(engine: Engine): number {
  return ENGINES[engine].port;
}

/** The database that a datastore's clients share, where its engine has databases: called after the platform. */
export function databaseName(topology: Topology, engine: Engine): string | null {
  return ENGINES[engine].hasDatabases ? topology.name.replaceAll("-", "_") : null;
}

export function resolveDatastores(topology: Topology, groups: readonly NodeGroup[]): readonly Datastore[] {
  return entries(topology.datastores).map(([name, spec]) => ({
    name,
    engine: spec.engine,
    version: spec.version,
    image: ENGINES[spec.engine].image(spec.version),
    namespace: datastoreNamespace(topology, spec),
    group: groupNamed(groups, spec.on),
    kind: spec.kind === "statefulset" ? "StatefulSet" : "Deployment",
    port: enginePort(spec.engine),
    database: databaseName(topology, spec.engine),
    storage: gibibytes(spec.storage),
    resources: resolveResources(spec.resources),
    stopSeconds: DATASTORE_STOP,
    backup: resolveBackup(topology, name, spec),
    secret: secretName(topology, name),
    clients: entries(topology.services)
      .filter(([, service]) => service.uses?.includes(name))
      .map(([client, service]) => ({
        name: client,
        namespace: roleNamespace(topology, roleOf(topology, service.on) ?? service.on),
      })),
  }));
}

export function datastoreNamespace(topology: Topology, spec: DatastoreSpec): string {
  return roleNamespace(topology, roleOf(topology, spec.on) ?? spec.on);
}

function resolveBackup(topology: Topology, name: string, spec: DatastoreSpec): Backup | null {
  const backup = spec.backup ?? defaultBackup(spec.engine);
  if (backup === "none") return null;
  const { schedule, keepDays = KEEP_DAYS } = backup === "daily" ? { schedule: DAILY } : backup;
  return {
    schedule,
    keepDays,
    bucket: bucketName(topology, "backups"),
    prefix: `${name}/`,
    largest: Math.min(gibibytes(spec.storage), LARGEST_COPY),
    room: copyingRoom(gibibytes(spec.storage)),
  };
}

/** The rules have made sure that the group exists. */
export function groupNamed(groups: readonly NodeGroup[], name: string): NodeGroup {
  const group = groups.find((candidate) => candidate.name === name);
  if (!group) throw new Error(`there is no group ${name}`);
  return group;
}
