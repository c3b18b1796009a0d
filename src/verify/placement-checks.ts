import { distinct } from "../order.ts";
import type { Check } from "./contradiction.ts";
import type { Fact, Facts, Placement } from "./facts.ts";
import { podSelection } from "./pod-selection.ts";
import { pools } from "./pools.ts";
import { includes, selection } from "./selection.ts";
import { tolerates } from "./toleration.ts";
import { waysIn } from "./ways-in.ts";
import { nameOf, show } from "./wording.ts";
import { selectable } from "./written-nodes.ts";

/** Each node that Terraform makes is in Ansible's inventory, of the same address and zone, and the other way round. */
export const bothKnowTheSameNodes: Check = ({ terraform, ansible, inventory }) => {
  const known = new Set([...ansible.keys(), ...inventory.keys()]);
  return [
    ...[...terraform.nodes].flatMap(([name, node]) => {
      const [variables, host] = [ansible.get(name), inventory.get(name)];
      if (!variables || !host) return [{ file: node.file, message: `Ansible does not know the node ${name}` }];
      return [
        ["the address", node.address, variables.address],
        ["the address", node.address, host.address],
        ["the zone", node.zone, variables.zone],
        ["the zone", node.zone, variables.labels["topology.kubernetes.io/zone"]],
      ]
        .filter(([, made, told]) => made !== told)
        .map(([what, made, told]) => ({
          file: node.file,
          message: `Terraform gives ${name} ${what} ${made}, Ansible knows ${told ?? "none"}`,
        }));
    }),
    ...[...known]
      .filter((name) => !terraform.nodes.has(name))
      .map((name) => {
        const { file } = (ansible.get(name) ?? inventory.get(name)) as Fact;
        return { file, message: `Terraform does not make the node ${name}` };
      }),
  ];
};

/** Each host is in the inventory's groups that its variables and Terraform speak of: plays are for groups. */
export const hostsAreInTheirGroups: Check = ({ terraform, ansible, inventory }) =>
  [...inventory].flatMap(([name, { file, groups }]) => {
    const [node, variables] = [terraform.nodes.get(name), ansible.get(name)];
    if (!node || !variables) return [];
    const wanted = [`group_${node.group.replaceAll("-", "_")}`, variables.controlPlane ? "control_plane" : "workers"];
    return wanted
      .filter((group) => !groups.has(group))
      .map((group) => ({ file, message: `${name} is not in the group ${group}` }));
  });

/**
 * Each workload selects nodes, by labels that Ansible sets on some node, and one of these nodes takes new pods. A component's parts
 * all select the same.
 */
export const selectorsFindNodes: Check = (facts) => [
  ...facts.kubernetes.workloads
    .filter((workload) => !selectsNodes(workload))
    .map((workload) => ({ file: workload.file, message: `${nameOf(workload)} selects no nodes` })),
  ...pools(facts)
    .filter(({ rooms }) => rooms.length === 0)
    .flatMap(({ nodeSelector, owners }) =>
      owners.map(({ file, owner }) => ({
        file,
        message: `no node that takes pods has the labels ${show(nodeSelector)} of ${owner}`,
      })),
    ),
  ...facts.components.flatMap(({ file, id, placements }) => {
    const selectors = distinct(placements.map(({ nodeSelector }) => show(nodeSelector)));
    return selectors.length > 1 ? [{ file, message: `the parts of ${id} select ${selectors.join(" and ")}` }] : [];
  }),
];

/** Each taint of a node that a workload or a component's part selects is tolerated by it. */
export const taintsAreTolerated: Check = (facts) => {
  const nodesOf = selection(facts.ansible, ([, { labels, controlPlane }]) => selectable(labels, controlPlane));
  return placed(facts).flatMap(({ file, who, nodeSelector, tolerations }) =>
    nodesOf(nodeSelector).flatMap(([name, { taints }]) =>
      taints
        .filter((taint) => taint.effect !== "PreferNoSchedule")
        .filter((taint) => !tolerations.some((toleration) => tolerates(toleration, taint)))
        .map(({ key }) => ({ file, message: `${who} does not tolerate the taint ${key} of its node ${name}` })),
    ),
  );
};

/** A node that is shut down waits for each pod as long as that may take to end. */
export const nodesWaitForPods: Check = (facts) => {
  const nodesOf = selection(facts.ansible, ([, { labels }]) => labels);
  return facts.kubernetes.workloads.filter(selectsNodes).flatMap((workload) =>
    nodesOf(workload.nodeSelector)
      .filter(([, node]) => !(workload.stopSeconds <= node.stopSeconds))
      .map(([name, node]) => ({
        file: node.file,
        message: `${name} waits ${node.stopSeconds} s for pods, and ${nameOf(workload)} may take ${workload.stopSeconds}`,
      })),
  );
};

/** The nodes that the load balancer sends to are the nodes that the Service's pods run on. */
export const targetsAreWherePodsRun: Check = (facts) => {
  const podsBehind = podSelection(facts.kubernetes);
  return waysIn(facts).flatMap(({ file, name, nodeSelector, service }) =>
    podsBehind(service)
      .filter((workload) => !selectsNodes({ nodeSelector }) || !includes(workload.nodeSelector, nodeSelector))
      .map((workload) => ({
        file,
        message: `the targets of ${name} are ${show(nodeSelector) || "all nodes"}, but ${nameOf(workload)} runs on ${show(workload.nodeSelector)}`,
      })),
  );
};

/** All that selects nodes: the workloads, and the components' parts. */
function placed({ kubernetes, components }: Facts): readonly (Placement & Fact & { readonly who: string })[] {
  return [
    ...kubernetes.workloads.filter(selectsNodes).map(({ file, nodeSelector, tolerations, ...workload }) => {
      return { file, nodeSelector, tolerations, who: nameOf(workload) };
    }),
    ...components.flatMap(({ file, id, placements }) => placements.map((each) => ({ file, who: id, ...each }))),
  ];
}

function selectsNodes({ nodeSelector }: Pick<Placement, "nodeSelector">): boolean {
  return Object.keys(nodeSelector).length > 0;
}
