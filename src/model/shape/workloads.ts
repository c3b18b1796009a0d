/** What runs: services and their pods. */
import type { NodeGroup, Resources } from "./cluster.ts";
import type { Route } from "./traffic.ts";

export interface Namespace {
  readonly name: string;
  /** Whose objects it holds. A domain is also an Argo CD project. */
  readonly domain: "apps" | "data" | "platform";
  readonly podSecurity: "restricted" | "baseline" | "privileged";
}

export interface Service {
  readonly name: string;
  readonly namespace: string;
  readonly group: NodeGroup;
  readonly image: Image;
  /** How many pods, or null where a HorizontalPodAutoscaler decides. */
  readonly replicas: number | null;
  readonly scale: Scale | null;
  /** The most pods that it can have. */
  readonly maxPods: number;
  /** Whether a new version's pod finds room beside all the old ones: else an old one makes room for it first. */
  readonly surge: boolean;
  readonly resources: PodResources;
  readonly command: readonly string[] | null;
  /** For a worker: the command that tells whether it works. */
  readonly alive: readonly string[] | null;
  readonly http: Http | null;
  readonly env: readonly EnvVar[];
  readonly secretEnv: readonly SecretEnvVar[];
  readonly writable: readonly string[];
  /** How long a pod that is told to stop keeps answering, until every node has taken it out of its Service, in seconds. */
  readonly leaveSeconds: number;
  /** How long it then has to end what it began, in seconds. */
  readonly graceSeconds: number;
  /** Both together. */
  readonly stopSeconds: number;
  /** Names of the datastores, services and buckets that it talks to. */
  readonly uses: Uses;
}

export interface Image {
  /** The key in `Registry.repositories`. */
  readonly repository: string;
  readonly tag: string;
  /** What a container's `image` says. */
  readonly reference: string;
}

export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly cpuPercent: number;
}

export interface PodResources extends Resources {
  readonly cpuLimit: number;
}

export interface Http {
  readonly port: number;
  readonly health: string;
  readonly metrics: string | null;
  /** The port of every node that leads to it; null where no route does. */
  readonly nodePort: number | null;
  /** The route by which the load balancer leads to it, if it does. */
  readonly route: Route | null;
}

export interface EnvVar {
  readonly name: string;
  readonly value: string;
}

/** An environment variable whose value is a property of a secret of `Model.secrets`. */
export interface SecretEnvVar {
  readonly name: string;
  readonly secret: string;
  readonly property: string;
}

export interface Uses {
  readonly datastores: readonly string[];
  readonly services: readonly string[];
  readonly buckets: readonly string[];
  /** Whether it calls HTTPS servers anywhere in the world. */
  readonly internet: boolean;
}
