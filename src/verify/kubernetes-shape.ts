import type { Labels, Resources } from "../model/model.ts";

export interface Fact {
  readonly file: string;
}

/** An object of a namespace. */
export interface Named extends Fact {
  readonly namespace: string;
  readonly name: string;
}

export interface KubernetesFacts {
  readonly workloads: readonly Workload[];
  readonly services: readonly ServiceFact[];
  readonly externalSecrets: readonly ExternalSecretFact[];
  readonly bindings: readonly Binding[];
  readonly ingresses: readonly IngressFact[];
  readonly policies: readonly Policy[];
  readonly monitors: readonly Monitor[];
  readonly budgets: readonly Budget[];
  /** Where the ConfigMaps say that others are, by `namespace/name`. */
  readonly configMaps: ReadonlyMap<string, readonly Address[]>;
  /** The ports that their files tell datastores to listen on, by `namespace/name` of the ConfigMap. */
  readonly listening: ReadonlyMap<string, readonly string[]>;
  /** The labels of the namespaces, by name. */
  readonly namespaces: ReadonlyMap<string, Labels>;
  /** Whom each ClusterSecretStore serves, by its name. */
  readonly stores: ReadonlyMap<string, StoreFact>;
  /** The Secrets with which ServiceAccounts let images be pulled. */
  readonly pullSecrets: readonly PullSecret[];
  readonly applications: readonly ApplicationFact[];
  /** Argo CD's projects, by name. */
  readonly projects: ReadonlyMap<string, ProjectFact>;
  /** The values of the PriorityClasses, by name. */
  readonly priorities: ReadonlyMap<string, number>;
  /** Every object, as `Kind namespace/name`. */
  readonly made: ReadonlySet<string>;
  /** The names by which objects refer to others. */
  readonly references: readonly NameReference[];
}

/** What a Deployment, StatefulSet, Job or CronJob starts. */
export interface Workload extends Named {
  readonly kind: string;
  /** What the workload knows its pods by; empty for Jobs, which mark their own. */
  readonly selector: Labels;
  readonly podLabels: Labels;
  readonly nodeSelector: Labels;
  readonly tolerations: readonly Toleration[];
  readonly requests: Resources;
  readonly priorityClass: string;
  /** By how many its pods on one node may be more than on another; null where nothing spreads them. */
  readonly maxSkew: number | null;
  /** Whether its data lies on a volume, which is in one zone. */
  readonly hasVolume: boolean;
  /** How long a pod may take to end, in seconds. */
  readonly stopSeconds: number;
  /** How many pods there can be at most. Tasks that end do not count. */
  readonly pods: number;
  readonly ports: readonly { readonly name: string; readonly port: number }[];
  readonly images: readonly string[];
  /** The variables that its containers say themselves. */
  readonly variables: Labels;
  /** The ConfigMaps that its containers take variables from. */
  readonly variablesFrom: readonly string[];
  /** The ConfigMaps that it mounts. */
  readonly filesFrom: readonly string[];
  /** Where its variables and commands say that others are. */
  readonly addresses: readonly Address[];
  /** The keys of Secrets that its containers read; an empty key stands for all. */
  readonly secretKeys: readonly SecretKey[];
  /** The port's number or name, and the path of those that ask by HTTP. */
  readonly probes: readonly { readonly path: string | null; readonly port: string }[];
}

export interface SecretKey {
  readonly secret: string;
  readonly key: string;
}

export interface Toleration {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
  readonly operator: string;
}

/** A Service's name and port, as others are told them. */
export interface Address {
  readonly namespace: string;
  readonly service: string;
  readonly port: string;
}

export interface ServiceFact extends Named {
  readonly labels: Labels;
  readonly selector: Labels;
  readonly ports: readonly ServicePort[];
}

export interface ServicePort {
  readonly name: string;
  readonly port: number;
  /** The number or the name of a port of the pods. */
  readonly target: string;
  readonly nodePort: number | null;
}

export interface ExternalSecretFact extends Fact {
  readonly namespace: string;
  /** The Secret that it makes. */
  readonly target: string;
  /** The ClusterSecretStore that it is copied by. */
  readonly store: string;
  /** Its keys, and what each is copied from. */
  readonly entries: readonly { readonly key: string; readonly secret: string; readonly property: string }[];
}

export interface ApplicationFact extends Fact {
  readonly name: string;
  readonly project: string;
  readonly repositories: readonly string[];
  readonly namespace: string;
}

/** What an AppProject admits. */
export interface ProjectFact {
  readonly repositories: readonly string[];
  readonly namespaces: readonly string[];
}

/** A ClusterSecretStore serves namespaces of these names, and those that have all of some labels. */
export interface StoreFact {
  readonly namespaces: readonly string[];
  readonly labels: readonly Labels[];
}

export interface PullSecret extends Fact {
  readonly namespace: string;
  readonly account: string;
  readonly secret: string;
}

/** A TargetGroupBinding. */
export interface Binding extends Named {
  readonly targetGroup: string;
  readonly targetType: string;
  readonly service: string;
  readonly port: string;
  readonly nodeSelector: Labels;
}

/** One path of an Ingress, and what the load balancer's controller reads beside it. */
export interface IngressFact extends Named {
  readonly host: string;
  readonly path: string;
  readonly service: string;
  readonly port: string;
  readonly health: string;
  readonly nodeSelector: Labels;
}

/** A NetworkPolicy. */
export interface Policy extends Named {
  readonly podSelector: Labels;
  /** `Ingress`, `Egress`: the directions in which only what is opened is open. */
  readonly types: readonly string[];
  readonly ingress: readonly Opening[];
  readonly egress: readonly Opening[];
}

export interface Opening {
  readonly peers: readonly Peer[];
  readonly ports: readonly { readonly port: string; readonly protocol: string }[];
}

/** Pods of a namespace, or a network. */
export type Peer = { readonly namespace: string; readonly pods: Labels } | { readonly cidr: string };

/** A ServiceMonitor. */
export interface Monitor extends Named {
  readonly selector: Labels;
  /** The names of the Service's ports. */
  readonly ports: readonly string[];
}

/** A PodDisruptionBudget. */
export interface Budget extends Named {
  readonly selector: Labels;
}

/** A name by which one object refers to another. */
export interface NameReference extends Fact {
  /** Who refers to it: `Deployment api/auth`. */
  readonly by: string;
  readonly kind: string;
  /** Empty for what is in no namespace. */
  readonly namespace: string;
  readonly name: string;
}
