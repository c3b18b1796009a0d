import type { Datastore } from "../../../src/model/model.ts";
import { literal } from "../pod.ts";
import restoreScript from "./redis-restore.sh";
import { CREDENTIALS, type Dump, type Engine, hostOf, secretVariable } from "./engine.ts";

/** Where the secret has a new password, Redis keeps the old one until it is started again, and goes on serving: NOAUTH. */
const PING = `REDISCLI_AUTH="$(cat ${CREDENTIALS}/password)" redis-cli ping | grep -qE 'PONG|NOAUTH'`;

/** https://hub.docker.com/_/redis and https://redis.io/docs/latest/operate/oss_and_stack/management/ */
export function redis(store: Datastore): Engine {
  return {
    folder: "/etc/redis",
    files: { "redis.conf": configuration(store) },
    dataFolder: "/data",
    container: {
      args: ["redis-server", "/etc/redis/redis.conf"],
      // It listens while it still loads its data, and answers PONG when it has.
      startupProbe: { tcpSocket: { port: "redis" }, periodSeconds: 5, timeoutSeconds: 5, failureThreshold: 60 },
      readinessProbe: {
        exec: { command: ["sh", "-c", literal(PING)] },
        periodSeconds: 10,
        timeoutSeconds: 5,
        failureThreshold: 3,
      },
      livenessProbe: { tcpSocket: { port: "redis" }, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
    },
    ports: [{ name: "redis", port: store.port }],
    secretTemplates: { "credentials.conf": "requirepass {{ .password | quote }}" },
    scratch: [],
    metrics: null,
    backup: dump(store),
  };
}

/** Saving to disk forks the process and may copy much of its memory: that is what the other two fifths are for. */
function configuration({ port, resources }: Datastore): string {
  return `include ${CREDENTIALS}/credentials.conf
bind 0.0.0.0
port ${port}
dir /data
appendonly yes
appendfsync everysec
maxmemory ${Math.floor((resources.memory * 3) / 5)}mb
maxmemory-policy noeviction
repl-diskless-sync no
`;
}

/**
 * Redis gives a copy to whoever asks as a replica would; one that it has not written to disk first ends with a mark that is not
 * part of it. At its start it reads the append-only file, whose base the copy becomes.
 */
function dump(store: Datastore): Dump {
  return {
    content: "All keys, as of one moment",
    extension: "rdb",
    image: store.image,
    port: store.port,
    env: [secretVariable(store, "REDISCLI_AUTH", "password")],
    dump: ["redis-cli", "-h", hostOf(store), "-p", String(store.port), "--rdb", "-"],
    restore: (whole) => ["sh", "-c", restoreScript, "sh", whole],
    restoredWhile: "stopped",
  };
}
