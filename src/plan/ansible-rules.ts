import type { Severity } from "./plan.ts";

/** Which playbook brings a change into the cluster, and what that does there. */
export interface AnsibleRule {
  /** Without folder and ending, `05-label-nodes`. */
  readonly playbooks: readonly string[];
  readonly effect: string;
  readonly severity: Severity;
}

const prerequisites = "01-prerequisites";
const master = "02-init-master";
const join = "03-join-workers";
const network = "04-cni-install";
const labels = "05-label-nodes";
const components = "06-infrastructure-components";
const ingress = "07-ingress-resources";
const monitoring = "08-monitoring";
const atlantis = "09-atlantis";

function quiet(effect: string, ...playbooks: string[]): AnsibleRule {
  return { playbooks, effect, severity: "quiet" };
}

function disruptive(effect: string, ...playbooks: string[]): AnsibleRule {
  return { playbooks, effect, severity: "disruptive" };
}

function irreversible(effect: string, ...playbooks: string[]): AnsibleRule {
  return { playbooks, effect, severity: "irreversible" };
}

/** A machine that is new, or another one under the same name. */
export const newNode = quiet("joins the cluster", prerequisites, join, labels);
export const newControlPlaneNode = quiet("joins the control plane", prerequisites, master, join, labels);

/** Of inventory/host_vars/<node>.yml, by variable. `null`: the node is another machine. */
export const nodeVariables: Readonly<Record<string, AnsibleRule | null>> = {
  node_address: null,
  node_is_control_plane: null,
  node_zone: null,
  node_labels: quiet("gets other labels", labels),
  node_pulls_from_ecr: disruptive("pulls images in another way; its kubelet restarts", prerequisites),
  node_reserved: disruptive("keeps other amounts for the system; its kubelet restarts", prerequisites),
  node_state: disruptive("is drained, or takes pods again", labels),
  node_taints: quiet("gets other taints", labels),
};

/** Of inventory/group_vars/all/topology.yml, by variable. */
export const clusterVariables: Readonly<Record<string, AnsibleRule>> = {
  ansible_ssh_common_args: quiet("Ansible connects in another way"),
  ansible_user: quiet("Ansible logs in as another user"),
  api_host: irreversible("the API's certificates hold this name: it is another cluster"),
  api_port: irreversible("every node calls the API at this port: it is another cluster"),
  authorized_keys: quiet("other keys may log in to the nodes", prerequisites),
  aws_region: irreversible("it is another cluster"),
  cluster_id: irreversible("it is another cluster"),
  ecr_registry: disruptive("nodes pull images from another registry; kubelets restart", prerequisites),
  etcd_backup_url: quiet("etcd's snapshots go to another place", master),
  infrastructure_components: quiet("components come or go", components),
  kubernetes_minor: disruptive("Kubernetes changes its minor version", prerequisites, master),
  kubernetes_version: disruptive("Kubernetes changes its version", prerequisites, master),
  pod_network: irreversible("the pods' network cannot change under a running cluster"),
  service_network: irreversible("the Services' network cannot change under a running cluster"),
};

/** Of helm_releases and values/<component>.yml, by component. */
export const componentRules: Readonly<Record<string, AnsibleRule>> = {
  "argo-cd": quiet("its pods restart; syncs wait", components),
  atlantis: quiet("its pod restarts; plans wait", atlantis),
  "aws-ebs-csi-driver": quiet("its pods restart; volumes wait", components),
  "aws-load-balancer-controller": quiet("its pods restart; targets wait", components),
  "cert-manager": quiet("its pods restart", components),
  "external-secrets": quiet("its pods restart; secrets wait", components),
  "kube-prometheus-stack": disruptive("Prometheus and Grafana restart", monitoring),
  "metrics-server": quiet("its pods restart; autoscaling waits", components),
  "tigera-operator": disruptive("calico-node restarts on every node, one after another", network),
};

/** Of manifests/<name>.yml, by name. */
export const manifestRules: Readonly<Record<string, AnsibleRule>> = {
  "argo-cd": quiet("what Argo CD reads its repository with", components),
  atlantis: quiet("what Atlantis reads its credentials from", atlantis),
  edge: quiet("the ways from the load balancer to the platform", ingress),
  monitoring: quiet("what Grafana reads its password from", monitoring),
  namespaces: quiet("the platform's namespaces", components),
  "secret-store": quiet("the way to AWS Secrets Manager", components),
};
