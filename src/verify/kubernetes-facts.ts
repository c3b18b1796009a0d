import type { Labels } from "../model/model.ts";
import { at, listAt, textAt, textsAt } from "../read/at.ts";
import type { Data } from "../read/yaml.ts";
import { addressesIn } from "./addresses.ts";
import type {
  ApplicationFact,
  Budget,
  ExternalSecretFact,
  KubernetesFacts,
  ProjectFact,
  PullSecret,
  StoreFact,
} from "./facts.ts";
import { identity, type Manifest, sourcesOf, startsPods } from "./manifest.ts";
import { madeNames, referencesOf } from "./name-facts.ts";
import { binding, ingresses, monitor, policy, service } from "./network-facts.ts";
import { workload } from "./workload-facts.ts";
import { groupedBy } from "../grouped-by.ts";

export function kubernetesFacts(manifests: readonly Manifest[]): KubernetesFacts {
  const byKind = groupedBy(manifests, ({ kind }) => kind);
  const ofKind = (kind: string): readonly Manifest[] => byKind.get(kind) ?? [];
  const limits = new Map(ofKind("HorizontalPodAutoscaler").map((scaler) => [scaled(scaler), scaler.object]));
  return {
    workloads: manifests.filter(startsPods).map((manifest) => workload(manifest, limits)),
    services: ofKind("Service").map(service),
    externalSecrets: ofKind("ExternalSecret").map(externalSecret),
    bindings: ofKind("TargetGroupBinding").map(binding),
    ingresses: ofKind("Ingress").flatMap(ingresses),
    policies: ofKind("NetworkPolicy").map(policy),
    monitors: ofKind("ServiceMonitor").map(monitor),
    budgets: ofKind("PodDisruptionBudget").map(budget),
    configMaps: new Map(ofKind("ConfigMap").map((map) => [namespaced(map), addressesIn(textsAt(map.object, "data"))])),
    listening: new Map(
      ofKind("ConfigMap").map((map) => [namespaced(map), listeningPorts(textsAt(map.object, "data"))]),
    ),
    namespaces: new Map(
      ofKind("Namespace").map(({ object }) => [textAt(object, "metadata.name"), textsAt(object, "metadata.labels")]),
    ),
    stores: new Map(ofKind("ClusterSecretStore").map(({ object }) => [textAt(object, "metadata.name"), store(object)])),
    pullSecrets: ofKind("ServiceAccount").flatMap(pullSecrets),
    applications: ofKind("Application").map(application),
    projects: new Map(ofKind("AppProject").map(({ object }) => [textAt(object, "metadata.name"), project(object)])),
    priorities: new Map(
      ofKind("PriorityClass").map(({ object }) => [textAt(object, "metadata.name"), Number(at(object, "value"))]),
    ),
    made: madeNames(manifests),
    references: manifests.flatMap(referencesOf),
  };
}

function namespaced(manifest: Manifest): string {
  const { namespace, name } = identity(manifest);
  return `${namespace}/${name}`;
}

/** Namespace and name of the workload that a HorizontalPodAutoscaler scales. */
function scaled(scaler: Manifest): string {
  return `${identity(scaler).namespace}/${textAt(scaler.object, "spec.scaleTargetRef.name")}`;
}

function externalSecret(manifest: Manifest): ExternalSecretFact {
  const { file, namespace, name } = identity(manifest);
  return {
    file,
    namespace,
    target: textAt(manifest.object, "spec.target.name") || name,
    store: textAt(manifest.object, "spec.secretStoreRef.name"),
    entries: [
      ...listAt(manifest.object, "spec.data").map((entry) => ({
        key: textAt(entry, "secretKey"),
        secret: textAt(entry, "remoteRef.key"),
        property: textAt(entry, "remoteRef.property"),
      })),
      ...listAt(manifest.object, "spec.dataFrom").map((entry) => ({
        key: "",
        secret: textAt(entry, "extract.key"),
        property: "",
      })),
    ],
  };
}

function budget(manifest: Manifest): Budget {
  return { ...identity(manifest), selector: textsAt(manifest.object, "spec.selector.matchLabels") };
}

function application(manifest: Manifest): ApplicationFact {
  const { object } = manifest;
  return {
    ...identity(manifest),
    project: textAt(object, "spec.project"),
    repositories: sourcesOf(manifest).map((source) => textAt(source, "repoURL")),
    namespace: textAt(object, "spec.destination.namespace"),
  };
}

function project(object: Data): ProjectFact {
  return {
    repositories: listAt(object, "spec.sourceRepos").map(String),
    namespaces: listAt(object, "spec.destinations").map((destination) => textAt(destination, "namespace")),
  };
}

function store(object: Data): StoreFact {
  const conditions = listAt(object, "spec.conditions");
  return {
    namespaces: conditions.flatMap((condition) => listAt(condition, "namespaces").map(String)),
    labels: conditions
      .map((condition) => textsAt(condition, "namespaceSelector.matchLabels"))
      .filter((labels) => Object.keys(labels).length > 0),
  };
}

/** How the datastores' own files say it: `port 6379` of Redis, `listeners.tcp.default = 5672` of RabbitMQ. */
const PORT = /^(?:port|listeners\.tcp\.\w+ =) (\d+)$/gm;

function listeningPorts(files: Labels): readonly string[] {
  return Object.values(files).flatMap((text) => [...text.matchAll(PORT)].map(([, port]) => port as string));
}

function pullSecrets(manifest: Manifest): readonly PullSecret[] {
  const { file, namespace, name: account } = identity(manifest);
  return listAt(manifest.object, "imagePullSecrets").map((reference) => {
    return { file, namespace, account, secret: textAt(reference, "name") };
  });
}
