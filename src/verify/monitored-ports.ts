import type { Fact, KubernetesFacts, Monitor, ServiceFact, ServicePort } from "./facts.ts";
import { selection } from "./selection.ts";

/** Finds the Services of a ServiceMonitor: those of its own namespace, by their labels. */
export function monitoredServices({ services }: KubernetesFacts): (monitor: Monitor) => readonly ServiceFact[] {
  const select = selection(services, ({ labels }) => labels);
  return ({ namespace, selector }) => select(selector).filter((service) => service.namespace === namespace);
}

/** Each port that Prometheus scrapes, with its Service. */
export function monitoredPorts(kubernetes: KubernetesFacts): readonly MonitoredPort[] {
  const servicesOf = monitoredServices(kubernetes);
  return kubernetes.monitors.flatMap((monitor) =>
    servicesOf(monitor).flatMap((service) =>
      service.ports
        .filter(({ name }) => monitor.ports.includes(name))
        .map((port) => ({ file: monitor.file, service, port })),
    ),
  );
}

interface MonitoredPort extends Fact {
  readonly service: ServiceFact;
  readonly port: ServicePort;
}
