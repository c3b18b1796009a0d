import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Model } from "../../../src/model/model.ts";
import { compile } from "../../../src/compile.ts";
import { type Application, applications, isSettled, refresh, synced, table } from "./applications.ts";
import { NAMESPACE, startArgoCd } from "./argocd.ts";
import { Cluster } from "../cluster.ts";
import { buildLoadBalancer, furnish, provisionVolumes, reportReady } from "../cluster-content.ts";
import { PlatformRepository } from "./platform-repository.ts";

/** What came of a commit. */
export interface Effect {
  readonly subject: string;
  /** The Applications that synced. */
  readonly applications: readonly string[];
  /** The workloads of which a pod was replaced or ended. */
  readonly pods: readonly string[];
  /** Whether the hook ran Ansible. */
  readonly configured: boolean;
  readonly seconds: number;
}

/** Nothing measures for autoscalers here, and a check may fail. */
const FLAGS = {
  "kube-controller-manager": { controllers: "*,-horizontal-pod-autoscaler-controller" },
  kwok: { config: "test/tools/argocd/kwok-stages.yaml" },
};

/** A cluster that the real Argo CD keeps as a local git repository says. */
export class SyncedCluster {
  readonly effects: Effect[] = [];

  private constructor(
    private readonly model: Model,
    readonly cluster: Cluster,
    readonly repository: PlatformRepository,
  ) {}

  /** What Ansible and Terraform have made is there, Argo CD with the settings of the tree, and nothing of the tree yet. */
  static async start(topology: string): Promise<SyncedCluster> {
    const { tree } = compile("topology.yaml", topology);
    if (!tree) throw new Error("the topology is not valid");
    const { files, model } = tree;
    const repository = new PlatformRepository();
    const cluster = await Cluster.start(model.network.services, FLAGS);
    const synced = new SyncedCluster(model, cluster, repository);
    try {
      await repository.init(model.git.url);
      await repository.commit("the 14 nodes", topology);
      await furnish(cluster, model, files);
      const values = parse(await repository.committed(`${model.paths.ansible}/values/argo-cd.yml`));
      await startArgoCd(cluster, values.configs.cm);
      cluster.beside("hooks", ["kubectl", "--kubeconfig", cluster.kubeconfig, ...watchHooks()]);
    } catch (error) {
      await synced.stop();
      throw error;
    }
    return synced;
  }

  async stop(): Promise<void> {
    await this.cluster.stop();
    this.repository.remove();
  }

  /** What a person does by hand, once: the app of apps is applied. */
  root(): Promise<Effect> {
    return this.follow("root.yaml", async () => {
      const input = await this.repository.committed(`${this.model.paths.kubernetes}/argocd/root.yaml`);
      await this.cluster.kubectl(["apply", "--server-side", "--filename", "-"], { input });
      return this.repository.head();
    });
  }

  /** Edits topology.yaml, commits it with its tree, and waits until the cluster is as they say. */
  commit(subject: string, topology: string): Promise<Effect> {
    return this.follow(subject, () => this.repository.commit(subject, topology));
  }

  /** Reverts the last commit. */
  revert(subject: string): Promise<Effect> {
    return this.follow(`revert: ${subject}`, () => this.repository.revert());
  }

  /** Takes what may change a commit, and waits until Argo CD has done what there is to do. */
  async follow(subject: string, change: () => Promise<string>, isDone = isAllSettled): Promise<Effect> {
    const [before, pods, hook] = [await applications(this.cluster), await this.pods(), await this.hook()];
    const commit = await change();
    const start = Date.now();
    await refresh(this.cluster);
    const all = await this.untilApplications(`${subject} is synced`, (now) => isDone(now, commit));
    const seconds = Math.round((Date.now() - start) / 1000);
    const remaining = await this.pods();
    const gone = [...pods].filter(([uid]) => !remaining.has(uid)).map(([, name]) => name);
    const effect = {
      subject,
      applications: synced(before, all),
      pods: [...new Set(gone)].sort(),
      configured: (await this.hook()) !== hook,
      seconds,
    };
    this.effects.push(effect);
    return effect;
  }

  /** Waits for the Applications to be so. Meanwhile what stands in for other controllers does its part. */
  async untilApplications(what: string, areSo: (all: readonly Application[]) => boolean): Promise<Application[]> {
    let all: Application[] = [];
    const condition = async () => {
      await provisionVolumes(this.cluster);
      await buildLoadBalancer(this.cluster);
      await reportReady(this.cluster);
      all = await applications(this.cluster);
      return areSo(all);
    };
    await this.cluster.until(what, 900, condition).catch((error: Error) => {
      throw new Error(`${error.message}\n${table(all)}`);
    });
    return all;
  }

  /**
   * The Jobs of the last sync that had hooks, `PreSync Succeeded`. Argo CD may look again right after a sync, before it has seen
   * what that made, and heal nothing: then the Application says no more of the hooks.
   */
  async hooks(application: string): Promise<string[]> {
    let last: string[] = [];
    await this.cluster.until(`the hooks of ${application} end`, 30, async () => {
      const lines = readFileSync(this.cluster.path("hooks.log"), "utf8").split("\n");
      const line = lines.findLast((text) => text.startsWith(`${application}: Job `)) ?? "";
      last = line
        .split(": ")
        .slice(1)
        .filter(Boolean)
        .map((job) => job.replace(/^Job /, ""));
      return !line.includes("Running");
    });
    return last;
  }

  /** One field of an object, `deployment/auth`, as text; nothing where there is none. */
  field(namespace: string, object: string, path: string): Promise<string> {
    return this.cluster.kubectl(["--namespace", namespace, "get", object, "--output", `jsonpath={${path}}`]);
  }

  /** The workload of each pod that is meant to stay, by the pod's uid. */
  private async pods(): Promise<Map<string, string>> {
    const all = await this.cluster.list<Pod>("pods");
    const lasting = all.filter(({ metadata }) => metadata.ownerReferences?.[0]?.kind !== "Job");
    return new Map(lasting.map(({ metadata: { uid, labels } }) => [uid, labels["app.kubernetes.io/name"] ?? ""]));
  }

  /** The Job of the last run of Ansible. */
  private async hook(): Promise<string> {
    const name = ["--namespace", "ansible", "get", "job", "cluster-configuration"];
    return this.cluster.kubectl([...name, "--ignore-not-found", "--output", "jsonpath={.metadata.uid}"]);
  }
}

/** A line whenever an Application changes: its name, then the Jobs of its sync, `auth: Job PostSync Succeeded: `. */
function watchHooks(): string[] {
  const job = '{{if eq .kind "Job"}}Job {{.syncPhase}} {{.hookPhase}}: {{end}}';
  const jobs = `{{with .operationState}}{{with .syncResult}}{{range .resources}}${job}{{end}}{{end}}{{end}}`;
  const line = `go-template={{.metadata.name}}: {{with .status}}${jobs}{{end}}{{"\\n"}}`;
  return ["--namespace", NAMESPACE, "get", "applications.argoproj.io", "--watch", "--output", line];
}

interface Pod {
  readonly metadata: {
    readonly uid: string;
    readonly labels: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly kind: string }[];
  };
}

function isAllSettled(all: readonly Application[], commit: string): boolean {
  return all.length > 1 && all.every((application) => isSettled(application, commit));
}

/** What the commits did, for a person to read. */
export function effectTable(effects: readonly Effect[]): string {
  const rows = effects.map(({ subject, applications, pods, configured, seconds }) => [
    subject,
    applications.length > 4 ? `${applications.length}` : applications.join(" ") || "-",
    pods.join(" ") || "-",
    configured ? "runs" : "-",
    `${seconds}`,
  ]);
  const head = ["COMMIT", "APPLICATIONS SYNCED", "PODS REPLACED", "ANSIBLE", "SECONDS"];
  return [head, ...rows]
    .map(([subject = "", ...rest]) => [subject.padEnd(44), ...rest.map((cell) => cell.padEnd(24))].join(" ").trimEnd())
    .join("\n");
}
