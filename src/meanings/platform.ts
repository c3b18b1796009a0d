import type { Meaning } from "./meaning.ts";

/** Rules about names, networks and addresses. */
export const platform = {
  "unknown-region": ["The region exists.", "Every address in AWS is made from it."],
  "unknown-group": [
    "Everything runs on a node group that exists.",
    "Selectors, tolerations and capacity follow from the group. A pod for no node would wait for ever.",
  ],
  "unknown-role": [
    "A node group has a role that exists.",
    "Its instance type, labels, taints and security group follow from the role.",
  ],
  "unused-role": [
    "Every role is that of a node.",
    "What is said of a misspelt role changes nothing, and looks as if it did.",
  ],
  "unknown-use": [
    "A service uses things that exist.",
    "The security group, the network policy and the variables of the address follow from it.",
  ],
  "unusable-use": [
    "A service uses other things, and such as answer.",
    "A worker has no port that could be opened, and a service has no need to be told of itself.",
  ],
  "unknown-zone": [
    "Nodes stand in zones of the network.",
    "A zone that is not listed has no subnet to put the node into.",
  ],

  "ambiguous-name": [
    "Every name means one thing.",
    "`uses`, environment variables and secrets know a thing by its name alone.",
  ],
  "taken-name": [
    "Names that topogen gives itself are not taken.",
    "Two Applications, buckets or secrets of one name would overwrite each other.",
  ],
  "taken-role": [
    "A role's name leads to no IAM role that is something else's.",
    "The nodes would get the rights of the workflows or of the backups, or IAM would refuse the second.",
  ],
  "platform-namespace": [
    "Workloads stay out of the namespaces of Kubernetes and of the platform.",
    "Objects there ask for rights that no service has, and their policies are made for what is there.",
  ],
  "bucket-name": [
    "A bucket's whole name is one that S3 accepts.",
    "The platform's name, the environment and the account are part of it, so that a short name can still be too long.",
  ],
  "platform-name": [
    "The platform's name can begin every name in AWS.",
    "AWS keeps some beginnings for itself, each for another kind of resource, and refuses them only when it is asked to create one.",
  ],
  "branch-name": [
    "The branch has a name that Git accepts.",
    "Argo CD and the workflows follow this branch; one that cannot exist would never have a commit.",
  ],
  "repository-name": [
    "The repository is named as `owner/name`, without `.git`.",
    "The address that Argo CD reads from and the rights of the workflows are made from it.",
  ],
  "target-group-name": [
    "The target group of each service has a name that AWS accepts.",
    "It is made from the platform's, the environment's and the service's name, and AWS allows 32 characters.",
  ],

  "network-address": [
    "A network is written as its first address.",
    "Some tools take `10.0.1.10/16` for `10.0.0.0/16` and others refuse it; either way it is not what it says.",
  ],
  "network-size": [
    "Ranges have sizes that work.",
    "AWS, kubeadm and the split into zones each have limits, and a VPC cannot be made smaller later.",
  ],
  "public-network": [
    "Ranges are private (RFC 1918).",
    "Whoever owns the addresses on the internet could not be reached from the cluster.",
  ],
  "subnet-outside-vpc": ["Subnets lie in the VPC.", "AWS refuses a subnet that does not."],
  "network-overlap": [
    "Ranges do not overlap.",
    "An address that is a node's and a pod's leads to one of the two, and nobody knows to which.",
  ],
  "pods-network-full": [
    "The pods' range has room for every node.",
    "Calico gives each node blocks of 64 addresses. A node that finds none starts no pod, and the range cannot be changed in a running cluster.",
  ],
  "one-zone": [
    "The network has two zones.",
    "An Application Load Balancer asks for subnets in two. A zone without nodes costs nothing.",
  ],
  "address-outside-subnet": [
    "Every node's address is in its zone's subnet.",
    "AWS refuses to start an instance with an address of another subnet.",
  ],
  "zone-and-address": [
    "A group's address is in its first zone.",
    "The addresses of its other nodes are counted from it, zone by zone.",
  ],
  "reserved-address": [
    "No node has an address that AWS keeps.",
    "The first four addresses of a subnet and its last are the router's, the DNS server's and the like.",
  ],
  "address-twice": [
    "No two nodes share an address.",
    "A group's nodes count on from its address, so that a larger `count` can run into its neighbour.",
  ],
} as const satisfies Record<string, Meaning>;
