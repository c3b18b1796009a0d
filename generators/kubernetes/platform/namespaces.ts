import type { INamespace, IResourceQuota } from "kubernetes-models/v1";
import type { Model, Namespace } from "../../../src/model/model.ts";

/** The namespaces that Argo CD makes: those of the platform's components come with the components. */
export function ownNamespaces({ namespaces, platform }: Model): readonly Namespace[] {
  const componentNamespaces = platform.components.map(({ namespace }) => namespace);
  return namespaces.filter(({ name }) => !componentNamespaces.includes(name));
}

/** https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
export function namespace({ name: platform, kubernetes }: Model, { name, domain, podSecurity }: Namespace): INamespace {
  const modes = ["enforce", "audit", "warn"];
  const podSecurityLabels = modes.flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, podSecurity],
    [`pod-security.kubernetes.io/${mode}-version`, `v${kubernetes.minor}`],
  ]);
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name,
      labels: {
        "app.kubernetes.io/part-of": platform,
        "app.kubernetes.io/component": domain,
        ...Object.fromEntries(podSecurityLabels),
      },
      annotations: {
        "argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm",
        "argocd.argoproj.io/sync-wave": "-2",
      },
    },
  };
}

/** No load balancer beside the one of the edge, no node port that is not the firewall's, no volume that nobody declared. */
export function quota(model: Model, { name }: Namespace): IResourceQuota {
  const nodePorts = model.edge.routes.filter(({ backend }) => backend.namespace === name);
  const volumes = model.datastores.filter(({ namespace }) => namespace === name);
  const storage = volumes.reduce((sum, volume) => sum + volume.storage, 0);
  return {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "declared", namespace: name, labels: { "app.kubernetes.io/part-of": model.name } },
    spec: {
      hard: {
        "services.loadbalancers": "0",
        "services.nodeports": String(nodePorts.length),
        persistentvolumeclaims: String(volumes.length),
        "requests.storage": storage === 0 ? "0" : `${storage}Gi`,
      },
    },
  };
}
