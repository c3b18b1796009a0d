import { lookup } from "../lookup.ts";
import type { Topology } from "../topology.ts";
import { catalogue } from "./catalogue/components.ts";
import { taskPods } from "./catalogue/tasks.ts";
import { groupNamed } from "./datastores.ts";
import type { Component, NodeGroup, Platform } from "./model.ts";
import { gibibytes } from "./quantity.ts";
import { hostName } from "./routes.ts";

/** Calico where the topology does not say which. */
export const CALICO_VERSION = "v3.30.7";

const SECRET_STORE = "aws-secrets-manager";

export function resolvePlatform(topology: Topology, groups: readonly NodeGroup[]): Platform {
  const { on, atlantis = true, monitoring = true, storage = "50Gi", retentionDays = 15 } = topology.platform;
  return {
    group: groupNamed(groups, on),
    argocdHost: hostName(topology, "argocd"),
    grafanaHost: monitoring ? hostName(topology, "grafana") : null,
    atlantisHost: atlantis ? hostName(topology, "atlantis") : null,
    prometheus: monitoring ? { storage: gibibytes(storage), retentionDays } : null,
    notifications: topology.platform.notifications ?? false,
    storageClass: "gp3-retain",
    secretStore: SECRET_STORE,
    secretReader: { "secret-store": SECRET_STORE },
    atlantisRole: atlantis ? resolveAtlantisRole(topology) : null,
    configure: taskPods.configure,
    components: resolveComponents(topology),
  };
}

function resolveAtlantisRole({ name, environment = "prod", aws }: Topology): Platform["atlantisRole"] {
  const role = `${name}-${environment}-atlantis`;
  return { name: role, arn: `arn:aws:iam::${aws.account}:role/${role}` };
}

/** What Ansible installs, in its order. */
export function resolveComponents(topology: Topology): readonly Component[] {
  const { atlantis = true, monitoring = true, versions = {} } = topology.platform;
  const left = new Set([...(atlantis ? [] : ["atlantis"]), ...(monitoring ? [] : ["kube-prometheus-stack"])]);
  return catalogue
    .filter(({ id }) => !left.has(id))
    .map(({ id, release, repository, chart, version, namespace, pods }) => ({
      id,
      release,
      repository,
      chart,
      version: lookup(versions, id) ?? version ?? topology.kubernetes?.calico ?? CALICO_VERSION,
      namespace,
      pods: pods.filter(({ name }) => name !== "notifications" || topology.platform.notifications),
    }));
}
