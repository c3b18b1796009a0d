import type { Meaning } from "./meaning.ts";

/** Rules about nodes, what runs on them, and what it needs. */
export const nodes = {
  "control-plane-size": [
    "The control plane has one, three or five nodes, and one of them is active.",
    "etcd decides by majority: two nodes survive no more than one, and four no more than three.",
  ],
  "unknown-member": [
    "What is said of single nodes is said of nodes that there are.",
    "An entry for a node beyond `count` would change nothing.",
  ],
  "zone-twice": ["A group names its zone or its zones.", "The two could contradict each other."],
  "no-active-node": [
    "Workloads run on groups with active nodes.",
    "A draining node takes no new pods, and a removed one is gone.",
  ],
  "workload-on-control-plane": [
    "Workloads stay off the control plane, unless that is accepted.",
    "What runs beside etcd can take the memory and the disk that the cluster itself needs.",
  ],
  "renamed-from": [
    "A group that was renamed is the only heir of a name that is free.",
    "Terraform moves each node from its old address to the new one; two heirs would have to share it.",
  ],
  "unknown-instance-type": [
    "Instance types are in the catalogue.",
    "Whether the pods fit is reckoned with the type's memory and processors.",
  ],
  "root-volume-size": ["Root volumes hold the system.", "A full disk evicts every pod of the node."],
  "own-label": ["Labels that topogen sets are not set by hand.", "Selectors and playbooks find nodes by them."],
  "kubernetes-label": [
    "Labels stay out of the domains of Kubernetes.",
    "The API server refuses most of them from a node, and gives others a meaning.",
  ],
  "taint-twice": [
    "The taints of a node differ.",
    "Kubernetes tells taints apart by key and effect, and refuses a node with two alike.",
  ],

  "volume-zone": [
    "Every datastore's volume is in its node's zone.",
    "An EBS volume stays in the zone in which it was made: on a node of another zone, the pod would wait for ever.",
  ],
  "platform-volume-zone": [
    "The platform's volumes are in its nodes' zone.",
    "Prometheus and Atlantis keep their data on EBS volumes, which exist in one zone.",
  ],
  "volume-size": ["Volumes are not larger than AWS makes them.", "gp3 ends at 16 TiB."],
  "broker-storage": [
    "Every RabbitMQ has a disk of twice its memory.",
    "It accepts no messages while less of its disk is free than it may have to write out of its memory.",
  ],
  "datastore-memory": [
    "Datastores have the memory that their engines need.",
    "What each may use for its own cache is a share of its memory, and of too little nothing is left: PostgreSQL does not start then.",
  ],
  "pod-too-large": [
    "Every pod fits on a node of its group.",
    "Of a node's memory the kubelet, the system and the daemons take their share. A pod that asks for more than the rest waits for ever.",
  ],
  "group-full": [
    "A group's nodes hold all its pods.",
    "At the largest number that `scale` allows, and with the short-lived pods of checks and backups beside them. The scheduler takes pods as they come, so smaller ones that come first must leave room for the larger.",
  ],
  "platform-full": [
    "The platform's nodes hold the platform.",
    "Prometheus, Argo CD and Atlantis are counted with what they ask for.",
  ],
  "control-plane-full": [
    "The control plane holds its controllers.",
    "etcd, the API server and the controllers of the platform run there, and on a small instance the last of them find no room.",
  ],

  "alive-and-http": [
    "A service answers HTTP, or is asked whether it is alive.",
    "`http.health` tells Kubernetes and the load balancer; `alive` is for workers, which have no port.",
  ],
  "unwatched-worker": [
    "A worker is asked whether it is alive.",
    "Kubernetes sees that a process has ended, and not that it hangs: for that it runs the command of `alive` now and then.",
  ],
  "replicas-and-scale": [
    "The number of pods is said once.",
    "Argo CD would set `replicas`, the autoscaler would change it, and so on without end.",
  ],
  "scale-order": ["A scale goes upwards.", "The autoscaler refuses a `min` above its `max`."],
  "limit-below-request": ["A limit is not below what is asked for.", "Kubernetes refuses such a pod."],
  "writable-folder": [
    "Folders that are to be writable are free to be mounted.",
    "An empty folder in the place of `/etc` or `/proc` hides what the program needs.",
  ],
  "moving-tag": [
    "Image tags do not move.",
    "With `latest`, what runs depends on when a node pulled it, and no commit says which version that was.",
  ],
  "needless-login": [
    "Where images are pulled from ECR, no login is.",
    "Nodes get their right from their role in AWS, for twelve hours at a time. A login beside it would only be one secret more.",
  ],
  "two-sources": [
    "The image of one repository is built from one source.",
    "The last build would win, whichever it was.",
  ],
  "source-in-output": [
    "Sources lie beside the outputs.",
    "Each commit of generated files would start a build, whose commit starts the next.",
  ],
  "output-in-sources": [
    "The folder of the outputs is not among the services' sources.",
    "A service of that name would be built from generated files.",
  ],
  "variable-twice": [
    "No variable is set twice.",
    "`uses` gives a service the address of what it uses; of two values, Kubernetes takes the last.",
  ],
  "variable-and-secret": [
    "No variable is both plain and secret.",
    "One of the two values would win, and perhaps the wrong one.",
  ],
  "secret-value": [
    "No variable's value is a secret.",
    "Everybody who reads the repository, or a copy of it, can use it, today and as long as the history exists. Revoke what was committed.",
  ],
  "secret-in-command": [
    "No command holds a secret.",
    "It stands in the repository, in the pod's description and in the list of processes.",
  ],
  "unwritable-text": [
    "Texts can be written.",
    "Control characters are refused or changed by YAML, by shells and by the kernel.",
  ],
  "text-form": [
    "Texts are in Unicode's form NFC.",
    "An accent that is a character of its own looks the same and compares as different.",
  ],
  schedule: [
    "Every schedule has a time.",
    "Kubernetes reads five fields as cron does. 30 February never comes, and neither would the backup.",
  ],
} as const satisfies Record<string, Meaning>;

/** What the written manifests, and no rule, tell of nodes. */
export const outages = {
  "no-spare-node": [
    "Every workload outlives any one node.",
    "While a node of the group is down or is drained, its pods need room on the others.",
  ],
} as const satisfies Record<string, Meaning>;
