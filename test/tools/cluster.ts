/**
 * A real Kubernetes control plane on loopback: etcd, kube-apiserver, kube-scheduler and kube-controller-manager. kwok plays
 * the kubelets: nodes stay ready, pods run, Jobs complete, and no container is ever started.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { KubernetesApi } from "./kubernetes-api.ts";
import { findTool, killGroup, toolEnvironment } from "./tool.ts";

/** What a test declares that it needs. */
export const clusterTools = ["etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kubectl", "kwok"];

export class Cluster extends KubernetesApi {
  private readonly processes = new Map<string, ChildProcess>();

  private constructor(
    private readonly folder: string,
    private readonly more: Readonly<Record<string, Flags>>,
  ) {
    super(join(folder, "admin.kubeconfig"));
  }

  /** Starts all programs, some with more flags than usual, and resolves when the API answers. */
  static async start(serviceRange: string, more: Readonly<Record<string, Flags>> = {}): Promise<Cluster> {
    const cluster = new Cluster(mkdtempSync(join(tmpdir(), "topogen-cluster-")), more);
    try {
      await cluster.startPrograms(serviceRange);
    } catch (error) {
      await cluster.stop();
      throw error;
    }
    return cluster;
  }

  private async startPrograms(serviceRange: string): Promise<void> {
    const [client, peer, api, ...others] = await freePorts(6);
    const server = `https://127.0.0.1:${api}`;
    this.credentials(server);
    this.launch("etcd", {
      "data-dir": this.path("etcd"),
      "unsafe-no-fsync": true,
      "listen-client-urls": `http://127.0.0.1:${client}`,
      "advertise-client-urls": `http://127.0.0.1:${client}`,
      "listen-peer-urls": `http://127.0.0.1:${peer}`,
      "initial-advertise-peer-urls": `http://127.0.0.1:${peer}`,
      "initial-cluster": `default=http://127.0.0.1:${peer}`,
    });
    this.launch("kube-apiserver", {
      "etcd-servers": `http://127.0.0.1:${client}`,
      "bind-address": "127.0.0.1",
      "secure-port": api,
      "cert-dir": this.path("certificates"),
      "token-auth-file": this.path("tokens.csv"),
      "authorization-mode": "Node,RBAC",
      "endpoint-reconciler-type": "none",
      "service-cluster-ip-range": serviceRange,
      "service-account-issuer": "https://kubernetes.default.svc",
      "service-account-key-file": this.path("service-account.key"),
      "service-account-signing-key-file": this.path("service-account.key"),
    });
    await this.until("the API server", 300, async () => (await this.run(["get", "--raw", "/readyz"])).code === 0);
    this.launchControllers(others);
    await this.until("the default service account", 300, async () => {
      return (await this.run(["get", "serviceaccount", "default"])).code === 0;
    });
  }

  private launchControllers([scheduler, manager, kwok]: readonly number[]): void {
    const address = { "bind-address": "127.0.0.1" };
    writeFileSync(this.path("scheduler.json"), schedulerConfiguration(this.path("system:kube-scheduler.kubeconfig")));
    this.launch("kube-scheduler", { ...address, config: this.path("scheduler.json"), "secure-port": scheduler });
    this.launch("kube-controller-manager", {
      ...address,
      "leader-elect": false,
      kubeconfig: this.path("system:kube-controller-manager.kubeconfig"),
      "secure-port": manager,
      "use-service-account-credentials": true,
      "service-account-private-key-file": this.path("service-account.key"),
    });
    this.launch("kwok", {
      kubeconfig: this.kubeconfig,
      "manage-all-nodes": true,
      "node-lease-duration-seconds": 40,
      "server-address": `127.0.0.1:${kwok}`,
    });
  }

  /** A token for each user. The server makes its certificate itself, and nobody but this machine can reach it. */
  private credentials(server: string): void {
    const users = { admin: "system:masters", "system:kube-scheduler": "", "system:kube-controller-manager": "" };
    const tokens = Object.entries(users).map(([user, group]) => {
      const token = randomBytes(16).toString("hex");
      writeFileSync(this.path(`${user}.kubeconfig`), kubeconfig(server, token));
      return `${token},${user},${user},"${group}"\n`;
    });
    writeFileSync(this.path("tokens.csv"), tokens.join(""), { mode: 0o600 });
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    writeFileSync(this.path("service-account.key"), privateKey.export({ type: "pkcs8", format: "pem" }), {
      mode: 0o600,
    });
    mkdirSync(this.path("certificates"));
  }

  /** Waits for a condition, asking about once a second: a kubectl that starts is dear, and slows down what is waited for. */
  async until(what: string, seconds: number, condition: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + seconds * 1000;
    while (!(await condition())) {
      for (const [name, { exitCode }] of this.processes) {
        if (exitCode !== null) throw new Error(`${name} has ended: ${this.lastWords(name)}`);
      }
      if (Date.now() > end) throw new Error(`not after ${seconds} s: ${what}`);
      await sleep(1000);
    }
  }

  async stop(): Promise<void> {
    const children = [...this.processes.values()];
    const ends = children.map((child) => (child.exitCode === null ? once(child, "close") : null));
    for (const { pid } of children) killGroup(pid);
    await Promise.all(ends);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private launch(program: string, values: Flags): void {
    this.beside(program, [program, ...flags({ ...values, ...this.more[program] })]);
  }

  /** Starts a program that ends with the cluster. Its log has the name. */
  beside(name: string, [program = "", ...args]: readonly string[], env: Readonly<Record<string, string>> = {}): void {
    const child = spawn(findTool(program) ?? program, args, { detached: true, env: toolEnvironment(env) });
    const log = createWriteStream(this.path(`${name}.log`));
    child.stdout.pipe(log);
    child.stderr.pipe(log);
    this.processes.set(name, child);
  }

  private lastWords(name: string): string {
    return readFileSync(this.path(`${name}.log`), "utf8").slice(-1000);
  }

  /** A file that is gone with the cluster. */
  path(name: string): string {
    return join(this.folder, name);
  }
}

type Flags = Readonly<Record<string, string | number | boolean | undefined>>;

/** `--name=value` for each. */
export function flags(values: Flags): string[] {
  return Object.entries(values).map(([name, value]) => `--${name}=${value}`);
}

function kubeconfig(server: string, token: string): string {
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "test", cluster: { server, "insecure-skip-tls-verify": true } }],
    users: [{ name: "test", user: { token } }],
    contexts: [{ name: "test", context: { cluster: "test", user: "test" } }],
    "current-context": "test",
  });
}

/** After how many seconds, at most, the scheduler looks again at a pod for which something has changed; its default is 10. */
export const schedulerBackoff = 1;

function schedulerConfiguration(kubeconfig: string): string {
  return JSON.stringify({
    apiVersion: "kubescheduler.config.k8s.io/v1",
    kind: "KubeSchedulerConfiguration",
    clientConnection: { kubeconfig },
    leaderElection: { leaderElect: false },
    podMaxBackoffSeconds: schedulerBackoff,
  });
}

/** Ports that nothing listens on. All are held until the last is found, so that they differ. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}
