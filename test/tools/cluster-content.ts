/** What the generated tree finds in a cluster: what Ansible and Terraform have made before Argo CD comes. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse, parseAllDocuments } from "yaml";
import type { GeneratedFile } from "../../src/generated-file.ts";
import type { Model } from "../../src/model/model.ts";
import { readFacts } from "../../src/verify/read-facts.ts";
import { componentPods, type ComponentPods, type WrittenNode, writtenNodes } from "../../src/verify/written-nodes.ts";
import type { Cluster } from "./cluster.ts";
import type { KubernetesApi } from "./kubernetes-api.ts";
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

/** CRDs, and what the written files describe: the components' namespaces and pods, the StorageClass, the nodes. */
export async function furnish(cluster: Cluster, model: Model, files: readonly GeneratedFile[]): Promise<void> {
  const facts = readFacts(files, model.paths);
  await installCrds(cluster);
  await cluster.apply(componentNamespaces(model));
  await cluster.apply([...storageClasses(model, files), ...writtenNodes(facts).map(nodeObject)]);
  await cluster.apply(componentPods(facts).map(componentObject));
  await cluster.until("every node has its daemons", 120, async () => {
    const daemons = await cluster.list<{ status: Record<string, number> }>("daemonsets");
    return daemons.every(({ status }) => (status["numberReady"] ?? 0) === facts.terraform.nodes.size);
  });
}

async function installCrds(cluster: Cluster): Promise<void> {
  await cluster.apply(customResources(""));
  await cluster.kubectl(["wait", "crd", "--all", "--for=condition=Established", "--timeout=300s"]);
}

/** The CRDs of a component, or of all where its name is empty. */
export function customResources(component: string): object[] {
  const folder = join(toolsCache, "crds");
  const files = readdirSync(folder)
    .sort()
    .map((file) => join(folder, file));
  return [...files, BINDING_CRD]
    .filter((file) => basename(file).startsWith(component))
    .flatMap((file) => parseAllDocuments(readFileSync(file, "utf8")).map((document) => document.toJS()))
    .filter((object) => object !== null);
}

const BINDING_CRD = "test/tools/aws-load-balancer-controller-crd.yml";

function componentNamespaces({ platform }: Model): object[] {
  const names = [...new Set(platform.components.map(({ namespace }) => namespace))];
  return names.map((name) => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } }));
}

/** What the EBS driver's chart makes of its values. */
function storageClasses({ paths }: Model, files: readonly GeneratedFile[]): object[] {
  const values = files.find(({ path }) => path === `${paths.ansible}/values/aws-ebs-csi-driver.yml`);
  const classes: readonly { name: string; annotations: object }[] = parse(values?.text ?? "").storageClasses;
  return classes.map(({ name, annotations, ...rest }) => ({
    apiVersion: "storage.k8s.io/v1",
    kind: "StorageClass",
    metadata: { name, annotations },
    provisioner: "ebs.csi.aws.com",
    ...rest,
  }));
}

/** A node with what kubeadm and the kubelet would say of it. */
export function nodeObject({ name, labels, taints, allocatable, disk, address }: WrittenNode): object {
  const room = {
    cpu: `${allocatable.cpu}m`,
    memory: `${allocatable.memory}Mi`,
    "ephemeral-storage": `${disk}Gi`,
    pods: "110",
  };
  return {
    apiVersion: "v1",
    kind: "Node",
    metadata: { name, labels: { ...labels, "kubernetes.io/os": "linux" } },
    spec: { taints: taints.map(({ key, value, effect }) => ({ key, ...(value !== "" && { value }), effect })) },
    status: { allocatable: room, capacity: room, addresses: [{ type: "InternalIP", address }] },
  };
}

/** Stand-ins for the components: they fill the nodes as the real ones would. */
function componentObject({ id, name, namespace, placement, replicas, cpu, memory }: ComponentPods): object {
  const labels = { component: `${id}.${name}` };
  const requests = { cpu: `${cpu}m`, memory: `${memory}Mi` };
  const container = { name: "component", image: "component:1", resources: { requests } };
  const template = {
    metadata: { labels },
    spec: {
      ...(placement ?? { priorityClassName: "system-node-critical", tolerations: [{ operator: "Exists" }] }),
      containers: [container],
    },
  };
  return {
    apiVersion: "apps/v1",
    kind: placement ? "Deployment" : "DaemonSet",
    metadata: { name: `${id}-${name}`, namespace },
    spec: { selector: { matchLabels: labels }, template, ...(placement && { replicas }) },
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
export async function provisionVolumes(cluster: Cluster): Promise<void> {
  const claims = await cluster.list<Claim>("persistentvolumeclaims");
  const waiting = claims.filter(
    ({ metadata, spec }) => metadata.annotations?.[CHOSEN] && spec.volumeName === undefined,
  );
  if (waiting.length === 0) return;
  const nodes = await cluster.list<{ metadata: { name: string; labels: Record<string, string> } }>("nodes");
  const zones = new Map(nodes.map(({ metadata }) => [metadata.name, metadata.labels["topology.kubernetes.io/zone"]]));
  await cluster.apply(waiting.map((claim) => volume(claim, zones.get(claim.metadata.annotations?.[CHOSEN] ?? ""))));
}

const CHOSEN = "volume.kubernetes.io/selected-node";

function volume({ metadata, spec }: Claim, zoneName: string | undefined): object {
  const { name, namespace, uid } = metadata;
  const zone = { key: "topology.kubernetes.io/zone", operator: "In", values: [zoneName] };
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

/** Stands in for the AWS Load Balancer Controller: what it writes into an Ingress when it has built the load balancer. */
export async function buildLoadBalancer(cluster: KubernetesApi): Promise<void> {
  const all = await cluster.list<Balanced>("ingresses");
  for (const { metadata } of all.filter(({ status }) => !status?.loadBalancer?.ingress)) {
    const hostname = "backend-prod-1.ap-northeast-2.elb.amazonaws.com";
    await cluster.patchStatus("ingress", metadata, { loadBalancer: { ingress: [{ hostname }] } });
  }
}

interface Balanced {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly status?: { readonly loadBalancer?: { readonly ingress?: readonly object[] } };
}

/** What runs on no cluster of ours says that all is well: the External Secrets Operator, and what measures for an autoscaler. */
export async function reportReady(cluster: KubernetesApi): Promise<void> {
  for (const [kind, condition] of Object.entries(READY)) {
    const all = await cluster.list<Conditioned>(kind);
    for (const { metadata } of all.filter(({ status }) => !status?.conditions?.length)) {
      await cluster.patchStatus(kind, metadata, { conditions: [condition] });
    }
  }
}

const READY = {
  externalsecrets: { type: "Ready", status: "True", reason: "SecretSynced" },
  horizontalpodautoscalers: { type: "AbleToScale", status: "True", reason: "ReadyForNewScale" },
};

interface Conditioned {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly status?: { readonly conditions?: readonly object[] };
}
