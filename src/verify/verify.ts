import { connectionsAreTold, publicAddressesAreLedIn } from "./address-checks.ts";
import { requestsFit } from "./capacity-checks.ts";
import type { Check, Contradiction } from "./contradiction.ts";
import type { Facts } from "./facts.ts";
import {
  bothKnowTheSameNodes,
  selectorsFindNodes,
  taintsAreTolerated,
  targetsAreWherePodsRun,
} from "./placement-checks.ts";
import { healthChecksAskWhatProbesAsk } from "./health-checks.ts";
import {
  openedPortsAreListenedOn,
  policiesAdmitPrometheus,
  policiesAdmitTheLoadBalancer,
  policiesOpenBothEnds,
} from "./policy-checks.ts";
import {
  bucketsExist,
  namesAreMade,
  pathsExist,
  projectsAdmitApplications,
  repositoriesExist,
} from "./reference-checks.ts";
import { pullSecretsAreMade, secretKeysAreMade, secretPropertiesAgree, secretsExist } from "./secret-checks.ts";
import { monitorsFindPorts, policiesNamePodsThatAreThere, selectorsFindPods } from "./selector-checks.ts";
import {
  nodePortsAreOpen,
  nodePortsAreUnique,
  probesAskOpenPorts,
  servicesLeadToOpenPorts,
  targetGroupsAreBound,
  targetGroupsMeetNodePorts,
  waysInLeadToServices,
} from "./wiring-checks.ts";

/** Every check by its name. */
export const checks: Readonly<Record<string, Check>> = {
  "both-know-the-same-nodes": bothKnowTheSameNodes,
  "selectors-find-nodes": selectorsFindNodes,
  "taints-are-tolerated": taintsAreTolerated,
  "requests-fit": requestsFit,
  "targets-are-where-pods-run": targetsAreWherePodsRun,
  "services-lead-to-open-ports": servicesLeadToOpenPorts,
  "probes-ask-open-ports": probesAskOpenPorts,
  "ways-in-lead-to-services": waysInLeadToServices,
  "target-groups-meet-node-ports": targetGroupsMeetNodePorts,
  "target-groups-are-bound": targetGroupsAreBound,
  "health-checks-ask-what-probes-ask": healthChecksAskWhatProbesAsk,
  "public-addresses-are-led-in": publicAddressesAreLedIn,
  "node-ports-are-open": nodePortsAreOpen,
  "node-ports-are-unique": nodePortsAreUnique,
  "connections-are-told": connectionsAreTold,
  "selectors-find-pods": selectorsFindPods,
  "policies-name-pods-that-are-there": policiesNamePodsThatAreThere,
  "policies-open-both-ends": policiesOpenBothEnds,
  "opened-ports-are-listened-on": openedPortsAreListenedOn,
  "policies-admit-the-load-balancer": policiesAdmitTheLoadBalancer,
  "policies-admit-prometheus": policiesAdmitPrometheus,
  "monitors-find-ports": monitorsFindPorts,
  "names-are-made": namesAreMade,
  "secret-keys-are-made": secretKeysAreMade,
  "pull-secrets-are-made": pullSecretsAreMade,
  "secrets-exist": secretsExist,
  "secret-properties-agree": secretPropertiesAgree,
  "repositories-exist": repositoriesExist,
  "buckets-exist": bucketsExist,
  "projects-admit-applications": projectsAdmitApplications,
  "paths-exist": pathsExist,
};

/**
 * Whether the outputs agree with each other, judged by their bytes alone: what one tool is told must be what the others are
 * told. A contradiction is a mistake of ours, whatever the topology says.
 */
export function verify(facts: Facts): readonly Contradiction[] {
  return Object.entries(checks).flatMap(([check, find]) => find(facts).map((found) => ({ check, ...found })));
}
