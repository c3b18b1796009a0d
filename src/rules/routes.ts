import type { Path } from "../diagnostic.ts";
import { lookup } from "../lookup.ts";
import type { Route } from "../model/model.ts";
import { hostName, platformRoutes, resolveRoutes, serviceRoutes } from "../model/routes.ts";
import { NODE_PORTS } from "../model/stable-number.ts";
import { distinct } from "../order.ts";
import type { HostRole, Topology } from "../topology.ts";
import { type Violation, written } from "./rule.ts";

/** A field of `http` where it is written, or else `http` itself. */
function httpPath(topology: Topology, service: string, field: "host" | "path" | "nodePort"): Path {
  const http = lookup(topology.services, service)?.http;
  return http?.[field] === undefined ? ["services", service, "http"] : ["services", service, "http", field];
}

/** `/auth` and `/auth/` are one path. */
function address({ host, path }: Route): string {
  return host + (path ?? "").replace(/\/+$/, "");
}

export function* noTwoServicesShareAHostAndPath(topology: Topology): Iterable<Violation> {
  const owners = new Map<string, string>();
  for (const route of serviceRoutes(topology)) {
    const owner = owners.get(address(route));
    if (owner === undefined) {
      owners.set(address(route), route.name);
      continue;
    }
    const message = `\`${route.host}${route.path ?? "/"}\` leads to \`${owner}\` already.`;
    const remedy = `Give \`${route.name}\` another \`path\` or \`host\`, or \`public: false\`.`;
    yield { path: httpPath(topology, route.name, "path"), message, remedy };
  }
}

export function* noTwoThingsShareANodePort(topology: Topology): Iterable<Violation> {
  const owners = new Map(platformRoutes(topology).map(({ name, nodePort }) => [nodePort, name]));
  for (const { name, nodePort } of serviceRoutes(topology)) {
    const owner = owners.get(nodePort);
    if (owner === undefined) {
      owners.set(nodePort, name);
      continue;
    }
    const free = freePort(topology, nodePort);
    const message = `The node port ${nodePort} of \`${name}\` is that of \`${owner}\` as well.`;
    const remedy = free
      ? `Give it another one: \`http: { nodePort: ${free} }\`.`
      : "There are no more: set `public: false`.";
    yield { path: httpPath(topology, name, "nodePort"), message, remedy };
  }
}

/** The next port that no route has, from the first again after the last. */
function freePort(topology: Topology, after: number): number | undefined {
  const taken = new Set(resolveRoutes(topology).map((route) => route.nodePort));
  const { first, count } = NODE_PORTS;
  const ports = Array.from({ length: count }, (_, index) => first + ((after - first + index) % count));
  return ports.find((port) => !taken.has(port));
}

/** The host names that lead to something as a whole. */
function wholeHosts(topology: Topology): [HostRole | "bastion", string][] {
  const { atlantis = true, monitoring = true } = topology.platform;
  const roles: [HostRole, boolean][] = [
    ["argocd", true],
    ["atlantis", atlantis],
    ["grafana", monitoring],
    ["cdn", topology.edge?.cdn ?? false],
  ];
  const hosts = roles.flatMap(([role, exists]): [HostRole, string][] =>
    exists ? [[role, hostName(topology, role)]] : [],
  );
  return topology.access.via === "bastion" ? [["bastion", `bastion.${topology.domain}`], ...hosts] : hosts;
}

/** Where a default and a written name meet, the written one is the one to change. */
export function* everyHostNameLeadsToOneThing(topology: Topology): Iterable<Violation> {
  const hosts = [...wholeHosts(topology), ["api", hostName(topology, "api")] as const];
  const isWritten = ([role]: readonly [string, string]) => Object.hasOwn(topology.edge?.hosts ?? {}, role);
  const owners = new Map<string, string>();
  for (const [role, host] of [...hosts.filter((each) => !isWritten(each)), ...hosts.filter(isWritten)]) {
    const owner = owners.get(host);
    owners.set(host, owner ?? role);
    if (owner === undefined) continue;
    const message = `\`${host}\` leads to \`${owner}\` already.`;
    yield { path: ["edge", "hosts", role], message, remedy: "Choose another name." };
  }
}

export function* servicesStayOffThePlatformsHosts(topology: Topology): Iterable<Violation> {
  const owners = new Map(wholeHosts(topology).map(([role, host]) => [host, role]));
  for (const { name, host } of serviceRoutes(topology)) {
    const owner = owners.get(host);
    if (owner === undefined || lookup(topology.services, name)?.http?.host === undefined) continue;
    const message = `\`${host}\` leads to \`${owner}\` as a whole.`;
    yield {
      path: ["services", name, "http", "host"],
      message,
      remedy: "Use another host, or rename that one under `edge.hosts`.",
    };
  }
}

export function* whatIsNotPublicHasNoPublicAddress(topology: Topology): Iterable<Violation> {
  for (const [name, { http }] of written(topology.services)) {
    if (http?.public !== false) continue;
    for (const field of ["path", "host", "nodePort"] as const) {
      if (http[field] === undefined) continue;
      const message = `\`${field}\` says how the load balancer reaches \`${name}\`, which is not public.`;
      yield {
        path: ["services", name, "http", field],
        atKey: true,
        message,
        remedy: `Remove \`${field}\`, or \`public: false\`.`,
      };
    }
  }
}

/** `//`, `/./` and `/../` mean one thing to a browser, another to the load balancer, and a third to the service. */
export function* pathsAreWrittenOneWay(topology: Topology): Iterable<Violation> {
  for (const [name, { http }] of written(topology.services)) {
    for (const field of ["path", "health", "metrics"] as const) {
      const path = http?.[field];
      if (path === undefined || !/\/(\.{0,2})\//.test(`${path}/`.replace(/\/\/$/, "/"))) continue;
      const message = `\`${path}\` has a part that is empty, \`.\` or \`..\`.`;
      yield { path: ["services", name, "http", field], message, remedy: `Write \`${plainPath(path)}\`.` };
    }
  }
}

function plainPath(path: string): string {
  const parts = path.split("/").filter((part) => part !== "" && part !== "." && part !== "..");
  return `/${parts.join("/")}`;
}

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateTargetGroup.html */
const LONGEST_TARGET_GROUP = 32;

export function* targetGroupsHaveNamesThatAwsAccepts(topology: Topology): Iterable<Violation> {
  for (const { name, targetGroup } of serviceRoutes(topology)) {
    if (targetGroup === `${topology.name}-${topology.environment ?? "prod"}-api`) {
      const message = `The target group \`${targetGroup}\` is that of the Kubernetes API.`;
      yield { path: ["services", name], atKey: true, message, remedy: "Choose another name for the service." };
    }
    if (targetGroup.length <= LONGEST_TARGET_GROUP) continue;
    const room = LONGEST_TARGET_GROUP - (targetGroup.length - name.length);
    const message = `The target group \`${targetGroup}\` has ${targetGroup.length} characters; AWS allows ${LONGEST_TARGET_GROUP}.`;
    const remedy = `Shorten the service's name to ${room} characters, or the platform's \`name\`.`;
    yield { path: ["services", name], atKey: true, message, remedy };
  }
}

/** Quota "Rules per Application Load Balancer": https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html */
const RULES_PER_LISTENER = 100;

export function* theListenerHasRoomForEveryRoute(topology: Topology): Iterable<Violation> {
  const count = resolveRoutes(topology).length;
  if (count <= RULES_PER_LISTENER) return;
  const message = `The load balancer needs ${count} rules, and AWS gives an account ${RULES_PER_LISTENER} at first.`;
  const remedy = "Ask AWS to raise the quota, or set `public: false` for services that nobody calls from outside.";
  yield { path: ["services"], atKey: true, message, remedy, severity: "warning" };
}

/** Quotas "Number of domain names per ACM certificate": https://docs.aws.amazon.com/acm/latest/userguide/acm-limits.html */
const NAMES_PER_CERTIFICATE = 10;

export function* theCertificateHasRoomForEveryHost(topology: Topology): Iterable<Violation> {
  const hosts = distinct(resolveRoutes(topology).map(({ host }) => host));
  if (hosts.length <= NAMES_PER_CERTIFICATE) return;
  const message = `The certificate has ${hosts.length} names, and AWS gives an account ${NAMES_PER_CERTIFICATE} for each at first.`;
  const remedy = "Ask AWS to raise the quota, or let services share a host, each with a path of its own.";
  yield { path: ["services"], atKey: true, message, remedy, severity: "warning" };
}
