import type { Labels } from "../model/model.ts";
import type { Check } from "./contradiction.ts";
import type { AnsibleNode, Facts, Taint, Toleration, Workload } from "./facts.ts";
import { includes, selection } from "./selection.ts";

/** Each node that Terraform makes is in Ansible's inventory under its address, and the other way round. */
export const bothKnowTheSameNodes: Check = ({ terraform, ansible }) => [
  ...[...terraform.nodes].flatMap(([name, node]) => {
    const other = ansible.get(name);
    if (!other) return [{ file: node.file, message: `Ansible does not know the node ${name}` }];
    if (other.address === node.address) return [];
    return [
      {
        file: node.file,
        message: `Terraform gives ${name} the address ${node.address}, Ansible knows ${other.address}`,
      },
    ];
  }),
  ...[...ansible].flatMap(([name, { file }]) =>
    terraform.nodes.has(name) ? [] : [{ file, message: `Terraform does not make the node ${name}` }],
  ),
];

/** Each nodeSelector is satisfied by labels that Ansible sets on some node. */
export const selectorsFindNodes: Check = (facts) => {
  const nodesOf = nodeSelection(facts);
  return placed(facts).flatMap((workload) =>
    nodesOf(workload.nodeSelector).length > 0
      ? []
      : [
          {
            file: workload.file,
            message: `no node has the labels ${show(workload.nodeSelector)} of ${nameOf(workload)}`,
          },
        ],
  );
};

/** Each taint of a node that a workload selects is tolerated by it. */
export const taintsAreTolerated: Check = (facts) => {
  const nodesOf = nodeSelection(facts);
  return placed(facts).flatMap((workload) =>
    nodesOf(workload.nodeSelector).flatMap(([name, { taints }]) =>
      taints
        .filter((taint) => taint.effect !== "PreferNoSchedule")
        .filter((taint) => !workload.tolerations.some((toleration) => tolerates(toleration, taint)))
        .map(({ key }) => ({
          file: workload.file,
          message: `${nameOf(workload)} does not tolerate the taint ${key} of its node ${name}`,
        })),
    ),
  );
};

/** The nodes of a target group are the nodes that its Service's pods run on. */
export const targetsAreWherePodsRun: Check = ({ kubernetes }) =>
  kubernetes.bindings.flatMap((binding) => {
    const service = kubernetes.services.find(
      ({ namespace, name }) => namespace === binding.namespace && name === binding.service,
    );
    const pods = kubernetes.workloads.filter(
      ({ namespace, podLabels }) => service && namespace === service.namespace && includes(podLabels, service.selector),
    );
    return pods
      .filter(({ nodeSelector }) => !includes(nodeSelector, binding.nodeSelector))
      .map((workload) => ({
        file: binding.file,
        message: `the targets of ${binding.targetGroup} are ${show(binding.nodeSelector)}, but ${nameOf(workload)} runs on ${show(workload.nodeSelector)}`,
      }));
  });

function placed({ kubernetes }: Facts): readonly Workload[] {
  return kubernetes.workloads.filter(({ nodeSelector }) => Object.keys(nodeSelector).length > 0);
}

/** Finds the nodes, with their names, that a nodeSelector selects. */
export function nodeSelection({ ansible }: Facts): (selector: Labels) => readonly [string, AnsibleNode][] {
  return selection(ansible, ([, { labels }]) => labels);
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect !== "" && toleration.effect !== taint.effect) return false;
  if (toleration.operator === "Exists") return toleration.key === "" || toleration.key === taint.key;
  return toleration.key === taint.key && toleration.value === taint.value;
}

export function nameOf({ kind, namespace, name }: Workload): string {
  return `${kind} ${namespace}/${name}`;
}

export function show(labels: Labels): string {
  return Object.entries(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(",");
}
