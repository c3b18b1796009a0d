import type { Resources } from "../model.ts";

/** The pods that kubeadm itself puts on each control-plane node, and what its manifests ask for. */
export const staticPods: Resources = { cpu: 650, memory: 100 };

/** CoreDNS as kubeadm deploys it: two pods of this size, on the control plane until others have room. */
export const coreDns: Resources & { readonly replicas: number } = { cpu: 100, memory: 70, replicas: 2 };
