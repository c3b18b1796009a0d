import type { Labels, Resources } from "../model/model.ts";
import type { Fact, KubernetesFacts, ServiceFact } from "./kubernetes-shape.ts";

export type * from "./kubernetes-shape.ts";

/** What the written files say, read back from their bytes. Each fact knows the file that it stands in. */
export interface Facts {
  /** The paths of all files. */
  readonly paths: ReadonlySet<string>;
  readonly terraform: TerraformFacts;
  /** What Ansible makes of each node, by name. */
  readonly ansible: ReadonlyMap<string, AnsibleNode>;
  readonly kubernetes: KubernetesFacts;
  /** The components that Ansible installs: a file of Helm values each. */
  readonly components: readonly ComponentFact[];
  /** Files and folders that Atlantis, Argo CD and the workflows are told to look at. */
  readonly references: readonly Reference[];
}

export interface TerraformFacts {
  readonly nodes: ReadonlyMap<
    string,
    Fact & { readonly address: string; readonly instanceType: string; readonly group: string; readonly disk: number }
  >;
  readonly targetGroups: ReadonlyMap<string, TargetGroup>;
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
  readonly host: string;
  /** None where the whole host leads to it. */
  readonly paths: readonly string[];
}

/** One direction of a rule between two security groups: `nodes` lets in from `load-balancer`, or that may go out to `nodes`. */
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
  readonly controlPlane: boolean;
  /** `active`, or `draining` where no new pod may come. */
  readonly state: string;
  readonly labels: Labels;
  readonly taints: readonly Taint[];
  /** What the kubelet keeps for the system. */
  readonly reserved: Resources;
}

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

export interface ComponentFact extends Fact {
  /** Its id in the catalogue. */
  readonly id: string;
  /** What its pods select nodes by, but for those that run on every node. */
  readonly nodeSelector: Labels;
  /** The parts of it that are switched off. */
  readonly off: readonly string[];
  /** The Services that its chart gives a node port. */
  readonly services: readonly ServiceFact[];
  /** The StorageClasses that it makes, and those that its volumes are of. */
  readonly storageClasses: { readonly made: readonly string[]; readonly used: readonly string[] };
}

export interface Reference extends Fact {
  /** Who is told: `Argo CD`, `Atlantis`, `GitHub Actions`. */
  readonly by: string;
  readonly path: string;
}
