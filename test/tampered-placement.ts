/** Nodes, and what runs on them. */
import { type Case, tampered, without, auth, authCheck } from "./tampered.ts";

const ec2 = "out/terraform/ec2.tf";
const inventory = "out/ansible/inventory/hosts.ini";
const hostVars = (node: string) => `out/ansible/inventory/host_vars/${node}.yml`;

export const placementCases: readonly Case[] = [
  [
    "Terraform moves a node to another address",
    tampered(ec2, '"10.0.1.20"', '"10.0.1.99"'),
    "both-know-the-same-nodes",
  ],
  ["Ansible knows another address", tampered(hostVars("scan-1"), "10.0.2.21", "10.0.2.99"), "both-know-the-same-nodes"],
  [
    "Terraform calls a node otherwise",
    tampered(ec2, "redis-1", "cache-1"),
    "both-know-the-same-nodes selectors-find-nodes",
  ],
  [
    "a node is missing in the inventory",
    without(hostVars("storage-1")),
    "both-know-the-same-nodes selectors-find-nodes paths-exist",
  ],
  [
    "the inventory connects to another address",
    tampered(inventory, "user-1 ansible_host=10.0.3.21", "user-1 ansible_host=10.0.3.22"),
    "both-know-the-same-nodes",
  ],
  [
    "a host that the inventory does not list",
    tampered(inventory, "chat-1 ansible_host=10.0.2.20\n", ""),
    "both-know-the-same-nodes",
  ],
  [
    "a host that Terraform does not make",
    tampered(inventory, "[group_chat]\n", "[group_chat]\nchat-2 ansible_host=10.0.2.30\n"),
    "both-know-the-same-nodes",
  ],
  [
    "a host in the group of others",
    tampered(inventory, "storage-1 ansible_host=10.0.1.70", "[group_other]\nstorage-1 ansible_host=10.0.1.70"),
    "hosts-are-in-their-groups",
  ],
  [
    "a control-plane node among the workers",
    tampered(inventory, "[control_plane:children]\nrole_control_plane\n", "[control_plane:children]\n"),
    "hosts-are-in-their-groups",
  ],
  [
    "Terraform makes a node in another zone",
    tampered(
      ec2,
      'zone          = "b"\n      address       = "10.0.2.41"',
      'zone          = "c"\n      address       = "10.0.2.41"',
    ),
    "both-know-the-same-nodes",
  ],
  [
    "a node whose variables name another zone",
    tampered(hostVars("redis-1"), "node_zone: ap-northeast-2c", "node_zone: ap-northeast-2a"),
    "both-know-the-same-nodes",
  ],
  [
    "a node whose label names another zone",
    tampered(
      hostVars("redis-1"),
      "topology.kubernetes.io/zone: ap-northeast-2c",
      "topology.kubernetes.io/zone: ap-northeast-2a",
    ),
    "both-know-the-same-nodes",
  ],
  [
    "a node lacks the label of its group",
    tampered(hostVars("auth-1"), "node-group: auth", "node-group: other"),
    "selectors-find-nodes",
  ],
  [
    "a group's only node is draining",
    tampered(hostVars("auth-1"), "node_state: active", "node_state: draining"),
    "selectors-find-nodes",
  ],
  [
    "a component selects a label that no node has",
    tampered("out/ansible/values/atlantis.yml", "node-group: monitoring", "node-group: tools"),
    "selectors-find-nodes",
  ],
  [
    "a part of a component that runs elsewhere",
    tampered(
      "out/ansible/values/kube-prometheus-stack.yml",
      "kube-state-metrics:\n  resources:\n    requests:\n      cpu: 25m\n      memory: 128Mi\n  nodeSelector:\n    node-group: monitoring",
      "kube-state-metrics:\n  resources:\n    requests:\n      cpu: 25m\n      memory: 128Mi\n  nodeSelector:\n    node-group: auth",
    ),
    "selectors-find-nodes taints-are-tolerated",
  ],
  [
    "a datastore that selects no node",
    tampered("out/k8s/database/redis-deployment.yaml", "nodeSelector:\n        node-group: redis\n      ", ""),
    "selectors-find-nodes",
  ],
  [
    "a workload selects a label that no node has",
    tampered(auth, "node-group: auth", "node-group: oauth"),
    "selectors-find-nodes targets-are-where-pods-run",
  ],
  [
    "a datastore selects a label that no node has",
    tampered("out/k8s/database/redis-deployment.yaml", "node-group: redis", "node-group: cache"),
    "selectors-find-nodes",
  ],
  [
    "a taint that nothing tolerates",
    tampered(hostVars("user-1"), "value: user", "value: users"),
    "taints-are-tolerated",
  ],
  [
    "a toleration of another effect",
    tampered("out/k8s/storage/storage-deployment.yaml", "effect: NoSchedule", "effect: NoExecute"),
    "taints-are-tolerated",
  ],
  [
    "a toleration that is missing",
    tampered(
      "out/k8s/database/postgres-deployment.yaml",
      "value: postgres\n          effect",
      "value: other\n          effect",
    ),
    "taints-are-tolerated",
  ],
  [
    "a component that does not tolerate its nodes",
    tampered("out/ansible/values/argo-cd.yml", "value: monitoring", "value: tools"),
    "taints-are-tolerated",
  ],
  [
    "a node that kills a datastore's pod before it has ended",
    tampered(hostVars("postgres-1"), "node_stop_seconds: 120", "node_stop_seconds: 60"),
    "nodes-wait-for-pods",
  ],
  ["a pod larger than its node", tampered(auth, "memory: 512Mi", "memory: 4Gi"), "requests-fit"],
  [
    "more pods than the nodes hold",
    tampered("out/k8s/scan-worker/scan-worker-deployment.yaml", "replicas: 2", "replicas: 9"),
    "requests-fit",
  ],
  [
    "pods that fit all nodes together, and not one by one",
    tampered(hostVars("scan-worker-2"), "memory: 240Mi", "memory: 1240Mi"),
    "requests-fit",
  ],
  ["an instance type that is too small", tampered(ec2, '"t3.small"', '"t3.nano"'), "requests-fit"],
  ["a smaller instance under the platform's servers", tampered(ec2, '"t3.large"', '"t3.medium"'), "requests-fit"],
  [
    "a smaller instance under the control plane's controllers",
    tampered(
      ec2,
      'group         = "master"\n      instance_type = "t3.medium"',
      'group         = "master"\n      instance_type = "t3.small"',
    ),
    "requests-fit",
  ],
  [
    "a node that keeps more for the system",
    tampered(hostVars("auth-1"), "memory: 240Mi", "memory: 1000Mi"),
    "requests-fit",
  ],
  ["a check that fits, but not beside its service", tampered(authCheck, "32Mi", "1000Mi"), "requests-fit"],
  [
    "a backup that fits, but not beside its datastore",
    tampered("out/k8s/database/postgres-backup.yaml", "memory: 256Mi", "memory: 2Gi"),
    "requests-fit",
  ],
  [
    "a datastore larger than its node",
    tampered("out/k8s/database/postgres-deployment.yaml", "memory: 1Gi", "memory: 8Gi"),
    "requests-fit",
  ],
];
