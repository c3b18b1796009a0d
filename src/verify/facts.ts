import type { Labels, Resources } from "../model/model.ts";
import type { Fact, KubernetesFacts, SecretKey, ServiceFact, Toleration } from "./kubernetes-shape.ts";

export type * from "./kubernetes-shape.ts";

/** What the written files say, read back from their bytes. Each fact knows the file that it stands in. */
export interface Facts {
  /** The paths of all files. */
  readonly paths: ReadonlySet<string>;
  readonly terraform: TerraformFacts;
  /** What Ansible makes of each node, by name. */
  readonly ansible: ReadonlyMap<string, AnsibleNode>;
  /** The hosts of Ansible's inventory, by name. */
  readonly inventory: ReadonlyMap<string, InventoryHost>;
  readonly kubernetes: KubernetesFacts;
  /** The components that Ansible installs: a file of Helm values each. */
  readonly components: readonly ComponentFact[];
  /** Files and folders that a tool is told to look at. */
  readonly references: readonly Reference[];
  /** The files that Argo CD is to hand on to the cluster. */
  readonly handedOn: readonly string[];
  /** The repositories that the workflows push images to. */
  readonly pushes: readonly (Fact & { readonly repository: string })[];
}

export interface TerraformFacts {
  readonly nodes: ReadonlyMap<
    string,
    Fact & {
      readonly address: string;
      readonly instanceType: string;
      readonly group: string;
      /** The availability zone, such as `eu-central-1a`. */
      readonly zone: string;
      readonly disk: number;
    }
  >;
  readonly targetGroups: ReadonlyMap<string, TargetGroup>;
  /** What the target groups send to: `instance`, a node's port. */
  readonly targetType: string;
  /** The ports that the load balancer listens on. */
  readonly listeners: readonly (Fact & { readonly port: number })[];
  readonly firewall: readonly FirewallFact[];
  /** The networks that the load balancer stands in. */
  readonly publicSubnets: readonly string[];
  readonly secrets: ReadonlySet<string>;
  /** As images name them, without a tag: `123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/cart`. */
  readonly repositories: ReadonlySet<string>;
  /** The names of the buckets. */
  readonly buckets: ReadonlySet<string>;
}

/** A target group, and the listener rule that leads to it. */
export interface TargetGroup extends Fact {
  readonly nodePort: number;
  readonly health: string;
  /** Of its listener rule among those of all. */
  readonly priority: number;
  readonly host: string;
  /** None where the whole host leads to it. */
  readonly paths: readonly string[];
}

/**
 * One direction of a rule of a security group: `nodes` lets in from `load-balancer`, or that may go out to `nodes`. The peer may also be
 * a network, such as `0.0.0.0/0`.
 */
export interface FirewallFact {
  readonly direction: "ingress" | "egress";
  readonly group: string;
  readonly peer: string;
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
}

export interface AnsibleNode extends Fact {
  readonly address: string;
  readonly zone: string;
  readonly controlPlane: boolean;
  /** `active`, or `draining` where no new pod may come. */
  readonly state: string;
  readonly labels: Labels;
  readonly taints: readonly Taint[];
  /** What the kubelet keeps for the system. */
  readonly reserved: Resources;
  /** How long pods may take to end when it is shut down, in seconds. */
  readonly stopSeconds: number;
}

export interface InventoryHost extends Fact {
  /** What Ansible connects to. */
  readonly address: string;
  /** The groups that it is in, and those that these are in. */
  readonly groups: ReadonlySet<string>;
}

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

export interface ComponentFact extends Fact {
  /** Its id in the catalogue. */
  readonly id: string;
  readonly namespace: string;
  /** Where its parts are told to run, but for those that run on every node. */
  readonly placements: readonly Placement[];
  /** The keys of Secrets that it reads; an empty key stands for all. */
  readonly secretKeys: readonly SecretKey[];
  /** The parts of it that are switched off. */
  readonly off: readonly string[];
  /** The Services that its chart gives a node port. */
  readonly services: readonly ServiceFact[];
  /** The StorageClasses that it makes, and those that its volumes are of. */
  readonly storageClasses: { readonly made: readonly string[]; readonly used: readonly string[] };
}

/** Which nodes pods select, and what of these they tolerate. */
export interface Placement {
  readonly nodeSelector: Labels;
  readonly tolerations: readonly Toleration[];
}

export interface Reference extends Fact {
  /** Who is told: `Argo CD`, `Kustomize`, `Ansible`, `Atlantis`, `GitHub Actions`. */
  readonly by: string;
  readonly path: string;
}
