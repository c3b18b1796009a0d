import type { Component, Datastore, Model, Route, Service, Uses } from "../../src/model/model.ts";
import { distinct } from "../../src/order.ts";
import { facts, resources, url } from "./facts.ts";
import type { Thing, ThingId } from "./page-data.ts";

/** What runs in pods: services, datastores and the platform's components. */
export function workloadThings(model: Model): [ThingId, Thing][] {
  return [
    ...model.services.map((service): [ThingId, Thing] => [`service/${service.name}`, serviceThing(model, service)]),
    ...model.datastores.map((store): [ThingId, Thing] => [`datastore/${store.name}`, datastoreThing(model, store)]),
    ...model.platform.components.map((part): [ThingId, Thing] => [`component/${part.id}`, componentThing(model, part)]),
    ...kubernetesThings(model),
  ];
}

function serviceThing({ paths }: Model, service: Service): Thing {
  const { http, image, group } = service;
  return {
    kind: "service",
    name: service.name,
    note: serviceNote(service),
    role: group.role.name,
    facts: facts(
      ["Address", http?.route ? url(http.route) : null],
      ["Image", image.reference],
      ["Pods", podCount(service)],
      ["Each asks for", resources(service.resources)],
      ["Group", group.name],
      ["Namespace", service.namespace],
      ["Port", http ? http.port : null],
      ["Node port", http?.nodePort ?? null],
      ["Target group", http?.route?.targetGroup ?? null],
      ["Health", http ? http.health : (service.alive?.join(" ") ?? null)],
      ["Metrics", http?.metrics ?? null],
      ["Command", service.command?.join(" ") ?? null],
      ["Time to stop", `${service.graceSeconds} s`],
      ["Made in", `${paths.kubernetes}/${service.name}/`],
      ["Secrets", service.secretEnv.map(({ name, secret }) => `${name} from ${secret}`).join("\n")],
      ["Environment", service.env.map(({ name, value }) => `${name}=${value}`).join("\n")],
    ),
    to: usedThings(service.uses),
  };
}

function serviceNote({ http }: Service): string {
  if (!http) return "takes jobs";
  return http.route ? (http.route.path ?? http.route.host) : `port ${http.port}`;
}

function podCount({ replicas, scale }: Service): string {
  return scale ? `${scale.min} to ${scale.max}, at ${scale.cpuPercent} % CPU` : String(replicas);
}

function usedThings({ services, datastores, buckets, internet }: Uses): ThingId[] {
  return [
    ...services.map((name): ThingId => `service/${name}`),
    ...datastores.map((name): ThingId => `datastore/${name}`),
    ...buckets.map((name): ThingId => `bucket/${name}`),
    ...(internet ? (["edge/internet"] as const) : []),
  ];
}

function datastoreThing({ paths }: Model, store: Datastore): Thing {
  const { backup, group } = store;
  return {
    kind: "datastore",
    name: store.name,
    note: `${store.engine} ${store.version}`,
    role: group.role.name,
    facts: facts(
      ["Image", store.image],
      ["Asks for", resources(store.resources)],
      ["Volume", `${store.storage} GiB`],
      ["Group", group.name],
      ["Namespace", store.namespace],
      ["Kind", store.kind],
      ["Port", store.port],
      ["Database", store.database],
      ["Secret", store.secret],
      ["Backup", backup ? `${backup.schedule} UTC, kept ${backup.keepDays} days` : null],
      ["Made in", `${paths.kubernetes}/database/`],
    ),
    to: backup ? ["bucket/backups"] : [],
  };
}

function componentThing({ platform, paths, edge }: Model, component: Component): Thing {
  const { id, release, chart, version, namespace, pods } = component;
  const served = edge.routes.filter((route) => leadsTo(route, component));
  return {
    kind: "component",
    name: id,
    note: served.map(({ host }) => host).join(", ") || `chart ${version}`,
    role: platform.group.role.name,
    facts: facts(
      ["Address", served.map(url).join("\n")],
      ["Chart", `${chart} ${version}`],
      ["Namespace", namespace],
      ["Release", release],
      ["Pods", pods.map((pod) => `${pod.name}: ${resources(pod)}, ${PLACES[pod.on]}`).join("\n")],
      ["Made in", `${paths.ansible}/`],
    ),
  };
}

/** What kubeadm installs, which no chart describes. */
function kubernetesThings({ nodes, platform, kubernetes, paths }: Model): [ThingId, Thing][] {
  const installed = new Set<string>(platform.components.map(({ id }) => id));
  const carried = distinct(
    nodes.flatMap(({ pods }) => pods.filter(({ kind }) => kind === "component").map(({ name }) => name)),
  );
  return carried
    .filter((name) => !installed.has(name))
    .map((name) => {
      const note = `part of Kubernetes ${kubernetes.version}`;
      return [`component/${name}`, { kind: "component", name, note, facts: facts(["Made in", `${paths.ansible}/`]) }];
    });
}

/** Whether the load balancer hands the route's requests on to the component. */
export function leadsTo({ backend }: Route, { namespace, release }: Component): boolean {
  return backend.namespace === namespace && backend.service.startsWith(release);
}

const PLACES = { "control-plane": "control plane", platform: "platform's node", "every-node": "every node" } as const;
