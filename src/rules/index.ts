import type { Finding } from "../diagnostic.ts";
import type { RuleCode } from "../meanings/index.ts";
import type { Topology } from "../topology.ts";
import * as addresses from "./addresses.ts";
import * as capacity from "./capacity.ts";
import * as edge from "./edge.ts";
import * as environment from "./environment.ts";
import * as exposure from "./exposure.ts";
import * as images from "./images.ts";
import * as labels from "./labels.ts";
import * as names from "./names.ts";
import * as networks from "./networks.ts";
import * as nodes from "./nodes.ts";
import * as references from "./references.ts";
import * as routes from "./routes.ts";
import type { Rule } from "./rule.ts";
import * as schedules from "./schedules.ts";
import * as secrets from "./secrets.ts";
import * as text from "./text.ts";
import * as versions from "./versions.ts";
import * as volumes from "./volumes.ts";
import * as workloads from "./workloads.ts";

/** Every rule under the code that its findings carry. */
export const rules: Readonly<Record<RuleCode, Rule>> = {
  "unknown-region": references.theRegionExists,
  "unknown-group": references.everythingRunsOnGroupsThatExist,
  "unknown-role": references.nodeGroupsHaveRolesThatExist,
  "unused-role": references.everyRoleIsThatOfANode,
  "unknown-use": references.servicesUseThingsThatExist,
  "unusable-use": references.servicesUseOtherThingsThatAnswer,
  "unknown-zone": references.nodesStandInZonesOfTheNetwork,

  "ambiguous-name": names.everyNameMeansOneThing,
  "taken-name": names.topogensOwnNamesAreNotTaken,
  "taken-role": names.rolesLeaveTheNamesOfOtherIamRoles,
  "platform-namespace": names.workloadsStayOutOfThePlatformsNamespaces,
  "bucket-name": names.bucketsHaveNamesThatS3Accepts,
  "platform-name": names.thePlatformsNameCanBeginEveryNameInAws,
  "branch-name": names.theBranchHasANameThatGitAccepts,
  "repository-name": names.theRepositoryIsNamedWithoutItsEnding,
  "target-group-name": routes.targetGroupsHaveNamesThatAwsAccepts,

  "network-address": networks.networksBeginAtTheirFirstAddress,
  "network-size": networks.rangesHaveSizesThatWork,
  "public-network": networks.rangesArePrivate,
  "subnet-outside-vpc": networks.subnetsLieInTheVpc,
  "network-overlap": networks.rangesDoNotOverlap,
  "pods-network-full": networks.thePodsRangeHasRoomForEveryNode,
  "one-zone": networks.theNetworkHasTwoZones,
  "address-outside-subnet": addresses.everyNodesAddressIsInItsZonesSubnet,
  "zone-and-address": addresses.aGroupsAddressIsInItsFirstZone,
  "reserved-address": addresses.noNodeHasAnAddressThatAwsKeeps,
  "address-twice": addresses.noTwoNodesShareAnAddress,

  "control-plane-size": nodes.theControlPlaneHasOneThreeOrFiveNodes,
  "unknown-member": nodes.membersAreNumbersOfTheirGroup,
  "zone-twice": nodes.groupsNameTheirZonesOnce,
  "no-active-node": nodes.workloadsRunOnGroupsWithActiveNodes,
  "workload-on-control-plane": nodes.workloadsStayOffTheControlPlane,
  "renamed-from": nodes.renamedGroupsHaveLeftTheirOldNames,
  "unknown-instance-type": nodes.instanceTypesAreInTheCatalogue,
  "root-volume-size": nodes.rootVolumesHoldTheSystem,
  "own-label": labels.topogensOwnLabelsAreNotSet,
  "kubernetes-label": labels.labelsStayOutOfTheDomainsOfKubernetes,
  "taint-twice": labels.aNodesTaintsDiffer,

  "volume-zone": volumes.everyDatastoresVolumeIsInItsNodesZone,
  "platform-volume-zone": volumes.thePlatformsVolumesAreInItsNodesZone,
  "volume-size": volumes.volumesAreNotLargerThanAwsMakesThem,
  "broker-storage": volumes.everyRabbitMqHasADiskOfTwiceItsMemory,
  "datastore-memory": workloads.datastoresHaveTheMemoryThatTheirEnginesNeed,
  "pod-too-large": capacity.everyPodFitsOnANodeOfItsGroup,
  "group-full": capacity.aGroupsNodesHoldAllItsPods,
  "platform-full": capacity.thePlatformsNodesHoldThePlatform,
  "control-plane-full": capacity.theControlPlaneHoldsItsControllers,

  "alive-and-http": workloads.aServiceAnswersOrIsAlive,
  "unwatched-worker": workloads.everyWorkerIsAskedWhetherItIsAlive,
  "replicas-and-scale": workloads.theNumberOfPodsIsSaidOnce,
  "scale-order": workloads.scalesGoUpwards,
  "limit-below-request": workloads.limitsAreNotBelowRequests,
  "writable-folder": workloads.writableFoldersAreFreeToMount,
  "moving-tag": images.imageTagsDoNotMove,
  "needless-login": images.ecrTakesNoLogin,
  "two-sources": images.oneRepositoryHasOneSource,
  "source-in-output": images.sourcesLieBesideTheOutputs,
  "output-in-sources": images.defaultSourcesLieBesideTheOutputs,
  "variable-twice": environment.noVariableIsSetTwice,
  "variable-and-secret": environment.noVariableIsBothPlainAndSecret,
  "secret-value": secrets.noVariablesValueIsASecret,
  "secret-in-command": secrets.noCommandHoldsASecret,
  "unwritable-text": text.textsCanBeWritten,
  "text-form": text.textsAreNormalised,
  schedule: schedules.everyScheduleHasATime,

  "path-twice": routes.noTwoServicesShareAHostAndPath,
  "node-port-twice": routes.noTwoThingsShareANodePort,
  "host-twice": routes.everyHostNameLeadsToOneThing,
  "platform-host": routes.servicesStayOffThePlatformsHosts,
  "not-public": routes.whatIsNotPublicHasNoPublicAddress,
  "unclear-path": routes.pathsAreWrittenOneWay,
  "many-routes": routes.theListenerHasRoomForEveryRoute,
  "many-hosts": routes.theCertificateHasRoomForEveryHost,
  "cdn-buckets": edge.theCdnServesAtMostOneBucket,
  "no-cdn": edge.aBucketBehindTheCdnHasOne,
  "empty-cdn": edge.theCdnHasSomethingToServe,

  "open-to-world": exposure.nothingIsOpenToTheWorldUnlessAccepted,
  "needless-acceptance": exposure.whatIsAcceptedIsThere,
  "bastion-from": exposure.aBastionSaysFromWhereItIsReached,
  "ssh-key": exposure.sshKeysAreWhole,
  "ssh-key-twice": exposure.everySshKeyIsThereOnce,
  "no-internet": exposure.nodesReachTheInternet,
  versions: versions.versionsGoTogether,
  "engine-version": versions.datastoresHaveVersionsThatExist,
};

/**
 * What is wrong with a topology that the schema accepts. Without an error among the findings, `resolve` cannot fail. Rules
 * are silent about what follows from a mistake that another rule reports.
 */
export function checkRules(topology: Topology): Finding[] {
  return Object.entries(rules).flatMap(([code, rule]) =>
    Array.from(rule(topology), (violation) => ({ code, ...violation })),
  );
}
