import type { IContainer } from "kubernetes-models/v1";
import type { Http, Service } from "../../../src/model/model.ts";
import { because } from "../manifest.ts";
import { literal } from "../pod.ts";

type Probes = Pick<IContainer, "startupProbe" | "readinessProbe" | "livenessProbe">;

/** A start may take five minutes. */
const STARTUP = { periodSeconds: 5, failureThreshold: 60 };

/** How Kubernetes tells whether a service works: by its port, or for a worker by the command that it names. */
export function probes({ http, alive }: Service): Probes {
  if (http) return httpProbes(http);
  return alive ? commandProbes(alive) : {};
}

function httpProbes({ health }: Http): Probes {
  return {
    startupProbe: { tcpSocket: { port: "http" }, ...STARTUP, timeoutSeconds: 2 },
    readinessProbe: {
      httpGet: { path: health, port: "http" },
      periodSeconds: 10,
      timeoutSeconds: 3,
      failureThreshold: 3,
    },
    livenessProbe: because("The port alone: a restart would not mend the database that the health path may ask.", {
      tcpSocket: { port: "http" },
      periodSeconds: 20,
      timeoutSeconds: 5,
      failureThreshold: 3,
    }),
  };
}

/** Such commands start a program each time, so they are run seldom and may take their time. */
function commandProbes(alive: readonly string[]): Probes {
  const exec = { command: alive.map(literal) };
  return {
    startupProbe: { exec, periodSeconds: 15, timeoutSeconds: 10, failureThreshold: 20 },
    livenessProbe: { exec, periodSeconds: 60, timeoutSeconds: 20, failureThreshold: 3 },
  };
}
