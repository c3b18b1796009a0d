import type { Labels } from "../model/model.ts";
import type { Check } from "./contradiction.ts";
import type { AnsibleNode, Facts, Workload } from "./facts.ts";
import { podSelection } from "./pod-selection.ts";
import { pools } from "./pools.ts";
import { includes, selection } from "./selection.ts";
import { tolerates } from "./toleration.ts";
import { waysIn } from "./ways-in.ts";
import { nameOf, show } from "./wording.ts";

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

/** Each nodeSelector is satisfied by labels that Ansible sets on some node, and one of these nodes takes new pods. */
export const selectorsFindNodes: Check = (facts) =>
  pools(facts)
    .filter(({ rooms }) => rooms.length === 0)
    .flatMap(({ nodeSelector, owners }) =>
      owners.map(({ file, owner }) => ({
        file,
        message: `no node that takes pods has the labels ${show(nodeSelector)} of ${owner}`,
      })),
    );

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

/** The nodes that the load balancer sends to are the nodes that the Service's pods run on. */
export const targetsAreWherePodsRun: Check = (facts) => {
  const podsBehind = podSelection(facts.kubernetes);
  return waysIn(facts).flatMap(({ file, name, nodeSelector, service }) =>
    podsBehind(service)
      .filter((workload) => !includes(workload.nodeSelector, nodeSelector))
      .map((workload) => ({
        file,
        message: `the targets of ${name} are ${show(nodeSelector)}, but ${nameOf(workload)} runs on ${show(workload.nodeSelector)}`,
      })),
  );
};

function placed({ kubernetes }: Facts): readonly Workload[] {
  return kubernetes.workloads.filter(({ nodeSelector }) => Object.keys(nodeSelector).length > 0);
}

/** Finds the nodes, with their names, that a nodeSelector selects. */
function nodeSelection({ ansible }: Facts): (selector: Labels) => readonly [string, AnsibleNode][] {
  return selection(ansible, ([, { labels }]) => labels);
}
