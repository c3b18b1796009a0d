import type { INetworkPolicy } from "kubernetes-models/networking.k8s.io/v1";
import type { Model, Namespace } from "../../../src/model/model.ts";
import { namespaceNamed } from "../peers.ts";

/** Nothing goes in or out of a pod, but for what another policy opens. */
export function defaultDeny(model: Model, namespace: Namespace): INetworkPolicy {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: metadata(model, namespace, "default.deny"),
    spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
  };
}

/** Every pod may ask the cluster's DNS. */
export function allowDns(model: Model, namespace: Namespace): INetworkPolicy {
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: metadata(model, namespace, "default.dns"),
    spec: {
      podSelector: {},
      policyTypes: ["Egress"],
      egress: [
        {
          to: [
            {
              namespaceSelector: namespaceNamed("kube-system"),
              podSelector: { matchLabels: { "k8s-app": "kube-dns" } },
            },
          ],
          ports: [
            { port: 53, protocol: "UDP" },
            { port: 53, protocol: "TCP" },
          ],
        },
      ],
    },
  };
}

/** A dot is in no name of the topology: these never meet a workload's own policy. */
function metadata({ name: platform }: Model, { name: namespace }: Namespace, name: string) {
  return { name, namespace, labels: { "app.kubernetes.io/part-of": platform } };
}
