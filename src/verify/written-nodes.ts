import { allocatable } from "../model/capacity.ts";
import { catalogue } from "../model/catalogue/components.ts";
import type { ComponentPod, Labels, Resources } from "../model/model.ts";
import type { AnsibleNode, Fact, Facts, Placement, Taint, TerraformFacts } from "./facts.ts";

/** A node as the cluster will know it by what Terraform and Ansible are told of it. */
export interface WrittenNode {
  readonly name: string;
  readonly group: string;
  readonly address: string;
  /** Of its root disk, in GiB. */
  readonly disk: number;
  readonly controlPlane: boolean;
  /** Whether it takes new pods. */
  readonly open: boolean;
  /** Those that Ansible sets, and those of the kubelet and kubeadm that pods select. */
  readonly labels: Labels;
  readonly taints: readonly Taint[];
  readonly allocatable: Resources;
}

/** The nodes that both know. */
export function writtenNodes({ terraform, ansible }: Pick<Facts, "terraform" | "ansible">): readonly WrittenNode[] {
  return [...terraform.nodes].flatMap(([name, machine]) => {
    const host = ansible.get(name);
    return host ? [writtenNode(name, machine, host)] : [];
  });
}

type Machine = TerraformFacts["nodes"] extends ReadonlyMap<string, infer Node> ? Node : never;

function writtenNode(name: string, machine: Machine, host: AnsibleNode): WrittenNode {
  const { address, controlPlane, state, labels, taints, reserved } = host;
  const { group, disk, instanceType } = machine;
  return {
    name,
    group,
    address,
    disk,
    controlPlane,
    open: state === "active",
    labels: { ...selectable(labels, controlPlane), "kubernetes.io/hostname": name },
    taints,
    allocatable: allocatable(instanceType, reserved),
  };
}

/** Ansible's labels, and the one that kubeadm gives: https://kubernetes.io/docs/reference/labels-annotations-taints/ */
export function selectable(labels: Labels, controlPlane: boolean): Labels {
  return controlPlane ? { ...labels, "node-role.kubernetes.io/control-plane": "" } : labels;
}

/** Pods of a component that are alike. */
export interface ComponentPods extends ComponentPod, Fact {
  readonly id: string;
  readonly namespace: string;
  /** Null for those that run on every node. */
  readonly placement: Placement | null;
}

/**
 * The pods of the components that Ansible installs: the catalogue says what they ask for, the values where they run, all parts of a
 * component on the same nodes.
 */
export function componentPods({ components }: Pick<Facts, "components">): readonly ComponentPods[] {
  return components.flatMap(({ id, file, namespace, placements, off }) => {
    const [placement = anywhere] = placements;
    const entry = catalogue.find((candidate) => candidate.id === id);
    const pods = entry?.pods.filter(({ name }) => !off.includes(name)) ?? [];
    return pods.map((pod) => ({
      ...pod,
      id,
      file,
      namespace,
      placement: pod.on === "every-node" ? null : placement,
    }));
  });
}

const anywhere: Placement = { nodeSelector: {}, tolerations: [] };
