import type { Network } from "./shape/network.ts";
import type { Kubernetes, Node, NodeGroup, Role } from "./shape/cluster.ts";
import type { Edge, FirewallRule } from "./shape/traffic.ts";
import type { Namespace, Service } from "./shape/workloads.ts";
import type { Bucket, Datastore, Registry, Secret } from "./shape/stores.ts";
import type { Platform } from "./shape/platform.ts";

export type * from "./shape/network.ts";
export type * from "./shape/cluster.ts";
export type * from "./shape/traffic.ts";
export type * from "./shape/workloads.ts";
export type * from "./shape/stores.ts";
export type * from "./shape/platform.ts";

/**
 * What was meant: every default filled in, every reference replaced by the thing it names, every collection in a fixed
 * order (by name, by code point; nodes by group and number). Generators read this and nothing else.
 *
 * Units: memory in MiB, processor time in thousandths of a processor, disks in GiB.
 */
export interface Model {
  /** The platform's name, such as `backend`. */
  readonly name: string;
  readonly environment: string;
  /** Name and environment, `backend-prod`: the cluster's name, and the prefix of what must be unique in AWS. */
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly domain: string;
  readonly git: Git;
  readonly paths: Paths;
  readonly access: Access;
  readonly network: Network;
  readonly kubernetes: Kubernetes;
  readonly roles: readonly Role[];
  readonly groups: readonly NodeGroup[];
  readonly nodes: readonly Node[];
  readonly namespaces: readonly Namespace[];
  /** Where services and datastores may be, by name, whether any is there now: a namespace outlives what was last in it. */
  readonly workloadNamespaces: readonly string[];
  readonly registry: Registry;
  readonly services: readonly Service[];
  readonly datastores: readonly Datastore[];
  readonly buckets: readonly Bucket[];
  readonly secrets: readonly Secret[];
  /** What the names of all secrets begin with, `backend/prod/`: rights to read them are given by it. */
  readonly secretPrefix: string;
  readonly edge: Edge;
  readonly platform: Platform;
  readonly firewall: readonly FirewallRule[];
  /** The version of Terraform that the tree is made for, and that Atlantis runs. */
  readonly terraformVersion: string;
}

export interface Git {
  /** Owner and name, `acme/platform`. */
  readonly repository: string;
  readonly url: string;
  readonly branch: string;
}

/** Folders from the repository's root, without a slash at either end. */
export interface Paths {
  readonly output: string;
  readonly terraform: string;
  /** The Terraform root that makes the bucket of the other root's state; inside its folder. */
  readonly bootstrap: string;
  readonly ansible: string;
  readonly kubernetes: string;
  /** Scripts that the workflows run. */
  readonly bin: string;
  /** What people read. */
  readonly docs: string;
}

export interface Access {
  readonly via: "ssm" | "bastion";
  /** Lines of an authorized_keys file. */
  readonly keys: readonly string[];
  /** The user that Ansible and people log in as. */
  readonly user: string;
  /** The bastion's public name, or null where SSM leads to the nodes. */
  readonly bastionHost: string | null;
}
