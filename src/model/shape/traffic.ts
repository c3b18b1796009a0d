/** Ways in, and who may talk to whom. */
import type { Labels } from "./cluster.ts";

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
