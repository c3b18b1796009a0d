import type { ComponentId, ComponentPod } from "../model.ts";

/** What Ansible can install by Helm: the chart, and what its pods ask for (the values files say the same to the chart). */
export interface CatalogueEntry {
  readonly id: ComponentId;
  readonly release: string;
  readonly repository: string;
  readonly chart: string;
  /** The chart's version that topogen's own tests stand on; null where the topology always says one. */
  readonly version: string | null;
  readonly namespace: string;
  /** The Kubernetes minors that its versions are made for, from the oldest that topogen knows on, and who says so. */
  readonly supports: readonly Support[];
  readonly source: string;
  readonly pods: readonly ComponentPod[];
}

/** What the chart's versions from `since` on (to the next entry) are made for. A `to` of null: no end is known. */
export interface Support {
  readonly since: string;
  readonly from: string;
  readonly to: string | null;
}

const pod =
  (on: ComponentPod["on"]) =>
  (name: string, cpu: number, memory: number): ComponentPod => ({ name, on, replicas: 1, cpu, memory });
const controller = pod("control-plane");
const server = pod("platform");
const daemon = pod("every-node");

/** In the order in which they are installed: each needs only those before it. */
export const catalogue: readonly CatalogueEntry[] = [
  {
    id: "tigera-operator",
    release: "calico",
    repository: "https://docs.tigera.io/calico/charts",
    chart: "tigera-operator",
    version: null,
    namespace: "tigera-operator",
    supports: [],
    source: "src/model/catalogue/calico.ts",
    pods: [
      daemon("calico-node", 100, 128),
      controller("tigera-operator", 50, 96),
      controller("calico-typha", 50, 64),
      controller("calico-kube-controllers", 50, 64),
    ],
  },
  {
    id: "cert-manager",
    release: "cert-manager",
    repository: "https://charts.jetstack.io",
    chart: "cert-manager",
    version: "v1.20.3",
    namespace: "cert-manager",
    supports: [
      { since: "1.20.0", from: "1.32", to: "1.35" },
      { since: "1.21.0", from: "1.33", to: "1.36" },
    ],
    source: "https://cert-manager.io/docs/releases/",
    pods: [controller("controller", 20, 64), controller("webhook", 20, 64), controller("cainjector", 20, 64)],
  },
  {
    id: "aws-ebs-csi-driver",
    release: "aws-ebs-csi-driver",
    repository: "https://kubernetes-sigs.github.io/aws-ebs-csi-driver",
    chart: "aws-ebs-csi-driver",
    version: "2.64.0",
    namespace: "kube-system",
    supports: [{ since: "2.0.0", from: "1.20", to: null }],
    source: "https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/install.md",
    pods: [controller("controller", 60, 240), daemon("node", 30, 120)],
  },
  {
    id: "aws-load-balancer-controller",
    release: "aws-load-balancer-controller",
    repository: "https://aws.github.io/eks-charts",
    chart: "aws-load-balancer-controller",
    version: "3.5.0",
    namespace: "kube-system",
    supports: [{ since: "1.11.0", from: "1.22", to: null }],
    source: "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/deploy/installation/",
    pods: [controller("controller", 50, 128)],
  },
  {
    id: "metrics-server",
    release: "metrics-server",
    repository: "https://kubernetes-sigs.github.io/metrics-server/",
    chart: "metrics-server",
    version: "3.13.1",
    namespace: "kube-system",
    supports: [
      { since: "3.12.0", from: "1.27", to: null },
      { since: "3.13.0", from: "1.31", to: null },
    ],
    source: "https://github.com/kubernetes-sigs/metrics-server#compatibility-matrix",
    pods: [controller("server", 50, 128)],
  },
  {
    id: "external-secrets",
    release: "external-secrets",
    repository: "https://charts.external-secrets.io",
    chart: "external-secrets",
    version: "1.3.2",
    namespace: "external-secrets",
    supports: [{ since: "0.16.0", from: "1.19", to: null }],
    source: "the chart's kubeVersion",
    pods: [controller("controller", 20, 64), controller("webhook", 20, 64), controller("cert-controller", 20, 64)],
  },
  {
    id: "argo-cd",
    release: "argocd",
    repository: "https://argoproj.github.io/argo-helm",
    chart: "argo-cd",
    version: "8.2.7",
    namespace: "argocd",
    supports: [
      { since: "8.0.0", from: "1.29", to: "1.32" },
      { since: "8.3.0", from: "1.31", to: "1.34" },
      { since: "9.4.0", from: "1.32", to: "1.35" },
    ],
    source: "https://argo-cd.readthedocs.io/en/stable/operator-manual/tested-kubernetes-versions/",
    pods: [
      server("controller", 250, 768),
      server("repo-server", 100, 256),
      server("server", 50, 128),
      server("redis", 50, 64),
      server("applicationset", 25, 64),
      server("notifications", 25, 64), // a choice
    ],
  },
  {
    id: "kube-prometheus-stack",
    release: "kube-prometheus-stack",
    repository: "https://prometheus-community.github.io/helm-charts",
    chart: "kube-prometheus-stack",
    version: "77.14.0",
    namespace: "monitoring",
    supports: [{ since: "70.0.0", from: "1.25", to: null }],
    source: "the chart's kubeVersion",
    pods: [
      daemon("node-exporter", 10, 32),
      server("prometheus", 300, 2048),
      server("grafana", 100, 256),
      server("alertmanager", 25, 64),
      server("operator", 50, 128),
      server("kube-state-metrics", 25, 128),
    ],
  },
  {
    id: "atlantis",
    release: "atlantis",
    repository: "https://runatlantis.github.io/helm-charts",
    chart: "atlantis",
    version: "5.17.2",
    namespace: "atlantis",
    supports: [{ since: "5.0.0", from: "1.19", to: null }],
    source: "https://github.com/runatlantis/helm-charts#prerequisites",
    pods: [server("atlantis", 250, 1024)],
  },
];
