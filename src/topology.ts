/**
 * What the user wrote: the shape of topology.yaml, as schema/topology.schema.json allows it.
 * Optional members are those that have a default; `resolve` fills them in.
 */
export interface Topology {
  readonly topology: "v1";
  readonly name: string;
  readonly environment?: string;
  readonly output?: string;
  readonly aws: { readonly account: string; readonly region: string };
  readonly git: {
    readonly repository: string;
    readonly branch?: string;
    readonly ids?: { readonly owner: number; readonly repository: number };
  };
  readonly domain: string;
  readonly access: AccessSpec;
  readonly network: NetworkSpec;
  readonly kubernetes?: {
    readonly version?: string;
    readonly calico?: string;
    readonly encapsulation?: Encapsulation;
  };
  readonly roles?: Named<RoleSpec>;
  readonly nodes: Named<NodeGroupSpec>;
  readonly datastores?: Named<DatastoreSpec>;
  readonly buckets?: Named<{ readonly cdn?: boolean }>;
  readonly images?: { readonly registry?: string; readonly private?: boolean };
  readonly services?: Named<ServiceSpec>;
  readonly edge?: EdgeSpec;
  readonly platform: PlatformSpec;
}

/** A map whose keys are the names of the things in it. */
export type Named<T> = Readonly<Record<string, T>>;

export type ZoneLetter = "a" | "b" | "c" | "d" | "e" | "f";
export type Encapsulation = "vxlan" | "vxlan-cross-subnet" | "ipip";
export type NodeState = "active" | "draining" | "removed";
export type Engine = "postgresql" | "redis" | "rabbitmq";

export interface AccessSpec {
  readonly via?: "ssm" | "bastion";
  readonly keys: readonly string[];
  readonly from?: readonly string[];
  readonly api?: readonly string[];
  readonly accept?: readonly ("open-ssh" | "open-api")[];
}

export interface SubnetsSpec {
  readonly private?: string;
  readonly public?: string;
}

export interface NetworkSpec {
  readonly cidr?: string;
  readonly zones: readonly ZoneLetter[] | Readonly<Partial<Record<ZoneLetter, SubnetsSpec>>>;
  readonly pods?: string;
  readonly services?: string;
  readonly nat?: "none" | "single" | "per-zone";
}

export interface Taint {
  readonly key: string;
  readonly value?: string;
  readonly effect: "NoSchedule" | "PreferNoSchedule" | "NoExecute";
}

export interface RoleSpec {
  readonly instance?: string;
  readonly disk?: string;
  readonly reserved?: boolean;
  readonly protected?: boolean;
  readonly namespace?: string;
  readonly labels?: Named<string>;
  readonly taints?: readonly Taint[];
}

export interface NodeGroupSpec {
  readonly role: string;
  readonly count?: number;
  readonly zones?: readonly ZoneLetter[];
  readonly zone?: ZoneLetter;
  readonly address: string;
  readonly instance?: string;
  readonly disk?: string;
  readonly labels?: Named<string>;
  readonly taints?: readonly Taint[];
  readonly state?: NodeState;
  readonly renamedFrom?: string;
  readonly members?: Named<MemberSpec>;
}

export interface MemberSpec {
  readonly state?: NodeState;
  readonly zone?: ZoneLetter;
  readonly address?: string;
  readonly instance?: string;
  readonly disk?: string;
}

export interface ResourcesSpec {
  readonly cpu?: string | number;
  readonly memory?: string;
  readonly cpuLimit?: string | number;
}

export interface DatastoreSpec {
  readonly engine: Engine;
  readonly version: string;
  readonly on: string;
  readonly storage: string;
  readonly kind?: "deployment" | "statefulset";
  readonly resources?: ResourcesSpec;
  readonly backup?: "none" | "daily" | { readonly schedule: string; readonly keepDays?: number };
}

export interface ServiceSpec {
  readonly on: string;
  readonly image: string | { readonly repository: string; readonly tag: string };
  readonly source?: string;
  readonly http?: HttpSpec;
  readonly command?: readonly string[];
  readonly alive?: readonly string[];
  readonly replicas?: number;
  readonly scale?: { readonly min?: number; readonly max: number; readonly cpuPercent?: number };
  readonly resources?: ResourcesSpec;
  readonly uses?: readonly string[];
  readonly env?: Named<string | number | boolean>;
  readonly secrets?: readonly string[];
  readonly writable?: readonly string[];
  readonly graceSeconds?: number;
}

export interface HttpSpec {
  readonly port: number;
  readonly path?: string;
  readonly host?: string;
  readonly health?: string;
  readonly metrics?: string;
  readonly nodePort?: number;
  readonly public?: boolean;
}

export interface EdgeSpec {
  readonly cdn?: boolean;
  readonly loadBalancer?: "terraform" | "controller";
  readonly ingressFile?: string;
  readonly hosts?: Partial<Readonly<Record<HostRole, string>>>;
}

export type HostRole = "api" | "cdn" | "argocd" | "grafana" | "atlantis";

export interface PlatformSpec {
  readonly on: string;
  readonly atlantis?: boolean;
  readonly monitoring?: boolean;
  readonly notifications?: boolean;
  readonly storage?: string;
  readonly retentionDays?: number;
  readonly versions?: Named<string>;
}
