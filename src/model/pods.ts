import type { DatastoreSpec, ResourcesSpec, ServiceSpec, Topology } from "../topology.ts";
import { coreDns, staticPods } from "./catalogue/kubernetes.ts";
import { copyingRoom, taskPods } from "./catalogue/tasks.ts";
import type { ComponentPod, Resources } from "./model.ts";
import { resolveComponents } from "./platform.ts";
import { gibibytes, resolveResources } from "./quantity.ts";
import { defaultBackup } from "./roles.ts";

/** A pod, and whose it is. A task's pod is there for a short while only, but must find room then. */
export interface Pod extends Resources {
  readonly kind: "service" | "datastore" | "component" | "task";
  readonly name: string;
}

/** Runs Ansible before Argo CD synchronises the cluster's configuration. */
export const HOOK = "cluster-configuration";

/** What runs on every node, and on every node of the control plane. */
export function nodePods(topology: Topology, isControlPlane: boolean): readonly Pod[] {
  const daemons = componentPods(topology, "every-node");
  return isControlPlane ? [{ kind: "component", name: "kubernetes", ...staticPods }, ...daemons] : daemons;
}

function componentPods(topology: Topology, on: ComponentPod["on"]): Pod[] {
  return resolveComponents(topology).flatMap(({ id, pods }) =>
    pods
      .filter((pod) => pod.on === on)
      .flatMap(({ replicas, cpu, memory }) => copies(replicas, { kind: "component", name: id, cpu, memory })),
  );
}

function copies(count: number, pod: Pod): Pod[] {
  return Array.from({ length: count }, () => pod);
}

/** What runs on some node of the control plane. */
export function controllerPods(topology: Topology): readonly Pod[] {
  const { replicas, cpu, memory } = coreDns;
  return [
    ...componentPods(topology, "control-plane"),
    ...copies(replicas, { kind: "component", name: "coredns", cpu, memory }),
  ];
}

export function datastorePods([name, spec]: [string, DatastoreSpec]): Pod[] {
  const { engine, resources, backup = defaultBackup(engine) } = spec;
  const pod: Pod = { kind: "datastore", name, ...requests(resources) };
  const { command, transfer } = copyingRoom(gibibytes(spec.storage));
  const copying = { cpu: command.cpu + transfer.cpu, memory: command.memory + transfer.memory };
  return backup === "none" ? [pod] : [pod, { kind: "task", name, ...copying }];
}

/** A service's pods at their largest number, which is one a node if nothing is said. */
export function servicePods([name, spec]: [string, ServiceSpec], nodes: number): Pod[] {
  const { resources, scale, http, replicas = nodes } = spec;
  const pods = copies(scale?.max ?? replicas, { kind: "service", name, ...requests(resources) });
  return http ? [...pods, { kind: "task", name, ...taskPods.check }] : pods;
}

/** What runs on the platform's group. */
export function platformPods(topology: Topology): readonly Pod[] {
  return [...componentPods(topology, "platform"), { kind: "task", name: HOOK, ...taskPods.configure }];
}

function requests(spec: ResourcesSpec | undefined): Resources {
  const { cpu, memory } = resolveResources(spec);
  return { cpu, memory };
}
