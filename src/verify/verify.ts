import { connectionsAreTold, publicAddressesAreLedIn } from "./address-checks.ts";
import { requestsFit } from "./capacity-checks.ts";
import type { Check, Contradiction } from "./contradiction.ts";
import type { Facts } from "./facts.ts";
import {
  bothKnowTheSameNodes,
  hostsAreInTheirGroups,
  nodesWaitForPods,
  selectorsFindNodes,
  taintsAreTolerated,
  targetsAreWherePodsRun,
} from "./placement-checks.ts";
import { healthChecksAskWhatProbesAsk } from "./health-checks.ts";
import {
  namesCanBeAskedFor,
  namespacesDenyByDefault,
  openedPortsAreListenedOn,
  policiesAdmitPrometheus,
  policiesAdmitTheLoadBalancer,
  policiesOpenBothEnds,
} from "./policy-checks.ts";
import {
  bucketsExist,
  filesAreHandedOn,
  namesAreMade,
  pathsExist,
  projectsAdmitApplications,
  repositoriesExist,
} from "./reference-checks.ts";
import {
  pullSecretsAreMade,
  secretKeysAreMade,
  secretPropertiesAgree,
  secretsExist,
  storesServeNamespaces,
} from "./secret-checks.ts";
import { monitorsFindPorts, policiesNamePodsThatAreThere, selectorsFindPods } from "./selector-checks.ts";
import {
  filesTellTheOpenPorts,
  listenersAreLetIn,
  nodePortsAreOpen,
  nodePortsAreUnique,
  probesAskOpenPorts,
  rulesHaveTheirOwnPriority,
  servicesLeadToOpenPorts,
  targetGroupsAreBound,
  targetGroupsMeetNodePorts,
  waysInLeadToServices,
} from "./wiring-checks.ts";

/** Every check by its name. */
export const checks: Readonly<Record<string, Check>> = {
  "both-know-the-same-nodes": bothKnowTheSameNodes,
  "hosts-are-in-their-groups": hostsAreInTheirGroups,
  "selectors-find-nodes": selectorsFindNodes,
  "taints-are-tolerated": taintsAreTolerated,
  "requests-fit": requestsFit,
  "nodes-wait-for-pods": nodesWaitForPods,
  "targets-are-where-pods-run": targetsAreWherePodsRun,
  "services-lead-to-open-ports": servicesLeadToOpenPorts,
  "probes-ask-open-ports": probesAskOpenPorts,
  "files-tell-the-open-ports": filesTellTheOpenPorts,
  "ways-in-lead-to-services": waysInLeadToServices,
  "target-groups-meet-node-ports": targetGroupsMeetNodePorts,
  "target-groups-are-bound": targetGroupsAreBound,
  "rules-have-their-own-priority": rulesHaveTheirOwnPriority,
  "health-checks-ask-what-probes-ask": healthChecksAskWhatProbesAsk,
  "public-addresses-are-led-in": publicAddressesAreLedIn,
  "node-ports-are-open": nodePortsAreOpen,
  "listeners-are-let-in": listenersAreLetIn,
  "node-ports-are-unique": nodePortsAreUnique,
  "connections-are-told": connectionsAreTold,
  "selectors-find-pods": selectorsFindPods,
  "policies-name-pods-that-are-there": policiesNamePodsThatAreThere,
  "namespaces-deny-by-default": namespacesDenyByDefault,
  "names-can-be-asked-for": namesCanBeAskedFor,
  "policies-open-both-ends": policiesOpenBothEnds,
  "opened-ports-are-listened-on": openedPortsAreListenedOn,
  "policies-admit-the-load-balancer": policiesAdmitTheLoadBalancer,
  "policies-admit-prometheus": policiesAdmitPrometheus,
  "monitors-find-ports": monitorsFindPorts,
  "names-are-made": namesAreMade,
  "secret-keys-are-made": secretKeysAreMade,
  "stores-serve-namespaces": storesServeNamespaces,
  "pull-secrets-are-made": pullSecretsAreMade,
  "secrets-exist": secretsExist,
  "secret-properties-agree": secretPropertiesAgree,
  "repositories-exist": repositoriesExist,
  "buckets-exist": bucketsExist,
  "projects-admit-applications": projectsAdmitApplications,
  "paths-exist": pathsExist,
  "files-are-handed-on": filesAreHandedOn,
};

/**
 * Whether the outputs agree with each other, judged by their bytes alone: what one tool is told must be what the others are
 * told. A contradiction is a mistake of ours, whatever the topology says.
 */
export function verify(facts: Facts): readonly Contradiction[] {
  return Object.entries(checks).flatMap(([check, find]) => find(facts).map((found) => ({ check, ...found })));
}
