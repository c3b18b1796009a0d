import { requestsFit } from "./capacity-checks.ts";
import type { Check, Contradiction } from "./contradiction.ts";
import type { Facts } from "./facts.ts";
import {
  bothKnowTheSameNodes,
  selectorsFindNodes,
  taintsAreTolerated,
  targetsAreWherePodsRun,
} from "./placement-checks.ts";
import {
  pathsExist,
  projectsAdmitApplications,
  pullSecretsAreMade,
  repositoriesExist,
  secretKeysAreMade,
  secretsExist,
} from "./reference-checks.ts";
import {
  healthChecksAskWhatProbesAsk,
  nodePortsAreOpen,
  nodePortsAreUnique,
  probesAskOpenPorts,
  servicesLeadToOpenPorts,
  targetGroupsAreBound,
  targetGroupsMeetNodePorts,
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
  "target-groups-meet-node-ports": targetGroupsMeetNodePorts,
  "target-groups-are-bound": targetGroupsAreBound,
  "health-checks-ask-what-probes-ask": healthChecksAskWhatProbesAsk,
  "node-ports-are-open": nodePortsAreOpen,
  "node-ports-are-unique": nodePortsAreUnique,
  "secret-keys-are-made": secretKeysAreMade,
  "pull-secrets-are-made": pullSecretsAreMade,
  "secrets-exist": secretsExist,
  "repositories-exist": repositoriesExist,
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
