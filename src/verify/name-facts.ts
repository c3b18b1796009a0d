import { listAt, textAt } from "../read/at.ts";
import type { Data } from "../read/yaml.ts";
import type { NameReference } from "./facts.ts";
import { identity, type Manifest, podTemplate } from "./manifest.ts";

/** What every cluster has from the start. */
const BUILT_IN = ["Namespace /default", "Namespace /kube-system"];

/** How the object is spoken of; the namespace is empty where it is in none. */
export function objectKey(kind: string, namespace: string, name: string): string {
  return `${kind} ${namespace}/${name}`;
}

/** Every object that the manifests make, and the ConfigMaps that Kustomize makes from files. */
export function madeNames(manifests: readonly Manifest[]): ReadonlySet<string> {
  return new Set([...BUILT_IN, ...manifests.flatMap((manifest) => [keyOf(manifest), ...generated(manifest)])]);
}

function keyOf(manifest: Manifest): string {
  const { namespace, name } = identity(manifest);
  return objectKey(manifest.kind, namespace, name);
}

function generated({ kind, object }: Manifest): readonly string[] {
  if (kind !== "Kustomization") return [];
  const namespace = textAt(object, "namespace");
  return listAt(object, "configMapGenerator").map((map) => objectKey("ConfigMap", namespace, textAt(map, "name")));
}

/** The names by which a manifest refers to other objects. */
export function referencesOf(manifest: Manifest): readonly NameReference[] {
  const { file, namespace } = identity(manifest);
  const by = keyOf(manifest);
  return [...namesIn(manifest), ...(namespace ? [["Namespace", namespace] as const] : [])]
    .filter(([, name]) => name !== "")
    .map(([kind, name]) => ({ file, by, kind, namespace: CLUSTER_WIDE.has(kind) ? "" : namespace, name }));
}

const CLUSTER_WIDE: ReadonlySet<string> = new Set(["Namespace", "PriorityClass", "StorageClass", "ClusterSecretStore"]);

type KindAndName = readonly [kind: string, name: string];

function namesIn(manifest: Manifest): readonly KindAndName[] {
  const { kind, object } = manifest;
  switch (kind) {
    case "PersistentVolumeClaim":
      return [["StorageClass", textAt(object, "spec.storageClassName")]];
    case "ExternalSecret":
      return [[textAt(object, "spec.secretStoreRef.kind"), textAt(object, "spec.secretStoreRef.name")]];
    case "HorizontalPodAutoscaler":
      return [[textAt(object, "spec.scaleTargetRef.kind"), textAt(object, "spec.scaleTargetRef.name")]];
    case "Application":
      return [["Namespace", textAt(object, "spec.destination.namespace")]];
    default:
      return [...podNames(podTemplate(manifest)), ...statefulNames(manifest)];
  }
}

function statefulNames({ kind, object }: Manifest): readonly KindAndName[] {
  if (kind !== "StatefulSet") return [];
  return [
    ["Service", textAt(object, "spec.serviceName")],
    ...listAt(object, "spec.volumeClaimTemplates").map(
      (claim) => ["StorageClass", textAt(claim, "spec.storageClassName")] as const,
    ),
  ];
}

function podNames(template: Data | undefined): readonly KindAndName[] {
  const containers = [...listAt(template, "spec.containers"), ...listAt(template, "spec.initContainers")];
  const volumes = listAt(template, "spec.volumes").flatMap((volume) => [
    volume,
    ...listAt(volume, "projected.sources"),
  ]);
  return [
    ["ServiceAccount", textAt(template, "spec.serviceAccountName")],
    ["PriorityClass", textAt(template, "spec.priorityClassName")],
    ...containers.flatMap((container) =>
      listAt(container, "envFrom").map((source) => ["ConfigMap", textAt(source, "configMapRef.name")] as const),
    ),
    ...volumes.flatMap((volume): KindAndName[] => [
      ["ConfigMap", textAt(volume, "configMap.name")],
      ["PersistentVolumeClaim", textAt(volume, "persistentVolumeClaim.claimName")],
    ]),
  ];
}
