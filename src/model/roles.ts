import { lookup } from "../lookup.ts";
import { distinct, entries } from "../order.ts";
import type { Topology } from "../topology.ts";
import { roleWithDefaults } from "./members.ts";
import type { Role } from "./model.ts";

/** The roles that some group has, by name, with what their nodes may do in AWS. */
export function resolveRoles(topology: Topology): readonly Role[] {
  return distinct(Object.values(topology.nodes).map((group) => group.role)).map((name) => {
    const controlPlane = name === "control-plane";
    const services = Object.values(topology.services ?? {}).filter((service) => roleOf(topology, service.on) === name);
    return {
      name,
      namespace: roleNamespace(topology, name),
      controlPlane,
      rights: {
        pullImages: services.length > 0 && (topology.images?.registry ?? "ecr") === "ecr",
        loadBalancerController: controlPlane,
        volumes: controlPlane,
        readSecrets: controlPlane,
        atlantis: topology.platform.atlantis !== false && roleOf(topology, topology.platform.on) === name,
        buckets: roleBuckets(topology, name),
      },
    };
  });
}

/** The namespace of workloads on a role's nodes. */
export function roleNamespace(topology: Topology, role: string): string {
  return roleWithDefaults(topology, role).namespace ?? role;
}

/** The role of a group, or nothing where there is no such group. */
export function roleOf(topology: Topology, group: string): string | undefined {
  return lookup(topology.nodes, group)?.role;
}

function roleBuckets(topology: Topology, role: string): readonly string[] {
  const used = Object.values(topology.services ?? {})
    .filter((service) => roleOf(topology, service.on) === role)
    .flatMap((service) => service.uses ?? [])
    .filter((name) => lookup(topology.buckets, name) !== undefined);
  return distinct(writesBackups(topology, role) ? [...used, "backups"] : used);
}

/** etcd's snapshots leave from the control plane, the datastores' dumps from where they run. */
function writesBackups(topology: Topology, role: string): boolean {
  if (role === "control-plane") return true;
  return entries(topology.datastores).some(
    ([, store]) => roleOf(topology, store.on) === role && (store.backup ?? defaultBackup(store.engine)) !== "none",
  );
}

export function defaultBackup(engine: string): "daily" | "none" {
  return engine === "postgresql" ? "daily" : "none";
}
