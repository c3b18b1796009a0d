import type { Engine, NodeState, Taint, ZoneLetter } from "../topology.ts";

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

export interface Network {
  readonly cidr: string;
  readonly zones: readonly Zone[];
  readonly pods: string;
  readonly services: string;
  /** The cluster DNS's address: the tenth of the Services' range. */
  readonly dns: string;
  readonly nat: "none" | "single" | "per-zone";
}

export interface Zone {
  readonly letter: ZoneLetter;
  /** As AWS calls it, `ap-northeast-2a`. */
  readonly name: string;
  readonly privateCidr: string;
  readonly publicCidr: string;
  /** Whether a NAT gateway stands in its public subnet. */
  readonly hasNat: boolean;
  /** The zone whose NAT gateway its private subnet goes through, if any. */
  readonly natZone: ZoneLetter | null;
}

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

export interface Namespace {
  readonly name: string;
  /** Whose objects it holds. A domain is also an Argo CD project. */
  readonly domain: "apps" | "data" | "platform";
  readonly podSecurity: "restricted" | "baseline" | "privileged";
}

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
  /** The one OIDC subject that may take it on: workflows of the branch, `repo:acme/platform:ref:refs/heads/main`. */
  readonly subject: string;
}

export interface Service {
  readonly name: string;
  readonly namespace: string;
  readonly group: NodeGroup;
  readonly image: Image;
  /** How many pods, or null where a HorizontalPodAutoscaler decides. */
  readonly replicas: number | null;
  readonly scale: Scale | null;
  /** The most pods that it can have. */
  readonly maxPods: number;
  /** Whether a new version's pod finds room beside all the old ones: else an old one makes room for it first. */
  readonly surge: boolean;
  readonly resources: PodResources;
  readonly command: readonly string[] | null;
  /** For a worker: the command that tells whether it works. */
  readonly alive: readonly string[] | null;
  readonly http: Http | null;
  readonly env: readonly EnvVar[];
  readonly secretEnv: readonly SecretEnvVar[];
  readonly writable: readonly string[];
  readonly graceSeconds: number;
  /** Names of the datastores, services and buckets that it talks to. */
  readonly uses: Uses;
}

export interface Image {
  /** The key in `Registry.repositories`. */
  readonly repository: string;
  readonly tag: string;
  /** What a container's `image` says. */
  readonly reference: string;
}

export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly cpuPercent: number;
}

export interface PodResources extends Resources {
  readonly cpuLimit: number;
}

export interface Http {
  readonly port: number;
  readonly health: string;
  readonly metrics: string | null;
  /** The port of every node that leads to it; null where no route does. */
  readonly nodePort: number | null;
  /** The route by which the load balancer leads to it, if it does. */
  readonly route: Route | null;
}

export interface EnvVar {
  readonly name: string;
  readonly value: string;
}

/** An environment variable whose value is a property of a secret of `Model.secrets`. */
export interface SecretEnvVar {
  readonly name: string;
  readonly secret: string;
  readonly property: string;
}

export interface Uses {
  readonly datastores: readonly string[];
  readonly services: readonly string[];
  readonly buckets: readonly string[];
  /** Whether it calls HTTPS servers anywhere in the world. */
  readonly internet: boolean;
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

export interface Edge {
  readonly owner: "terraform" | "controller";
  readonly ingressFile: string;
  /** The public host names that lead to the load balancer, each once. */
  readonly hosts: readonly string[];
  readonly routes: readonly Route[];
  readonly cdn: Cdn | null;
}

/** A way from the load balancer to a Service: one listener rule, one target group, one node port. */
export interface Route {
  /** The service's or the component's name. */
  readonly name: string;
  /** At most 32 characters, as AWS asks. */
  readonly targetGroup: string;
  readonly host: string;
  /** Null where the whole host leads to it. */
  readonly path: string | null;
  readonly health: string;
  readonly nodePort: number;
  /** The listener rule's priority: deeper paths first, and a number of its own that follows from host and path. */
  readonly priority: number;
  readonly backend: { readonly namespace: string; readonly service: string; readonly port: number };
  /** The group whose nodes are its targets. */
  readonly group: string;
  /** Who makes the object that leads the load balancer to it: Ansible for the platform's own servers, which Argo CD is one of. */
  readonly boundBy: "ansible" | "argo-cd";
  /** What the AWS Load Balancer Controller reads on its Ingress, where that controller builds the load balancer. */
  readonly annotations: Labels;
}

export interface Cdn {
  readonly host: string;
  /** The bucket that it serves, by `Bucket.name`. */
  readonly bucket: string | null;
  /** The host of the load balancer that the services' paths are handed on to, and those paths. */
  readonly origin: string;
  readonly paths: readonly string[];
}

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

/** Who may open a connection to whom. Sources and targets are security groups, or networks. */
export interface FirewallRule {
  /** Unique and stable: the rule's key in Terraform. */
  readonly id: string;
  readonly to: SecurityGroup;
  readonly from: SecurityGroup | { readonly cidr: string };
  readonly protocol: "tcp" | "udp" | "ipip" | "all";
  /** First and last port; null for protocols without ports. */
  readonly ports: readonly [number, number] | null;
  readonly purpose: string;
}

/** Every node is in `nodes`; control-plane nodes are in `control-plane` besides. */
export type SecurityGroup = "control-plane" | "nodes" | "load-balancer" | "api-load-balancer" | "bastion";
