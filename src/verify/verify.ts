import type { GeneratedFile } from "../generated-file.ts";
import type { Paths } from "../model/model.ts";
import { documentsOf, readDocument } from "../read/yaml.ts";
import { ansibleFacts } from "./ansible-facts.ts";
import { requestsFit } from "./capacity-checks.ts";
import type { Check, Contradiction } from "./contradiction.ts";
import type { Facts } from "./facts.ts";
import { kinds, kubernetesFacts, type Manifest } from "./kubernetes-facts.ts";
import {
  bothKnowTheSameNodes,
  selectorsFindNodes,
  taintsAreTolerated,
  targetsAreWherePodsRun,
} from "./placement-checks.ts";
import { pathsExist, repositoriesExist, secretKeysAreMade, secretsExist } from "./reference-checks.ts";
import { referenceFacts } from "./references.ts";
import { terraformFacts } from "./terraform-facts.ts";
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
  "secrets-exist": secretsExist,
  "repositories-exist": repositoriesExist,
  "paths-exist": pathsExist,
};

/**
 * Whether the outputs agree with each other, judged by their bytes alone: what one tool is told must be what the others are
 * told. A contradiction is a mistake of ours, whatever the topology says.
 */
export function verify(files: readonly GeneratedFile[], paths: Paths): readonly Contradiction[] {
  const facts = readFacts(files, paths);
  return Object.entries(checks).flatMap(([check, find]) => find(facts).map((found) => ({ check, ...found })));
}

function readFacts(files: readonly GeneratedFile[], paths: Paths): Facts {
  const below = (folder: string, ending: string) =>
    files.filter(({ path }) => path.startsWith(`${folder}/`) && path.endsWith(ending));
  const terraform = below(paths.terraform, ".tf").filter(({ path }) => !path.startsWith(`${paths.bootstrap}/`));
  const manifests = manifestsOf([...below(paths.kubernetes, ".yaml"), ...below(`${paths.ansible}/manifests`, ".yml")]);
  return {
    paths: new Set(files.map(({ path }) => path)),
    terraform: terraformFacts(terraform),
    ansible: ansibleFacts(files, paths),
    kubernetes: kubernetesFacts(manifests),
    references: referenceFacts(files, manifests, paths),
  };
}

/** Only what some check asks for is read. */
function manifestsOf(files: readonly GeneratedFile[]): readonly Manifest[] {
  return files.flatMap(({ path, text }) =>
    documentsOf(text).flatMap((document) => {
      const kind = KIND.exec(document)?.[1];
      return kind ? [{ file: path, kind, object: readDocument(document) }] : [];
    }),
  );
}

const KIND = new RegExp(`^kind: (${["Application", ...kinds].join("|")})$`, "m");
