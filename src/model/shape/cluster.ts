/** The cluster: its API, roles, groups and nodes. */
import type { NodeState, Taint, ZoneLetter } from "../../topology.ts";
import type { Zone } from "./network.ts";

export interface Kubernetes {
  readonly version: string;
  /** Major and minor version, `1.32`. */
  readonly minor: string;
  readonly calico: string;
  readonly encapsulation: "VXLAN" | "VXLANCrossSubnet" | "IPIP";
  readonly bgp: "Enabled" | "Disabled";
  /** Whether AWS checks that a node sends only from its own address: off where pods' packets travel plain. */
  readonly sourceDestCheck: boolean;
  readonly endpoint: ApiEndpoint;
  /** etcd's snapshots in the bucket of backups: what their keys begin with, and how long they are kept. */
  readonly snapshots: { readonly prefix: string; readonly keepDays: number };
}

/** How everything reaches the Kubernetes API: one name, whatever stands behind it. */
export interface ApiEndpoint {
  /** `api.backend-prod.internal` */
  readonly host: string;
  readonly port: number;
  /** The private DNS zone that it is a name of. */
  readonly zone: string;
  /** Whether an internal load balancer stands behind the name, in place of the one control-plane node. */
  readonly loadBalanced: boolean;
}

/** What the nodes of one role have in common. Roles that no node has are left out. */
export interface Role {
  readonly name: string;
  readonly namespace: string;
  readonly controlPlane: boolean;
  readonly rights: Rights;
}

/** What the nodes of a role may do in AWS. */
export interface Rights {
  /** Pull images from this account's ECR repositories. */
  readonly pullImages: boolean;
  /** Run the AWS Load Balancer Controller. */
  readonly loadBalancerController: boolean;
  /** Run the EBS CSI controller. */
  readonly volumes: boolean;
  /** Read the values of the platform's secrets (External Secrets). */
  readonly readSecrets: boolean;
  /** Run Atlantis, which assumes the role that may change everything that Terraform manages. */
  readonly atlantis: boolean;
  /** Names of buckets (`Bucket.name`) that its pods read and write. */
  readonly buckets: readonly string[];
}

export interface NodeGroup {
  readonly name: string;
  readonly role: Role;
  readonly nodes: readonly Node[];
  readonly reserved: boolean;
  /** What a pod's nodeSelector says to run here. */
  readonly selector: Labels;
  readonly taints: readonly Required<Taint>[];
  /** The zones of its nodes, by letter. */
  readonly zones: readonly ZoneLetter[];
}

export type Labels = Readonly<Record<string, string>>;

export interface Node {
  /** `scan-worker-2`: also its host name, its Kubernetes name and its key in Terraform. */
  readonly name: string;
  readonly group: string;
  readonly role: string;
  readonly number: number;
  readonly zone: Zone;
  readonly address: string;
  readonly instanceType: string;
  readonly disk: number;
  readonly controlPlane: boolean;
  /** Whether Terraform refuses to destroy it, and AWS to terminate it. */
  readonly protected: boolean;
  readonly state: Exclude<NodeState, "removed">;
  /** Labels that Ansible sets, by key. */
  readonly labels: Labels;
  readonly taints: readonly Required<Taint>[];
  /** How far an answer of the instance metadata service travels: 2 where pods need the node's role, else 1. */
  readonly metadataHops: 1 | 2;
  /** What Kubernetes keeps for itself and the system, as the kubelet is told. */
  readonly reservedForSystem: Resources;
  /** How long its pods may take to end when it is shut down, in seconds. */
  readonly stopSeconds: number;
  /** What all pods of the node may ask for together. */
  readonly allocatable: Resources;
  /** The pods that it carries when every service has its largest number; those of daemon sets too. */
  readonly pods: readonly PodsOfOne[];
  /** Its name before its group was renamed. */
  readonly renamedFrom: string | null;
}

/** The pods that a node carries of one service, datastore or component, and what they ask for together. */
export interface PodsOfOne extends Resources {
  readonly kind: "service" | "datastore" | "component";
  readonly name: string;
  readonly count: number;
}

export interface Resources {
  readonly cpu: number;
  readonly memory: number;
}
