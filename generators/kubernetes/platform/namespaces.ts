import type { INamespace, IResourceQuota } from "kubernetes-models/v1";
import type { Model, Namespace } from "../../../src/model/model.ts";

/** The namespaces that Argo CD makes: those of the platform's components come with the components. */
export function ownNamespaces({ namespaces, platform }: Model): readonly Namespace[] {
  const componentNamespaces = platform.components.map(({ namespace }) => namespace);
  return namespaces.filter(({ name }) => !componentNamespaces.includes(name));
}

/** https://kubernetes.io/docs/concepts/security/pod-security-admission/ */
export function namespace(model: Model, { name, domain, podSecurity }: Namespace): INamespace {
  const modes = ["enforce", "audit", "warn"];
  const podSecurityLabels = modes.flatMap((mode) => [
    [`pod-security.kubernetes.io/${mode}`, podSecurity],
    [`pod-security.kubernetes.io/${mode}-version`, `v${model.kubernetes.minor}`],
  ]);
  return {
    apiVersion: "v1",
    kind: "Namespace",
    metadata: {
      name,
      labels: {
        "app.kubernetes.io/part-of": model.name,
        "app.kubernetes.io/component": domain,
        ...model.platform.secretReader,
        ...Object.fromEntries(podSecurityLabels),
      },
      annotations: {
        "argocd.argoproj.io/sync-options": "Prune=confirm,Delete=confirm",
        "argocd.argoproj.io/sync-wave": "-2",
      },
    },
  };
}

/**
 * No load balancer beside the one of the edge, and no node port or volume where nobody declared one. Where some are, their number
 * is open: what replaces one of them is there before it goes, and a datastore leaves its volume behind.
 */
export function quota(model: Model, { name }: Namespace): IResourceQuota {
  const hasNodePorts = model.edge.routes.some(({ backend }) => backend.namespace === name);
  const hasVolumes = model.datastores.some(({ namespace }) => namespace === name);
  return {
    apiVersion: "v1",
    kind: "ResourceQuota",
    metadata: { name: "declared", namespace: name, labels: { "app.kubernetes.io/part-of": model.name } },
    spec: {
      hard: {
        "services.loadbalancers": "0",
        ...(!hasNodePorts && { "services.nodeports": "0" }),
        ...(!hasVolumes && { persistentvolumeclaims: "0", "requests.storage": "0" }),
      },
    },
  };
}
