/** What Ansible installs into the cluster. */
import type { Labels, NodeGroup, Resources } from "./cluster.ts";

export interface Platform {
  readonly group: NodeGroup;
  readonly argocdHost: string;
  readonly grafanaHost: string | null;
  readonly atlantisHost: string | null;
  readonly prometheus: { readonly storage: number; readonly retentionDays: number } | null;
  /** Whether Argo CD reports to a chat what fails. */
  readonly notifications: boolean;
  /** The StorageClass of every volume: encrypted gp3 that outlives its claim. */
  readonly storageClass: string;
  /** The ClusterSecretStore through which External Secrets reads AWS Secrets Manager. */
  readonly secretStore: string;
  /** What a namespace is labelled with that may use that store. No chart and no other tool has this label. */
  readonly secretReader: Labels;
  /** The role in AWS that Atlantis takes on; null where it does not run. */
  readonly atlantisRole: { readonly name: string; readonly arn: string } | null;
  /** What the pod asks for in which Argo CD runs Ansible, on a node of the group. */
  readonly configure: Resources;
  /** In the order in which Ansible installs them. */
  readonly components: readonly Component[];
}

/** A Helm release that Ansible installs. */
export interface Component {
  readonly id: ComponentId;
  /** The Helm release's name, which the names of its objects begin with. */
  readonly release: string;
  readonly repository: string;
  readonly chart: string;
  readonly version: string;
  readonly namespace: string;
  readonly pods: readonly ComponentPod[];
}

export type ComponentId =
  | "tigera-operator"
  | "cert-manager"
  | "aws-ebs-csi-driver"
  | "aws-load-balancer-controller"
  | "metrics-server"
  | "external-secrets"
  | "argo-cd"
  | "kube-prometheus-stack"
  | "atlantis";

/** Pods of a component that are alike: what they ask for, and where they run. */
export interface ComponentPod extends Resources {
  readonly name: string;
  readonly on: "control-plane" | "platform" | "every-node";
  readonly replicas: number;
}
