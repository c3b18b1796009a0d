import { readdirSync, readFileSync } from "node:fs";
import { parse, parseAllDocuments } from "yaml";
import { kubernetes } from "../generators/kubernetes/index.ts";
import type { Model } from "../src/model/model.ts";
import { resolve } from "../src/model/resolve.ts";
import type { Topology } from "../src/topology.ts";
import { fourteenNodes, modelWith } from "./fourteen-nodes.ts";
import type { KubernetesObject } from "./kubernetes-strict.ts";

/** An object and the file that it was read from. */
export interface Found {
  readonly path: string;
  readonly object: KubernetesObject;
}

/** All objects of the tree that the generator makes, read back from its text. */
export function objectsOf(model: Model): readonly Found[] {
  return kubernetes(model)
    .filter(({ path }) => path.endsWith(".yaml"))
    .flatMap(({ path, text }) =>
      parseAllDocuments(text).map((document) => ({ path, object: document.toJS() as KubernetesObject })),
    );
}

const { auth, ...others } = fourteenNodes.services ?? {};

/** Changes of the 14 nodes that between them lead to every kind of object and every branch of the generator. */
const changes: Readonly<Record<string, Partial<Topology>>> = {
  "the 14 nodes": {},
  "no service and no datastore": { services: {}, datastores: {} },
  "the controller's load balancer": { edge: { loadBalancer: "controller" } },
  "no monitoring, no Atlantis, no NAT": {
    platform: { on: "monitoring", monitoring: false, atlantis: false },
    network: { ...fourteenNodes.network, nat: "none" },
  },
  "StatefulSets with backups": {
    datastores: Object.fromEntries(
      Object.entries(fourteenNodes.datastores ?? {}).map(([name, store]) => [
        name,
        { ...store, kind: "statefulset", backup: "daily" },
      ]),
    ),
  },
  "services that scale, unreserved nodes, odd folders": {
    roles: { ...fourteenNodes.roles, api: { instance: "t3.small", reserved: false } },
    services: {
      ...others,
      ...(auth && {
        auth: {
          ...auth,
          scale: { max: 3 },
          writable: ["/var/a_b", "/var/a.b", "/._"],
          env: { PRICE: "$(HOME) $$ $5" },
          uses: [],
        },
      }),
    },
  },
};

const goldens = readdirSync("test/golden").map((name): [string, Topology] => [
  name,
  parse(readFileSync(`test/golden/${name}/topology.yaml`, "utf8")),
]);

/** The 14 nodes first, then what else the tests look at: their changes, and the golden cases. */
export const shapes: readonly string[] = [...Object.keys(changes), ...goldens.map(([name]) => name)];

export function modelOf(shape: string): Model {
  const golden = goldens.find(([name]) => name === shape)?.[1];
  return golden ? resolve(golden) : modelWith(changes[shape]);
}

/** The parts of objects that these tests read. */
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly envFrom?: readonly {
    readonly configMapRef?: { readonly name: string };
    readonly secretRef?: { readonly name: string };
  }[];
  readonly env?: readonly {
    readonly name: string;
    readonly valueFrom?: { readonly secretKeyRef: { readonly name: string; readonly key: string } };
  }[];
  readonly securityContext: Record<string, unknown>;
  readonly resources: { readonly requests: Record<string, string>; readonly limits: Record<string, string> };
  readonly [key: string]: unknown;
}

export interface Pod {
  readonly metadata: { readonly labels: Record<string, string> };
  readonly spec: {
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
    readonly serviceAccountName: string;
    readonly nodeSelector: Record<string, string>;
    readonly volumes?: readonly Record<string, any>[];
    readonly [key: string]: unknown;
  };
}

export interface Workload {
  readonly object: KubernetesObject;
  readonly pod: Pod;
}

/** The objects of a kind; their specs are the tests' business. */
export function ofKind(found: readonly Found[], kind: string): any[] {
  return found.map(({ object }) => object).filter((object) => object.kind === kind);
}

export function workloadsOf(found: readonly Found[]): Workload[] {
  const templates = (kind: string, pod: (object: any) => Pod) =>
    ofKind(found, kind).map((object) => ({ object, pod: pod(object) }));
  return [
    ...["Deployment", "StatefulSet", "Job"].flatMap((kind) => templates(kind, ({ spec }) => spec.template)),
    ...templates("CronJob", ({ spec }) => spec.jobTemplate.spec.template),
  ];
}

export const containersOf = ({ pod }: Workload) => [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
export const nameOf = ({ kind, metadata }: KubernetesObject) => `${kind} ${metadata.namespace ?? ""}/${metadata.name}`;
