import type { ComponentPod, Model, Node, PodsOfOne, Resources } from "../../src/model/model.ts";
import { facts, resources, rounded } from "./facts.ts";
import type { Carried, Load, Thing, ThingId } from "./page-data.ts";

export function nodeThings(model: Model): [ThingId, Thing][] {
  const daemons = new Map(model.platform.components.map(({ id, pods }) => [id as string, daemonsAmong(pods)]));
  return model.nodes.map((node) => [`node/${node.name}`, nodeThing(model, node, daemons)]);
}

function daemonsAmong(pods: readonly ComponentPod[]): number {
  return pods.filter(({ on }) => on === "every-node").length;
}

function nodeThing({ paths }: Model, node: Node, daemons: ReadonlyMap<string, number>): Thing {
  const requested = sum(node.pods);
  return {
    kind: "node",
    name: node.name,
    note: `${node.instanceType} · ${node.address}`,
    role: node.role,
    facts: facts(
      ["Role", node.role],
      ["Group", node.group],
      ["State", node.state === "draining" ? "draining: nothing new runs here" : null],
      ["Address", node.address],
      ["Zone", node.zone.name],
      ["Subnet", node.zone.privateCidr],
      ["Instance", `${node.instanceType}, ${node.disk} GiB disk`],
      ["Allocatable", resources(node.allocatable)],
      ["Requested", resources(requested)],
      ["Kept for the system", resources(node.reservedForSystem)],
      ["Labels", pairs(node.labels)],
      ["Taints", node.taints.map(({ key, value, effect }) => `${key}${value && `=${value}`}:${effect}`).join("\n")],
      ["Protected", node.protected ? "Terraform does not destroy it" : null],
      ["Made in", `${paths.terraform}/\n${paths.ansible}/inventory/`],
    ),
    node: {
      draining: node.state === "draining",
      cpu: load(requested.cpu / 1000, node.allocatable.cpu / 1000, "CPU"),
      memory: load(requested.memory / 1024, node.allocatable.memory / 1024, "GiB"),
      carries: node.pods.map((of) => carried(of, daemons)),
    },
  };
}

function carried({ kind, name, count }: PodsOfOne, daemons: ReadonlyMap<string, number>): Carried {
  const isEverywhere = kind === "component" && daemons.get(name) === count;
  return { thing: `${kind}/${name}`, pods: count, ...(isEverywhere ? { everywhere: true } : {}) };
}

function sum(loads: readonly Resources[]): Resources {
  const total = (key: keyof Resources) => loads.reduce((soFar, load) => soFar + load[key], 0);
  return { cpu: total("cpu"), memory: total("memory") };
}

function load(requested: number, allocatable: number, unit: string): Load {
  return {
    share: allocatable > 0 ? rounded(requested / allocatable) : 0,
    text: `${rounded(requested)} of ${rounded(allocatable)} ${unit}`,
  };
}

function pairs(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join("\n");
}
