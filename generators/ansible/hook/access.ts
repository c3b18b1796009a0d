import type { INetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import type { IServiceAccount } from "kubernetes-models/v1";
import type { Model } from "../../../src/model/model.ts";
import { externalSecret } from "../manifests/secrets.ts";
import { hookMetadata, NAMESPACE } from "./metadata.ts";

/** What the Job has besides the tree. */
export function access(model: Model): readonly object[] {
  return [serviceAccount, sshKey(model), networkPolicy(model)];
}

/** It may do nothing in the cluster: the playbooks work over SSH. */
const serviceAccount: object = {
  apiVersion: "v1",
  kind: "ServiceAccount",
  metadata: hookMetadata("cluster-configuration", -1),
  automountServiceAccountToken: false,
} satisfies IServiceAccount;

/** The key is in the cluster while the Job runs; after a sync that a person has ended, until the next one (docs/argocd.md). */
function sshKey(model: Model): object {
  const key = {
    name: "ansible-ssh-key",
    namespace: NAMESPACE,
    owner: "ansible",
    keys: { "ssh-privatekey": "ssh-privatekey" },
  };
  const { annotations, ...metadata } = hookMetadata(key.name, -1);
  const deletePolicy = "BeforeHookCreation,HookSucceeded,HookFailed";
  return {
    ...externalSecret(model, key),
    metadata: { ...metadata, annotations: { ...annotations, "argocd.argoproj.io/hook-delete-policy": deletePolicy } },
  };
}

/** Names, SSH to the nodes, and HTTPS for Ansible's collections. */
function networkPolicy({ network }: Model): object {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: hookMetadata("cluster-configuration", -1),
    spec: {
      podSelector: { matchLabels: { "app.kubernetes.io/name": "cluster-configuration" } },
      policyTypes: ["Egress", "Ingress"],
      egress: [
        {
          to: [{ namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } }],
          ports: [
            { port: 53, protocol: "UDP" },
            { port: 53, protocol: "TCP" },
          ],
        },
        { to: [{ ipBlock: { cidr: network.cidr } }], ports: [{ port: 22, protocol: "TCP" }] },
        { ports: [{ port: 443, protocol: "TCP" }] },
      ],
    },
  } satisfies INetworkPolicy;
}
