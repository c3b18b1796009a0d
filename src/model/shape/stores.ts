/** What keeps things: image repositories, datastores, buckets and secrets. */
import type { Engine } from "../../topology.ts";
import type { NodeGroup, Resources } from "./cluster.ts";
import type { PodResources } from "./workloads.ts";

export interface Registry {
  readonly kind: "ecr" | "dockerhub" | "ghcr";
  /** `123456789012.dkr.ecr.ap-northeast-2.amazonaws.com` */
  readonly host: string;
  /** What stands between the host and a service's repository, `backend`. */
  readonly namespace: string;
  /** The repositories that services use, such as `backend/auth`, each once. */
  readonly repositories: readonly Repository[];
  /** The login that pulling takes; null where it takes none. */
  readonly login: RegistryLogin | null;
  /** Null where the registry is not ECR. */
  readonly pushRole: PushRole | null;
}

export interface RegistryLogin {
  /** What clients such as the kubelet know the registry by: `ghcr.io`, `https://index.docker.io/v1/`. */
  readonly server: string;
  /** The secret of `Model.secrets` with its user name and password. */
  readonly secret: string;
}

/** An image repository, and where the source of what is in it lies. */
export interface Repository {
  /** The name that services use, `auth`. */
  readonly name: string;
  /** With the registry's namespace, `backend/auth`. */
  readonly path: string;
  /** The folder of its source, from the repository's root. */
  readonly source: string;
  /** The services that run it. */
  readonly services: readonly string[];
  /** Where topology.yaml says its tag, one path a service: `services.scan.image`, `services.scan-worker.image.tag`. */
  readonly tagPaths: readonly string[];
}

/** The role in AWS that GitHub Actions takes on to push images, and may do nothing else with. */
export interface PushRole {
  readonly name: string;
  readonly arn: string;
  /** The OIDC subjects that may take it on: workflows of the branch. Each is one, or a pattern where GitHub's ids are not known. */
  readonly subjects: readonly string[];
}

export interface Datastore {
  readonly name: string;
  readonly engine: Engine;
  readonly version: string;
  readonly image: string;
  readonly namespace: string;
  readonly group: NodeGroup;
  readonly kind: "Deployment" | "StatefulSet";
  readonly port: number;
  /** The database that services share, where the engine has databases. */
  readonly database: string | null;
  readonly storage: number;
  readonly resources: PodResources;
  /** How long it may take to write everything down when it is stopped, in seconds. */
  readonly stopSeconds: number;
  readonly backup: Backup | null;
  /** The secret of `Model.secrets` with its user name and password. */
  readonly secret: string;
  /** The services that use it. */
  readonly clients: readonly Client[];
}

export interface Client {
  readonly name: string;
  readonly namespace: string;
}

export interface Backup {
  /** Five fields of cron, in UTC. */
  readonly schedule: string;
  readonly keepDays: number;
  readonly bucket: string;
  /** What its objects' keys begin with: `postgres/`. */
  readonly prefix: string;
  /** What its pod asks for, or that of a restore: the engine's command, and the transfer to or from the bucket beside it. */
  readonly room: { readonly command: Resources; readonly transfer: Resources };
  /** How large a copy can be, in GiB. */
  readonly largest: number;
}

export interface Bucket {
  /** The key in the topology, or `backups`, `logs`. */
  readonly name: string;
  /** The name in AWS, unique in the world. */
  readonly fullName: string;
  readonly purpose: "files" | "backups" | "logs";
  readonly cdn: boolean;
}

/** An entry of AWS Secrets Manager. Terraform makes it without a value; External Secrets copies it into the cluster. */
export interface Secret {
  /** `backend/prod/auth` */
  readonly name: string;
  /** What it is for, in words. */
  readonly purpose: string;
  /** The keys of its JSON value. */
  readonly properties: readonly string[];
}
