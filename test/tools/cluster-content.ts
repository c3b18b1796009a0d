/** What the generated tree finds in a cluster: what Ansible and Terraform have made before Argo CD comes. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import type { ComponentPod, Model, Node } from "../../src/model/model.ts";
import type { Cluster } from "./cluster.ts";
import { toolsCache } from "./tool.ts";

/** The folder of the components' CRDs that test/tools/install.sh takes from their sources. */
export const crds = { name: "crds", present: hasFiles(join(toolsCache, "crds")) };

function hasFiles(folder: string): boolean {
  try {
    return readdirSync(folder).length > 0;
  } catch {
    return false;
  }
}

/** CRDs, nodes, the components' namespaces and pods, and the StorageClass. */
export async function furnish(cluster: Cluster, model: Model): Promise<void> {
  await installCrds(cluster);
  await cluster.apply(componentNamespaces(model));
  await cluster.apply([storageClass(model), ...model.nodes.map(nodeObject), ...componentPods(model)]);
}

async function installCrds(cluster: Cluster): Promise<void> {
  await cluster.apply(customResources(""));
  await cluster.kubectl(["wait", "crd", "--all", "--for=condition=Established", "--timeout=60s"]);
}

/** The CRDs of a component, or of all where its name is empty. */
export function customResources(component: string): object[] {
  const folder = join(toolsCache, "crds");
  return readdirSync(folder)
    .filter((file) => file.startsWith(component))
    .sort()
    .flatMap((file) => parseAllDocuments(readFileSync(join(folder, file), "utf8")).map((document) => document.toJS()))
    .filter((object) => object !== null)
    .map(withTargetGroupName);
}

/**
 * The one CRD that is older than the component: the module proxy serves the load balancer controller up to 2.4.5, and
 * `targetGroupName` came with 2.11.0 (https://github.com/kubernetes-sigs/aws-load-balancer-controller/pull/3903), which took
 * `targetGroupARN` from the required members.
 */
function withTargetGroupName(crd: any): object {
  if (crd.spec?.names?.kind !== "TargetGroupBinding") return crd;
  const copy = structuredClone(crd);
  for (const { schema } of copy.spec.versions) {
    const { spec } = schema.openAPIV3Schema.properties;
    spec.properties.targetGroupName = { type: "string" };
    spec.required = ["serviceRef"];
  }
  return copy;
}

function componentNamespaces({ platform }: Model): object[] {
  const names = [...new Set(platform.components.map(({ namespace }) => namespace))];
  return names.map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } }));
}

function storageClass({ platform }: Model): object {
  return {
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name: platform.storageClass },
    provisioner: "ebs.csi.aws.com",
    parameters: { type: "gp3", encrypted: "true" },
    reclaimPolicy: "Retain",
    volumeBindingMode: "WaitForFirstConsumer",
    allowVolumeExpansion: true,
  };
}

/** A node with what kubeadm and the kubelet would say of it. */
export function nodeObject({ name, labels, taints, allocatable, disk, address, controlPlane }: Node): object {
  const own = {
    "kubernetes.io/hostname": name,
    "kubernetes.io/os": "linux",
    ...(controlPlane && { "node-role.kubernetes.io/control-plane": "" }),
  };
  const room = {
    cpu: `${allocatable.cpu}m`,
    memory: `${allocatable.memory}Mi`,
    "ephemeral-storage": `${disk}Gi`,
    pods: "110",
  };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels: { ...labels, ...own } },
    spec: { taints: taints.map(({ key, value, effect }) => ({ key, ...(value !== "" && { value }), effect })) },
    status: { allocatable: room, capacity: room, addresses: [{ type: "InternalIP", address }] },
  };
}

/** Gives a node another amount of memory, in MiB. */
export async function resize(cluster: Cluster, node: Node, memory: number): Promise<void> {
  const { status } = nodeObject({ ...node, allocatable: { ...node.allocatable, memory } }) as { status: object };
  await cluster.kubectl([
    "patch",
    "node",
    node.name,
    "--subresource=status",
    "--type=merge",
    "--patch",
    JSON.stringify({ status }),
  ]);
}

/** The components' own pods: they fill the nodes as the real ones would. */
function componentPods(model: Model): object[] {
  return model.platform.components.flatMap(({ id, namespace, pods }) =>
    pods.flatMap((pod) =>
      placesOf(model, pod).map((place, index) => componentPod(`${id}-${pod.name}-${index}`, namespace, pod, place)),
    ),
  );
}

/** The part of a pod's spec that says where it goes, once for each of the alike pods. */
function placesOf(model: Model, { on, replicas }: ComponentPod): object[] {
  if (on === "every-node") return model.nodes.map(({ name }) => ({ nodeName: name }));
  const group = on === "platform" ? model.platform.group : model.groups.find(({ role }) => role.controlPlane);
  return Array.from({ length: replicas }, () => ({ nodeSelector: group?.selector }));
}

function componentPod(name: string, namespace: string, { cpu, memory }: ComponentPod, place: object): object {
  const requests = { cpu: `${cpu}m`, memory: `${memory}Mi` };
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace, labels: { component: name } },
    spec: {
      ...place,
      tolerations: [{ operator: "Exists" }],
      containers: [{ name: "component", image: "component:1", resources: { requests } }],
    },
  };
}

interface Claim {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly uid: string;
    readonly annotations?: Record<string, string>;
  };
  readonly spec: {
    readonly storageClassName: string;
    readonly accessModes: string[];
    readonly resources: { readonly requests: { readonly storage: string } };
    readonly volumeName?: string;
  };
}

/** Stands in for the EBS driver: a volume in the zone of the node that the scheduler has chosen, for each claim that has none. */
export async function provisionVolumes(cluster: Cluster, model: Model): Promise<void> {
  const claims = await cluster.list<Claim>("persistentvolumeclaims");
  const chosen = ({ metadata }: Claim) => metadata.annotations?.["volume.kubernetes.io/selected-node"];
  const waiting = claims.filter((claim) => chosen(claim) !== undefined && claim.spec.volumeName === undefined);
  const volumes = waiting.map((claim) =>
    volume(
      claim,
      model.nodes.find(({ name }) => name === chosen(claim)),
    ),
  );
  if (volumes.length > 0) await cluster.apply(volumes);
}

function volume({ metadata, spec }: Claim, node: Node | undefined): object {
  const { name, namespace, uid } = metadata;
  const zone = { key: "topology.kubernetes.io/zone", operator: "In", values: [node?.zone.name] };
  return {
    apiVersion: "v1",
    kind: "PersistentVolume",
    metadata: { name: `pvc-${uid}`, annotations: { "pv.kubernetes.io/provisioned-by": "ebs.csi.aws.com" } },
    spec: {
      capacity: spec.resources.requests,
      accessModes: spec.accessModes,
      storageClassName: spec.storageClassName,
      persistentVolumeReclaimPolicy: "Retain",
      claimRef: { apiVersion: "v1", kind: "PersistentVolumeClaim", name, namespace, uid },
      csi: { driver: "ebs.csi.aws.com", volumeHandle: `vol-${uid}`, fsType: "ext4" },
      nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [zone] }] } },
    },
  };
}
