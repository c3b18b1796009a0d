import { groupedBy } from "../grouped-by.ts";
import type { Check } from "./contradiction.ts";
import { opens, ownNamespaces, podSelection } from "./pod-selection.ts";
import { waysIn } from "./ways-in.ts";
import { nameOf, show } from "./wording.ts";

/** Each Service has pods behind it, and each of its ports is one that their containers open. */
export const servicesLeadToOpenPorts: Check = ({ kubernetes }) => {
  const podsBehind = podSelection(kubernetes);
  const own = ownNamespaces(kubernetes);
  return kubernetes.services
    .filter(({ namespace }) => own.has(namespace))
    .flatMap((service) => {
      const { file, name, selector, ports } = service;
      const pods = podsBehind(service);
      if (pods.length === 0)
        return [{ file, message: `no pod has the labels ${show(selector)} of the Service ${name}` }];
      return ports.flatMap(({ target }) =>
        pods
          .filter((workload) => !opens(workload, target))
          .map((workload) => ({
            file,
            message: `the Service ${name} leads to the port ${target}, which ${nameOf(workload)} does not open`,
          })),
      );
    });
};

/** Each probe asks on a port that the pod opens. */
export const probesAskOpenPorts: Check = ({ kubernetes }) =>
  kubernetes.workloads.flatMap((workload) =>
    workload.probes
      .filter(({ port }) => !opens(workload, port))
      .map(({ port }) => ({
        file: workload.file,
        message: `${nameOf(workload)} is probed on the port ${port}, which it does not open`,
      })),
  );

/** The load balancer is led to Services and ports that are there. */
export const waysInLeadToServices: Check = (facts) =>
  waysIn(facts)
    .filter(({ port }) => port === undefined)
    .map(({ file, name, target }) => ({ file, message: `${name} leads to ${target}, which is no Service's port` }));

/** Each port that a datastore's files tell it to listen on is one that its pod opens. */
export const filesTellTheOpenPorts: Check = ({ kubernetes: { workloads, listening } }) =>
  workloads.flatMap((workload) =>
    workload.filesFrom
      .flatMap((name) => listening.get(`${workload.namespace}/${name}`) ?? [])
      .filter((port) => !opens(workload, port))
      .map((port) => ({
        file: workload.file,
        message: `${nameOf(workload)} is told to listen on the port ${port}, which it does not open`,
      })),
  );

/** Each bound target group exists, and sends to the node port of the bound Service. */
export const targetGroupsMeetNodePorts: Check = (facts) => {
  const bound = new Set(facts.kubernetes.bindings.map(({ targetGroup }) => targetGroup));
  return waysIn(facts)
    .filter(({ name }) => bound.has(name))
    .flatMap(({ file, name, target, port }) => {
      const group = facts.terraform.targetGroups.get(name);
      if (!group) return [{ file, message: `Terraform makes no target group ${name}` }];
      if (!port || port.nodePort === group.nodePort) return [];
      const message = `the target group ${name} sends to the port ${group.nodePort}, ${target} listens on ${port.nodePort ?? "none"}`;
      return [{ file, message }];
    });
};

/** Each target group is bound, by what it sends to, so that no listener rule leads nowhere. */
export const targetGroupsAreBound: Check = ({ kubernetes, terraform }) => {
  const bindings = groupedBy(kubernetes.bindings, ({ targetGroup }) => targetGroup);
  return [...terraform.targetGroups].flatMap(([name, { file }]) => {
    const [bound, ...others] = bindings.get(name) ?? [];
    if (!bound || others.length > 0) return [{ file, message: `the target group ${name} is not bound exactly once` }];
    if (bound.targetType === terraform.targetType) return [];
    const message = `the target group ${name} is of the type ${terraform.targetType}, and bound as ${bound.targetType}`;
    return [{ file, message }];
  });
};

/** No two listener rules are of one priority: AWS refuses the second. */
export const rulesHaveTheirOwnPriority: Check = ({ terraform: { targetGroups } }) =>
  [...groupedBy([...targetGroups], ([, { priority }]) => priority)]
    .filter(([, same]) => same.length > 1)
    .map(([priority, same]) => ({
      file: same[0][1].file,
      message: `the priority ${priority} is that of the rules of ${same.map(([name]) => name).join(" and ")}`,
    }));

/** Each port that the load balancer listens on is open to those outside. */
export const listenersAreLetIn: Check = ({ terraform: { firewall, listeners } }) => {
  const open = firewall.filter(
    ({ direction, group, peer, protocol }) =>
      direction === "ingress" && group === "load-balancer" && peer.includes("/") && protocol === "tcp",
  );
  return listeners
    .filter(({ port }) => !open.some(({ from, to }) => from <= port && port <= to))
    .map(({ file, port }) => ({
      file,
      message: `the load balancer lets nobody in on the port ${port} of its listener`,
    }));
};

/** Each target group's port, and no other, is open between the load balancer and the nodes, on both sides. */
export const nodePortsAreOpen: Check = ({ terraform: { firewall, targetGroups } }) => {
  const open = new Set(
    firewall
      .filter(({ protocol, from, to }) => protocol === "tcp" && from === to)
      .map(({ direction, group, peer, from }) => `${direction} ${group} ${peer} ${from}`),
  );
  return [...targetGroups].flatMap(([name, { file, nodePort }]) => [
    ...(open.has(`ingress nodes load-balancer ${nodePort}`)
      ? []
      : [
          {
            file,
            message: `the nodes do not let the load balancer in on the port ${nodePort} of the target group ${name}`,
          },
        ]),
    ...(open.has(`egress load-balancer nodes ${nodePort}`)
      ? []
      : [{ file, message: `the load balancer may not open the port ${nodePort} of the target group ${name}` }]),
  ]);
};

/** No two Services claim one node port. */
export const nodePortsAreUnique: Check = ({ kubernetes, components }) => {
  const owners = new Map<number, string>();
  const services = [...kubernetes.services, ...components.flatMap((component) => component.services)];
  return services.flatMap(({ file, name, ports }) =>
    ports.flatMap(({ nodePort }) => {
      const owner = nodePort === null ? undefined : owners.get(nodePort);
      if (nodePort !== null) owners.set(nodePort, name);
      return owner ? [{ file, message: `the node port ${nodePort} of ${name} is ${owner}'s already` }] : [];
    }),
  );
};
