import { lookup } from "../lookup.ts";
import { byCodeUnit, distinct } from "../order.ts";
import type { Topology } from "../topology.ts";
import { builtInRoles } from "./built-in-roles.ts";
import { catalogue } from "./catalogue/components.ts";
import type { Component, Namespace } from "./model.ts";
import { roleNamespace, roleOf } from "./roles.ts";

/** Where the Argo CD hook runs that configures the cluster with Ansible. */
const ANSIBLE_NAMESPACE = "ansible";

/** Namespaces of the platform whose pods do more than the baseline allows. */
const PRIVILEGED = new Set(["kube-system", "tigera-operator", "monitoring"]);

/** Every namespace by name, each once: of the services, of the datastores, of the platform. */
export function resolveNamespaces(topology: Topology, components: readonly Component[]): readonly Namespace[] {
  const namespaceOf = ({ on }: { on: string }) => roleNamespace(topology, roleOf(topology, on) ?? on);
  const domains = new Map<string, Namespace["domain"]>();
  for (const service of Object.values(topology.services ?? {})) domains.set(namespaceOf(service), "apps");
  for (const store of Object.values(topology.datastores ?? {})) domains.set(namespaceOf(store), "data");
  domains.set(ANSIBLE_NAMESPACE, "platform");
  for (const { namespace } of components) domains.set(namespace, "platform");
  return [...domains]
    .map(([name, domain]) => ({ name, domain, podSecurity: podSecurity(name, domain) }))
    .sort((one, other) => byCodeUnit(one.name, other.name));
}

function podSecurity(namespace: string, domain: Namespace["domain"]): Namespace["podSecurity"] {
  if (domain !== "platform" || namespace === ANSIBLE_NAMESPACE) return "restricted";
  return PRIVILEGED.has(namespace) ? "privileged" : "baseline";
}

/** Where Kubernetes and the platform live. The platform's objects ask for rights that no service has. */
export const PLATFORM_NAMESPACES: ReadonlySet<string> = new Set([
  "default",
  "kube-node-lease",
  "kube-public",
  "kube-system",
  "calico-apiserver",
  "calico-system",
  ANSIBLE_NAMESPACE,
  ...catalogue.map((component) => component.namespace),
]);

/**
 * The namespaces of all roles that may have workloads. They follow from the roles alone, built-in or declared: who removes the
 * last service of a role, its nodes too, changes nothing here.
 */
export function resolveWorkloadNamespaces(topology: Topology): readonly string[] {
  const takesWorkloads = (role: string) => role !== "control-plane" || lookup(topology.roles, role)?.reserved === false;
  const roles = [...builtInRoles, ...Object.keys(topology.roles ?? {})].filter(takesWorkloads);
  const namespaces = distinct(roles.map((role) => roleNamespace(topology, role)));
  return namespaces.filter((namespace) => !PLATFORM_NAMESPACES.has(namespace));
}
