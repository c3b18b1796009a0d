import type { Labels } from "../model/model.ts";
import type { Check } from "./contradiction.ts";
import { monitoredServices } from "./monitored-ports.ts";
import { objectKey } from "./name-facts.ts";
import { ownNamespaces, workloadSelection } from "./pod-selection.ts";
import { includes } from "./selection.ts";
import { nameOf, show } from "./wording.ts";

/** Each selector of pods finds some: a workload's its own, a PodDisruptionBudget's and a NetworkPolicy's those of a workload. */
export const selectorsFindPods: Check = ({ kubernetes }) => {
  const { workloads, budgets, policies } = kubernetes;
  const select = workloadSelection(kubernetes);
  return [
    ...workloads
      .filter(({ selector, podLabels }) => !includes(podLabels, selector))
      .map((workload) => ({
        file: workload.file,
        message: `the pods of ${nameOf(workload)} lack the labels ${show(workload.selector)} that it knows them by`,
      })),
    ...[
      ...budgets.map((budget) => ({ ...budget, kind: "PodDisruptionBudget" })),
      ...policies.map(({ podSelector, ...policy }) => ({ ...policy, selector: podSelector, kind: "NetworkPolicy" })),
    ]
      .filter(({ namespace, selector }) => Object.keys(selector).length > 0 && select(namespace, selector).length === 0)
      .map((object) => ({
        file: object.file,
        message: `no pod has the labels ${show(object.selector)} of ${nameOf(object)}`,
      })),
  ];
};

/** Each peer of a NetworkPolicy is pods that are there. Of those that Helm charts make only the namespace is known. */
export const policiesNamePodsThatAreThere: Check = ({ kubernetes }) => {
  const select = workloadSelection(kubernetes);
  const own = ownNamespaces(kubernetes);
  const isThere = (namespace: string, pods: Labels) =>
    own.has(namespace)
      ? select(namespace, pods).length > 0
      : kubernetes.made.has(objectKey("Namespace", "", namespace));
  return kubernetes.policies.flatMap((policy) =>
    [...policy.ingress, ...policy.egress]
      .flatMap(({ peers }) => peers)
      .flatMap((peer) => ("pods" in peer && !isThere(peer.namespace, peer.pods) ? [peer] : []))
      .map(({ namespace, pods }) => ({
        file: policy.file,
        message: `the NetworkPolicy ${policy.name} names the pods ${show(pods)} of ${namespace}, which are not there`,
      })),
  );
};

/** Each ServiceMonitor finds a Service, and on it each port that it names. */
export const monitorsFindPorts: Check = ({ kubernetes }) => {
  const servicesOf = monitoredServices(kubernetes);
  return kubernetes.monitors.flatMap((monitor) => {
    const names = new Set(servicesOf(monitor).flatMap(({ ports }) => ports.map(({ name }) => name)));
    return monitor.ports
      .filter((port) => !names.has(port))
      .map((port) => ({
        file: monitor.file,
        message: `no Service ${show(monitor.selector)} has the port ${port} that the ServiceMonitor ${monitor.name} names`,
      }));
  });
};
