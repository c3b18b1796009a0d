import type { Severity } from "./severity.ts";

/**
 * When a playbook runs: before Atlantis acts, in the tree as it is until the merge; before the merge, in the tree that comes
 * with it; after the merge.
 */
export type Stage = "first" | "early" | "late";

/** Which playbook brings a change into the cluster, and what that does there. */
export interface AnsibleRule {
  /** Without folder and ending, `05-label-nodes`. */
  readonly playbooks: readonly string[];
  readonly effect: string;
  readonly severity: Severity;
  /** After the merge, unless it says otherwise. */
  readonly stage?: Stage;
}

const upgrade = "upgrade-kubernetes";
const site = "site";
const prerequisites = "01-prerequisites";
const master = "02-init-master";
const join = "03-join-workers";
const network = "04-cni-install";
const labels = "05-label-nodes";
const components = "06-infrastructure-components";
const ingress = "07-ingress-resources";
const monitoring = "08-monitoring";
const atlantis = "09-atlantis";
const replace = "replace-node";
const remove = "remove-node";

/** In the order in which they run. What site.yml does not import is run by hand. */
export const playbooks: readonly string[] = [
  upgrade,
  replace,
  site,
  prerequisites,
  master,
  join,
  network,
  labels,
  components,
  ingress,
  monitoring,
  atlantis,
  remove,
];
export const playbooksByHand: readonly string[] = [upgrade, replace, remove];

function quiet(effect: string, ...playbooks: string[]): AnsibleRule {
  return { playbooks, effect, severity: "quiet" };
}

function disruptive(effect: string, ...playbooks: string[]): AnsibleRule {
  return { playbooks, effect, severity: "disruptive" };
}

function irreversible(effect: string, ...playbooks: string[]): AnsibleRule {
  return { playbooks, effect, severity: "irreversible" };
}

/** Another machine of the same name: Terraform replaces it. */
export const replaced = disruptive("the cluster forgets the old machine, and the new one joins", replace);

export const newNode = quiet("joins the cluster", prerequisites, join, labels);
export const newControlPlaneNode = quiet("joins the control plane", prerequisites, master, join, labels);
/** Of playbooks, tasks, templates and constants, which no topology changes. */
export const ownFiles = quiet("topogen's own have changed", site);
/** Its machine is destroyed by then. */
export const goneNode = quiet("leaves the inventory; remove-node.yml has run for it while it was draining");
export const goneActiveNode = irreversible(
  "is active, and gen refuses this: set `state: draining` and let that act, then remove it in another change",
);
/** A node is not renamed: its machine leaves the cluster, and joins it again. */
export const renamedNode: AnsibleRule = {
  ...disruptive("its pods move away, and the machine is reset; it joins again under its new name", remove),
  stage: "first",
};
/** What Terraform makes anew under the same name. */
export const replacedNode: readonly AnsibleRule[] = [
  { ...disruptive("its pods move away, and it leaves the cluster before its machine goes", remove), stage: "first" },
  replaced,
];
/** Nodes are upgraded before the tree says so to the hook, whose playbooks refuse a node of another version. */
export const newVersion: AnsibleRule = {
  ...irreversible("every node is drained and upgraded, one after another; there is no downgrade", upgrade),
  stage: "early",
};

/** By what node_state says from now on. */
export const nodeStates: Readonly<Record<string, readonly AnsibleRule[]>> = {
  active: [quiet("takes pods again", labels)],
  draining: [
    disruptive("its pods move away", labels),
    disruptive("the cluster forgets it; then take it out of the topology, in another change", remove),
  ],
};

/** Of Calico's values: the security groups let through one encapsulation, and the hook of Argo CD is a pod. */
export const otherEncapsulation = disruptive(
  "from `atlantis apply` until this has run, no pod reaches one on another node, Argo CD's hook included: run it by hand",
  network,
);

/** Of inventory/host_vars/<node>.yml, by variable. */
export const nodeVariables: Readonly<Record<string, AnsibleRule>> = {
  node_address: replaced,
  node_is_control_plane: replaced,
  node_zone: replaced,
  node_labels: quiet("gets other labels", labels),
  node_pulls_from_ecr: disruptive("pulls images in another way; its kubelet restarts", prerequisites),
  node_reserved: disruptive("keeps other amounts for the system; its kubelet restarts", prerequisites),
  node_stop_seconds: disruptive(
    "gives its pods another time to end when it is shut down; its kubelet restarts",
    prerequisites,
  ),
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
  etcd_backup_url: quiet("etcd's snapshots go to another place"),
  infrastructure_components: quiet("components come or go", components),
  kubernetes_minor: newVersion,
  kubernetes_version: newVersion,
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
  "network-policies": quiet("which of the platform's pods may ask for the rights of their node", components),
  "secret-store": quiet("the way to AWS Secrets Manager", components),
};
