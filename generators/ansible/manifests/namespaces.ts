import type { INamespace } from "kubernetes-models/v1";
import type { Model } from "../../../src/model/model.ts";
import { metadata } from "./metadata.ts";

/** The namespaces of what Ansible installs. Kubernetes itself makes kube-system. */
export function namespaces({ namespaces, platform }: Model): readonly object[] {
  const used = new Set(platform.components.map((component) => component.namespace));
  return namespaces
    .filter(({ name }) => used.has(name) && name !== "kube-system")
    .map(({ name, podSecurity }) => {
      const { labels, ...rest } = metadata(name);
      const level = {
        "pod-security.kubernetes.io/enforce": podSecurity,
        "pod-security.kubernetes.io/warn": podSecurity,
      };
      return {
        apiVersion: "v1",
        kind: "Namespace",
        metadata: { ...rest, labels: { ...labels, ...level } },
      } satisfies INamespace;
    });
}
