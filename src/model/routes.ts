import { byCodeUnit } from "../order.ts";
import type { EdgeSpec, HostRole, HttpSpec, Topology } from "../topology.ts";
import { ingressAnnotations } from "./ingress-annotations.ts";
import type { Labels, Route } from "./model.ts";
import { GROUP_LABEL } from "./node-labels.ts";
import { roleNamespace, roleOf } from "./roles.ts";
import { defaultNodePort, NODE_PORTS } from "./stable-number.ts";

/** The public host name of a part of the platform, `argocd.example.app`. */
export function hostName(topology: Topology, role: HostRole): string {
  return `${hostLabel(topology.edge, role)}.${topology.domain}`;
}

function hostLabel(edge: EdgeSpec | undefined, role: HostRole): string {
  return edge?.hosts?.[role] ?? role;
}

/** Every way from the load balancer into the cluster, by name: the services' and the platform's own. */
export function resolveRoutes(topology: Topology): readonly Route[] {
  return [...serviceRoutes(topology), ...platformRoutes(topology)].sort((one, other) =>
    byCodeUnit(one.name, other.name),
  );
}

export function serviceRoutes(topology: Topology): readonly Route[] {
  return Object.entries(topology.services ?? {}).flatMap(([name, { on, http }]) =>
    http && http.public !== false ? [serviceRoute(topology, name, on, http)] : [],
  );
}

function serviceRoute(topology: Topology, name: string, group: string, http: HttpSpec): Route {
  const host = `${http.host ?? hostLabel(topology.edge, "api")}.${topology.domain}`;
  const path = http.path ?? `/${name}`;
  const nodePort = http.nodePort ?? defaultNodePort(name);
  const health = http.health ?? "/health";
  return {
    name,
    targetGroup: `${topology.name}-${name}`,
    host,
    path: path === "/" ? null : path,
    health,
    nodePort,
    priority: rulePriority(path, nodePort),
    backend: { namespace: roleNamespace(topology, roleOf(topology, group) ?? group), service: name, port: http.port },
    group,
    boundBy: "argo-cd",
    annotations: annotations(topology, group, { path, health }),
  };
}

interface PlatformServer {
  readonly name: "argocd" | "atlantis" | "grafana";
  readonly namespace: string;
  readonly service: string;
  readonly health: string;
  readonly installed: boolean;
}

export function platformRoutes(topology: Topology): readonly Route[] {
  const { on, atlantis = true, monitoring = true } = topology.platform;
  const servers: readonly PlatformServer[] = [
    { name: "argocd", namespace: "argocd", service: "argocd-server-http", health: "/healthz", installed: true },
    { name: "atlantis", namespace: "atlantis", service: "atlantis", health: "/healthz", installed: atlantis },
    {
      name: "grafana",
      namespace: "monitoring",
      service: "kube-prometheus-stack-grafana",
      health: "/api/health",
      installed: monitoring,
    },
  ];
  return servers
    .filter((server) => server.installed)
    .map(({ name, namespace, service, health }) => {
      const host = hostName(topology, name);
      return {
        name,
        targetGroup: `${topology.name}-${name}`,
        host,
        path: null,
        health,
        nodePort: defaultNodePort(name),
        priority: rulePriority("/", defaultNodePort(name)),
        backend: { namespace, service, port: 80 },
        group: on,
        boundBy: "ansible",
        annotations: annotations(topology, on, { path: null, health }),
      };
    });
}

function annotations(topology: Topology, group: string, route: Pick<Route, "path" | "health">): Labels {
  const id = `${topology.name}-${topology.environment ?? "prod"}`;
  return ingressAnnotations(id, { [GROUP_LABEL]: group }, route);
}

/**
 * AWS tries listener rules by priority, 1 to 50,000: the deeper a path, the earlier it is tried. Among paths of one depth the
 * node port decides: a number that no other route has, and that the topology can say.
 */
function rulePriority(path: string, nodePort: number): number {
  const depth = Math.min(path.split("/").filter(Boolean).length, 9);
  return (9 - depth) * NODE_PORTS.count + 1 + nodePort - NODE_PORTS.first;
}
