/**
 * A cluster that the generated playbooks bring up on this machine: one booted Debian a node, the real programs, and stand-ins
 * for what cannot be had (README.md). All of it is in one folder and one network namespace, and ends with `stop`.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { parse, stringify } from "yaml";
import type { Model } from "../../src/model/model.ts";
import { resolve } from "../../src/model/resolve.ts";
import type { Topology } from "../../src/topology.ts";
import { run, type RunResult, succeed } from "../tools/tool.ts";
import { type AnsibleRun, reportOf } from "./ansible-run.ts";
import { makeOutside, tellOutside } from "./outside.ts";
import { type Playbook, runPlaybook } from "./playbook.ts";
import { rootfs, supplies } from "./supplies.ts";

export interface Release {
  readonly component: string;
  readonly name: string;
  readonly chart: string;
  readonly version: string;
  readonly namespace: string;
}

export class Rehearsal {
  private readonly folder = mkdtempSync(join(tmpdir(), "rehearsal-"));
  private network = "";
  private topology: Topology;
  readonly runs: AnsibleRun[] = [];
  /** Node -> how often another machine has taken its place. */
  private readonly replaced = new Map<string, number>();

  private constructor(topology: Topology) {
    this.topology = topology;
  }

  /** Renders the tree, and boots a host for each node of its inventory. Images beside those of Kubernetes: supplies/images.py. */
  static async start(topology: Topology, images: readonly string[] = []): Promise<Rehearsal> {
    const rehearsal = new Rehearsal(topology);
    try {
      await rehearsal.begin(images);
    } catch (error) {
      await rehearsal.stop();
      throw error;
    }
    return rehearsal;
  }

  private async begin(images: readonly string[]): Promise<void> {
    mkdirSync(this.path(".ssh"), { mode: 0o700 });
    await succeed("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "rehearsal", "-f", this.path("key")]);
    await this.change(this.topology);
    await makeOutside(this.folder, this.model, images);
    this.network = (await this.hosts("network")).trim();
    await this.hosts("launch", "names", join(supplies, "bin/coredns"), "-conf", this.path("Corefile"));
    await this.hosts("launch", "outside", "python3", join(HERE, "outside.py"), this.folder);
    await this.boot(...this.names);
  }

  /** Renders the tree of another topology; the person who rehearses may log in, too. */
  async change(topology: Topology): Promise<void> {
    const key = readFileSync(this.path("key.pub"), "utf8").trim();
    this.topology = { ...topology, access: { ...topology.access, keys: [...(topology.access?.keys ?? []), key] } };
    writeFileSync(this.path("topology.yaml"), stringify(this.topology));
    await succeed("node", ["dist/topogen.js", "gen", "--file", this.path("topology.yaml")]);
    if (this.network !== "") this.tellOutside();
  }

  private tellOutside(): void {
    const machines = Object.fromEntries(this.names.map((name) => [this.inventory.get(name), this.machineOf(name)]));
    tellOutside(this.folder, this.model, machines);
  }

  /** How many machines have been this node before. */
  machineOf(name: string): number {
    return this.replaced.get(name) ?? 0;
  }

  get model(): Model {
    return resolve(this.topology);
  }

  /** Node -> address, as the generated inventory has them. */
  get inventory(): ReadonlyMap<string, string> {
    const text = readFileSync(this.path(this.model.paths.ansible, "inventory/hosts.ini"), "utf8");
    return new Map(
      Array.from(text.matchAll(/^(\S+) ansible_host=(\S+)$/gm), ([, name = "", address = ""]) => [name, address]),
    );
  }

  get names(): string[] {
    return [...this.inventory.keys()];
  }

  /** The Helm releases that the tree installs. */
  get releases(): readonly Release[] {
    const { helm_releases: releases } = this.treeFile("inventory/group_vars/all/topology.yml");
    return Object.keys(releases).map((component) => ({ component, ...releases[component] }));
  }

  valuesOf(component: string): any {
    return this.treeFile(`values/${component}.yml`);
  }

  private treeFile(path: string): any {
    return parse(readFileSync(this.path(this.model.paths.ansible, path), "utf8"), { version: "1.1" });
  }

  async boot(...names: readonly string[]): Promise<void> {
    for (const name of names) await this.hosts("up", name, this.inventory.get(name) ?? "");
  }

  /** A power cut of one host. */
  async cut(name: string): Promise<void> {
    await this.hosts("unplug", name);
  }

  /** Another machine of the same name and address, with an empty disk and an id of its own. */
  async replace(name: string): Promise<void> {
    await this.hosts("discard", name);
    this.replaced.set(name, this.machineOf(name) + 1);
    this.tellOutside();
    await this.boot(name);
  }

  /** Runs a command on a host, whatever its exit code is. */
  on(host: string, command: readonly string[], seconds = 120): Promise<RunResult> {
    return run(join(HERE, "hosts.sh"), ["run", host, ...command], { env: this.environment, seconds });
  }

  /** Runs kubectl on a control-plane node, the first where none is said. */
  async kubectl(
    args: readonly string[],
    host = this.model.nodes.find(({ controlPlane }) => controlPlane)?.name ?? "",
  ): Promise<string> {
    const { code, stdout, stderr } = await this.on(host, [
      "kubectl",
      "--kubeconfig=/etc/kubernetes/admin.conf",
      ...args,
    ]);
    if (code !== 0) throw new Error(`kubectl ${args.join(" ")}: ${stderr}`);
    return stdout;
  }

  /** For programs on this machine: the words before their own that bring them into the hosts' network. */
  get within(): readonly string[] {
    return ["nsenter", "--target", this.network, "--net"];
  }

  /** Starts a program beside the hosts, in their network. It ends with them, and its log has the name. */
  async beside(name: string, command: readonly string[]): Promise<void> {
    await this.hosts("launch", name, ...command);
  }

  /** The objects of a kind, in all namespaces. */
  async list<T = any>(kind: string): Promise<T[]> {
    return JSON.parse(await this.kubectl(["get", kind, "--all-namespaces", "--output=json"])).items;
  }

  /** Waits for a condition, asking every second; what it throws counts as no. */
  async until(what: string, seconds: number, condition: () => Promise<boolean>): Promise<void> {
    const end = Date.now() + seconds * 1000;
    while (!(await condition().catch(() => false))) {
      if (Date.now() > end) throw new Error(`not after ${seconds} s: ${what}`);
      await sleep(1000);
    }
  }

  /** Runs a playbook of the generated tree over ssh, from within the hosts' network. */
  async playbook(name: string, how: Playbook = {}): Promise<AnsibleRun> {
    const number = String(this.runs.length + 1).padStart(2, "0");
    const tree = this.path(this.model.paths.ansible);
    const result = await runPlaybook({ name, how, number, tree, folder: this.folder, network: this.network });
    this.runs.push(result);
    return result;
  }

  private get environment(): Record<string, string> {
    return { FOLDER: this.folder, ROOTFS: rootfs };
  }

  private hosts(...args: readonly string[]): Promise<string> {
    return succeed(join(HERE, "hosts.sh"), args, { env: this.environment, seconds: 180 });
  }

  get report(): string {
    return reportOf(this.runs);
  }

  /** Ends everything. With TOPOGEN_KEEP=1, hosts and logs stay, and it says how to end them. */
  async stop(): Promise<void> {
    if (process.env["TOPOGEN_KEEP"] === "1") {
      console.log(`kept; to end it: FOLDER=${this.folder} ROOTFS=${rootfs} ${join(HERE, "hosts.sh")} stop`);
    } else {
      await this.hosts("stop");
      rmSync(this.folder, { recursive: true, force: true });
    }
  }

  path(...names: readonly string[]): string {
    return join(this.folder, ...names);
  }
}

/** The scripts are not part of the bundle. */
const HERE = "test/rehearsal";
