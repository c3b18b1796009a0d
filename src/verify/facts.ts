import type { Labels, Resources } from "../model/model.ts";

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

export interface Fact {
  readonly file: string;
}

export interface TerraformFacts {
  readonly nodes: ReadonlyMap<
    string,
    Fact & { readonly address: string; readonly instanceType: string; readonly group: string; readonly disk: number }
  >;
  readonly targetGroups: ReadonlyMap<
    string,
    Fact & { readonly nodePort: number; readonly health: string; readonly host: string }
  >;
  /** Ports of nodes that the load balancer may open. */
  readonly openNodePorts: ReadonlySet<number>;
  readonly secrets: ReadonlySet<string>;
  readonly repositories: ReadonlySet<string>;
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

export interface KubernetesFacts {
  readonly workloads: readonly Workload[];
  readonly services: readonly ServiceFact[];
  readonly externalSecrets: readonly ExternalSecretFact[];
  readonly bindings: readonly Binding[];
  /** The Secrets with which ServiceAccounts let images be pulled. */
  readonly pullSecrets: readonly PullSecret[];
  readonly applications: readonly ApplicationFact[];
  /** The namespaces that each of Argo CD's projects admits, by its name. */
  readonly projects: ReadonlyMap<string, readonly string[]>;
  /** The values of the PriorityClasses, by name. */
  readonly priorities: ReadonlyMap<string, number>;
}

export interface ComponentFact extends Fact {
  /** Its id in the catalogue. */
  readonly id: string;
  /** What its pods select nodes by, but for those that run on every node. */
  readonly nodeSelector: Labels;
}

/** What a Deployment, StatefulSet, Job or CronJob starts. */
export interface Workload extends Fact {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  readonly podLabels: Labels;
  readonly nodeSelector: Labels;
  readonly tolerations: readonly Toleration[];
  readonly requests: Resources;
  readonly priorityClass: string;
  /** By how many its pods on one node may be more than on another; null where nothing spreads them. */
  readonly maxSkew: number | null;
  /** Whether its data lies on a volume, which is in one zone. */
  readonly hasVolume: boolean;
  /** How many pods there can be at most. Tasks that end do not count. */
  readonly pods: number;
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  readonly images: readonly string[];
  /** The keys of Secrets that its containers read; an empty key stands for all. */
  readonly secretKeys: readonly { readonly secret: string; readonly key: string }[];
  /** Paths of HTTP probes, with the port's number or name. */
  readonly probes: readonly { readonly path: string; readonly port: string }[];
}

export interface Toleration {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
  readonly operator: string;
}

export interface ServiceFact extends Fact {
  readonly namespace: string;
  readonly name: string;
  readonly selector: Labels;
  readonly ports: readonly { readonly port: number; readonly target: string; readonly nodePort: number | null }[];
}

export interface ExternalSecretFact extends Fact {
  readonly namespace: string;
  /** The Secret that it makes. */
  readonly target: string;
  readonly entries: readonly { readonly key: string; readonly secret: string }[];
}

export interface ApplicationFact extends Fact {
  readonly name: string;
  readonly project: string;
  readonly namespace: string;
}

export interface PullSecret extends Fact {
  readonly namespace: string;
  readonly account: string;
  readonly secret: string;
}

/** A TargetGroupBinding. */
export interface Binding extends Fact {
  readonly namespace: string;
  readonly targetGroup: string;
  readonly service: string;
  readonly port: string;
  readonly nodeSelector: Labels;
}

export interface Reference extends Fact {
  /** Who is told: `Argo CD`, `Atlantis`, `GitHub Actions`. */
  readonly by: string;
  readonly path: string;
}
