import type { Datastore } from "../../../src/model/model.ts";
import { CREDENTIALS, type Dump, type Engine, hostOf, secretVariable } from "./engine.ts";

/** https://hub.docker.com/_/postgres and https://www.postgresql.org/docs/current/runtime-config.html */
export function postgresql(store: Datastore): Engine {
  const { memory } = store.resources;
  const ready = { exec: { command: ["pg_isready", "--host=127.0.0.1", "--quiet"] }, timeoutSeconds: 5 };
  return {
    folder: "/etc/postgresql",
    files: { "postgresql.conf": configuration(memory) },
    dataFolder: "/var/lib/postgresql/data",
    container: {
      args: ["postgres", "-c", "config_file=/etc/postgresql/postgresql.conf"],
      env: [
        // Below the volume's root, where the file system keeps its lost+found.
        { name: "PGDATA", value: "/var/lib/postgresql/data/pgdata" },
        { name: "POSTGRES_DB", value: store.database ?? "postgres" },
        { name: "POSTGRES_INITDB_ARGS", value: "--auth-host=scram-sha-256 --data-checksums" },
        { name: "POSTGRES_PASSWORD_FILE", value: `${CREDENTIALS}/password` },
        { name: "POSTGRES_USER_FILE", value: `${CREDENTIALS}/username` },
      ],
      // Recovery after a crash may take half an hour.
      startupProbe: { ...ready, periodSeconds: 10, failureThreshold: 180 },
      readinessProbe: { ...ready, periodSeconds: 10, failureThreshold: 3 },
      livenessProbe: { tcpSocket: { port: "postgresql" }, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
    },
    ports: [{ name: "postgresql", port: store.port }],
    scratch: [
      { name: "run", path: "/var/run/postgresql", size: 16 },
      { name: "shared-memory", path: "/dev/shm", size: Math.floor(memory / 4), medium: "Memory" },
      { name: "tmp", path: "/tmp", size: 256 },
    ],
    metrics: null,
    backup: dump(store),
  };
}

/** A quarter of the memory for PostgreSQL's own cache, as its documentation advises; the system's cache lies in the rest. */
function configuration(memory: number): string {
  return `listen_addresses = '*'
password_encryption = scram-sha-256
max_connections = 100
shared_buffers = ${Math.floor(memory / 4)}MB
effective_cache_size = ${Math.floor(memory / 2)}MB
maintenance_work_mem = ${Math.floor(memory / 16)}MB
log_connections = on
log_disconnections = on
log_min_duration_statement = 1000
`;
}

function dump(store: Datastore): Dump {
  const database = store.database ?? "postgres";
  return {
    content: `The database \`${database}\` with everything in it, as of one moment`,
    extension: "dump",
    image: store.image,
    port: store.port,
    env: [
      { name: "PGDATABASE", value: database },
      { name: "PGHOST", value: hostOf(store) },
      secretVariable(store, "PGPASSWORD", "password"),
      { name: "PGPORT", value: String(store.port) },
      secretVariable(store, "PGUSER", "username"),
    ],
    dump: ["pg_dump", "--format=custom"],
    restore: () => [
      "pg_restore",
      "--clean",
      "--if-exists",
      "--no-owner",
      "--single-transaction",
      `--dbname=${database}`,
    ],
    restoredWhile: "running",
  };
}
