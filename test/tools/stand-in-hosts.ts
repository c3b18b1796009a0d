/**
 * Playbooks of the tree on hosts that are all this machine: a folder is their file system, scripts are their programs. For what
 * a playbook decides before it touches anything; what it does to real machines is shown in test/rehearsal.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as assert from "uvu/assert";
import type { Model } from "../../src/model/model.ts";
import { type AnsibleRun, readRun } from "../rehearsal/ansible-run.ts";
import { put, setMode } from "../temporary.ts";
import { run } from "./tool.ts";
import { ansibleIn, writeAnsible } from "./written-ansible.ts";

export class StandInHosts {
  private readonly tree: string;

  constructor(
    private readonly folder: string,
    model: Model,
  ) {
    this.tree = writeAnsible(folder, model);
    for (const path of ["playbooks", "playbooks/tasks"]) this.move(join(this.tree, path));
    for (const name of ["apt-get", "kubeadm", "kubectl", "kubelet", "pgrep", "ps"]) this.program(name, "exit 1");
  }

  /** Lets the playbooks of a folder work in the hosts' file system instead of this machine's. */
  private move(folder: string): void {
    for (const name of readdirSync(folder).filter((each) => each.endsWith(".yml"))) {
      const text = readFileSync(join(folder, name), "utf8");
      writeFileSync(
        join(folder, name),
        text.replace(/(?<=^|[\s[=,:'"])\/(?=(?:etc|run|var)\/)/gm, `${this.folder}/hosts/`),
      );
    }
  }

  /** Another program of the hosts: what it does, as a shell script. */
  program(name: string, script: string): void {
    put(this.folder, `bin/${name}`, `#!/bin/sh\necho "${name} $*" >>${this.folder}/calls\n${script}\n`);
    setMode(this.folder, `bin/${name}`, 0o755);
  }

  /** A file of the hosts, by its path there. */
  put(path: string, text: string): void {
    put(this.folder, `hosts${path}`, text);
  }

  /** Which machine the kubelet says that it is. */
  machineIs(providerID: string): void {
    this.put("/etc/kubernetes/kubelet.conf.d/10-topology.conf", JSON.stringify({ providerID }));
  }

  has(path: string): boolean {
    return existsSync(join(this.folder, `hosts${path}`));
  }

  /** What programs have been called with, line by line. */
  get calls(): string[] {
    const path = join(this.folder, "calls");
    return existsSync(path) ? readFileSync(path, "utf8").trimEnd().split("\n") : [];
  }

  async play(name: string, ...args: readonly string[]): Promise<AnsibleRun> {
    const start = Date.now();
    const { cwd, env } = ansibleIn(this.tree);
    const here = ["-e", JSON.stringify({ ansible_connection: "local", ansible_become: false })];
    const { code, stdout, stderr } = await run("ansible-playbook", [...here, ...args, `playbooks/${name}.yml`], {
      ...(cwd === undefined ? {} : { cwd }),
      env: { ...env, HOME: this.folder, PATH: `${join(this.folder, "bin")}:${process.env["PATH"]}` },
      seconds: 300,
    });
    return readRun(name, code, (Date.now() - start) / 1000, stdout + stderr);
  }
}

/** It came to an end of itself, and said this, over however many lines. */
export function refused({ name, code, output }: AnsibleRun, sentence: string): void {
  assert.ok(code !== 0 && code !== null, `${name}: exit code ${code}`);
  const said = output.replaceAll(/\s+/g, " ");
  assert.ok(said.includes(sentence), `${name} says nothing of "${sentence}":\n${output.slice(-4000)}`);
}
