/** Findings about the Kubernetes manifests that stand, and why. */
export interface Accepted {
  readonly tool: "checkov" | "kube-score";
  /** The check's id, or what kube-score says. */
  readonly check: string;
  /** Whose it is, as `Kind namespace/name`: all of it, as a pattern. */
  readonly objects: RegExp;
  readonly reason: string;
}

export const register: readonly Accepted[] = [
  {
    tool: "checkov",
    check: "CKV_K8S_43",
    objects: /(?:Deployment|CronJob|Job) (?:api|worker|storage|data)\/.*/,
    reason:
      "images by digest: the topology names tags, which people read; ECR's tags are immutable, and a digest may be written too",
  },
  {
    tool: "checkov",
    check: "CKV_K8S_35",
    objects: /Deployment (?:api|worker|storage)\/.*|Deployment data\/rabbitmq|(?:CronJob|Job) data\/postgres-.*/,
    reason:
      "secrets as files: the services read their settings from the environment, and so do the datastores' own programs",
  },
  {
    tool: "checkov",
    check: "CKV_K8S_40",
    objects: /(?:Deployment|CronJob|Job) data\/.*/,
    reason: "high user id: the official images of the datastores work as user 999",
  },
  {
    tool: "kube-score",
    check: "The container is running with a low user ID",
    objects: /(?:Deployment|CronJob|Job) data\/.*/,
    reason: "as CKV_K8S_40",
  },
  {
    tool: "kube-score",
    check: "The container running with a low group ID",
    objects: /(?:Deployment|CronJob|Job) data\/.*/,
    reason: "as CKV_K8S_40",
  },
  {
    tool: "checkov",
    check: "CKV_K8S_9",
    objects: /Deployment (?:worker|storage)\/.*/,
    reason: "readiness probe: nobody calls a worker; its start counts when the startup probe succeeds",
  },
  {
    tool: "checkov",
    check: "CKV_K8S_8",
    objects: /Deployment data\/rabbitmq/,
    reason: "liveness probe: RabbitMQ's documentation calls a readiness probe of the port alone the best practice",
  },
  {
    tool: "kube-score",
    check: "The service is of type NodePort",
    objects: /Service api\/.*/,
    reason:
      "with an overlay network the load balancer reaches pods through node ports alone; the firewall opens exactly these",
  },
  {
    tool: "kube-score",
    check: "Deployment few replicas",
    objects: /Deployment (?:api|data)\/.*/,
    reason: "as many pods as the topology gives nodes to the group: one node, one pod",
  },
  {
    tool: "kube-score",
    check: "Deployment update strategy",
    objects: /Deployment data\/.*/,
    reason: "a datastore's volume has one user: the old pod goes before the new one comes",
  },
  {
    tool: "kube-score",
    check: "Deployment does not have a host podAntiAffinity set",
    objects: /Deployment worker\/scan-worker/,
    reason: "topologySpreadConstraints do it, and still let a node take two pods when another is down",
  },
  {
    tool: "kube-score",
    check: "The NetworkPolicys selector doesn't match any pods",
    objects: /NetworkPolicy ansible\/default\..*/,
    reason: "the default policies of the namespace `ansible`, whose pods are in the Ansible tree",
  },
];
