import type { Datastore } from "../../../src/model/model.ts";
import { CURL_IMAGE } from "../images.ts";
import { type Dump, type Engine, hostOf, secretVariable } from "./engine.ts";

const MANAGEMENT_PORT = 15672;
const METRICS_PORT = 15692;

/** https://hub.docker.com/_/rabbitmq, https://www.rabbitmq.com/docs/configure and https://www.rabbitmq.com/docs/monitoring */
export function rabbitmq(store: Datastore): Engine {
  const probe = { tcpSocket: { port: "amqp" }, timeoutSeconds: 5 };
  return {
    folder: "/etc/rabbitmq/conf.d",
    files: { "90-platform.conf": configuration(store) },
    dataFolder: "/var/lib/rabbitmq",
    container: {
      args: ["rabbitmq-server"],
      env: [
        secretVariable(store, "RABBITMQ_DEFAULT_PASS", "password"),
        secretVariable(store, "RABBITMQ_DEFAULT_USER", "username"),
        // Its data lies in a folder of this name, which must not change with the pod's.
        { name: "RABBITMQ_NODENAME", value: "rabbit@localhost" },
      ],
      startupProbe: { ...probe, periodSeconds: 10, failureThreshold: 60 },
      // The port alone, and no liveness probe: its documentation calls that the best practice.
      readinessProbe: { ...probe, periodSeconds: 10, failureThreshold: 3 },
    },
    ports: [
      { name: "amqp", port: store.port },
      { name: "management", port: MANAGEMENT_PORT },
      { name: "metrics", port: METRICS_PORT },
    ],
    scratch: [
      { name: "log", path: "/var/log/rabbitmq", size: 64 },
      { name: "tmp", path: "/tmp", size: 64 },
    ],
    metrics: { port: "metrics", path: "/metrics" },
    backup: dump(store),
  };
}

/** Publishers are held back at three fifths of the container's memory, which the program cannot see by itself. */
function configuration({ port, resources }: Datastore): string {
  return `listeners.tcp.default = ${port}
vm_memory_high_watermark.absolute = ${Math.floor((resources.memory * 3) / 5)}MiB
disk_free_limit.absolute = ${resources.memory}MiB
`;
}

/** https://www.rabbitmq.com/docs/definitions; Kubernetes fills in the variables of the commands. */
function dump(store: Datastore): Dump {
  const url = `http://${hostOf(store)}:${MANAGEMENT_PORT}/api/definitions`;
  const curl = ["curl", "--silent", "--show-error", "--fail", "--user", "$(RABBITMQ_USER):$(RABBITMQ_PASSWORD)"];
  return {
    content: "Users, virtual hosts, exchanges, queues and bindings; not the messages",
    extension: "json",
    image: CURL_IMAGE,
    port: MANAGEMENT_PORT,
    env: [secretVariable(store, "RABBITMQ_PASSWORD", "password"), secretVariable(store, "RABBITMQ_USER", "username")],
    dump: [...curl, url],
    restore: () => [...curl, "--header", "Content-Type: application/json", "--data-binary", "@-", url],
    restoredWhile: "running",
  };
}
