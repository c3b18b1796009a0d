import type { Check } from "./contradiction.ts";
import type { Facts, ServiceFact, Workload } from "./facts.ts";
import { nameOf, show } from "./placement-checks.ts";
import { selection } from "./selection.ts";

/** Each Service has pods behind it, and each of its ports is one that their containers open. */
export const servicesLeadToOpenPorts: Check = ({ kubernetes }) => {
  const podsBehind = podSelection(kubernetes);
  return kubernetes.services
    .filter(({ namespace }) => hasOwnWorkloads(kubernetes, namespace))
    .flatMap((service) => {
      const pods = podsBehind(service);
      if (pods.length === 0) {
        return [
          {
            file: service.file,
            message: `no pod has the labels ${show(service.selector)} of the Service ${service.name}`,
          },
        ];
      }
      return service.ports.flatMap(({ target }) =>
        pods
          .filter(({ ports }) => !ports.some(({ name, port }) => target === name || target === String(port)))
          .map((workload) => ({
            file: service.file,
            message: `the Service ${service.name} leads to the port ${target}, which ${nameOf(workload)} does not open`,
          })),
      );
    });
};

/** Pods that Helm charts make are not among the written manifests. */
function hasOwnWorkloads({ workloads }: Facts["kubernetes"], namespace: string): boolean {
  return workloads.some((workload) => workload.namespace === namespace);
}

/** Each probe asks on a port that the pod opens. */
export const probesAskOpenPorts: Check = ({ kubernetes }) =>
  kubernetes.workloads.flatMap((workload) =>
    workload.probes
      .filter((probe) => !workload.ports.some(({ name, port }) => probe.port === name || probe.port === String(port)))
      .map((probe) => ({
        file: workload.file,
        message: `${nameOf(workload)} is probed on the port ${probe.port}, which it does not open`,
      })),
  );

/** Each bound target group exists, is bound once, and sends to the node port of the bound Service. */
export const targetGroupsMeetNodePorts: Check = ({ kubernetes, terraform }) =>
  kubernetes.bindings.flatMap((binding) => {
    const { file, targetGroup } = binding;
    const group = terraform.targetGroups.get(targetGroup);
    if (!group) return [{ file, message: `Terraform makes no target group ${targetGroup}` }];
    const service = kubernetes.services.find(
      ({ namespace, name }) => namespace === binding.namespace && name === binding.service,
    );
    // Services of Helm charts are not among the written manifests.
    if (!service) return [];
    const nodePort = service.ports.find(({ port }) => String(port) === binding.port)?.nodePort;
    if (nodePort === group.nodePort) return [];
    return [
      {
        file,
        message: `the target group ${targetGroup} sends to the port ${group.nodePort}, the Service ${service.name} listens on ${nodePort ?? "none"}`,
      },
    ];
  });

/** Each target group's health check asks for what its pods' own probe asks for. */
export const healthChecksAskWhatProbesAsk: Check = ({ kubernetes, terraform }) => {
  const podsBehind = podSelection(kubernetes);
  return kubernetes.bindings.flatMap((binding) => {
    const health = terraform.targetGroups.get(binding.targetGroup)?.health;
    const service = kubernetes.services.find(
      ({ namespace, name }) => namespace === binding.namespace && name === binding.service,
    );
    if (!service || health === undefined) return [];
    return podsBehind(service)
      .filter(({ probes }) => probes.length > 0 && !probes.some(({ path }) => path === health))
      .map((workload) => ({
        file: binding.file,
        message: `the load balancer asks ${health}, ${nameOf(workload)} answers ${workload.probes[0]?.path}`,
      }));
  });
};

/** Each target group is bound, so that no listener rule leads nowhere. */
export const targetGroupsAreBound: Check = ({ kubernetes, terraform }) =>
  [...terraform.targetGroups].flatMap(([name, { file }]) =>
    kubernetes.bindings.filter(({ targetGroup }) => targetGroup === name).length === 1
      ? []
      : [{ file, message: `the target group ${name} is not bound exactly once` }],
  );

/** Each target group's port is open from the load balancer to the nodes. */
export const nodePortsAreOpen: Check = ({ terraform }) =>
  [...terraform.targetGroups].flatMap(([name, { file, nodePort }]) =>
    terraform.openNodePorts.has(nodePort)
      ? []
      : [{ file, message: `the load balancer may not open the port ${nodePort} of the target group ${name}` }],
  );

/** No two Services claim one node port. */
export const nodePortsAreUnique: Check = ({ kubernetes }) => {
  const owners = new Map<number, string>();
  return kubernetes.services.flatMap(({ file, name, ports }) =>
    ports.flatMap(({ nodePort }) => {
      const owner = nodePort === null ? undefined : owners.get(nodePort);
      if (nodePort !== null) owners.set(nodePort, name);
      return owner ? [{ file, message: `the node port ${nodePort} of ${name} is ${owner}'s already` }] : [];
    }),
  );
};

/** Finds the workloads whose pods a Service leads to. */
function podSelection({ workloads }: Facts["kubernetes"]): (service: ServiceFact) => readonly Workload[] {
  const select = selection(workloads, ({ podLabels }) => podLabels);
  return (service) => select(service.selector).filter(({ namespace }) => namespace === service.namespace);
}
