/** Runs `ansible-playbook` as a person or the hook would, in the hosts' network. */
import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { appendFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findTool, killGroup } from "../tools/tool.ts";
import { type AnsibleRun, readRun } from "./ansible-run.ts";
import { credentialProvider, helmArchive } from "./supplies.ts";

export interface Playbook {
  /** As the report calls the run; the playbook's name where it is left out. */
  readonly as?: string;
  readonly args?: readonly string[];
  /** Kills the run, and all that it has started here, when this says so of what has been printed. */
  readonly until?: (output: string) => boolean;
}

interface Setting {
  readonly name: string;
  readonly how: Playbook;
  /** Two digits: the log's place among those of the rehearsal. */
  readonly number: string;
  /** The generated tree. */
  readonly tree: string;
  /** The rehearsal's. */
  readonly folder: string;
  /** The process whose network namespace it is. */
  readonly network: string;
}

/** The longest that a run may take, in milliseconds. */
const LIMIT = 60 * 60_000;

export async function runPlaybook(setting: Setting): Promise<AnsibleRun> {
  const { name, how, number, folder } = setting;
  const { as = name, args = [], until } = how;
  const log = join(folder, `${number}-${as.replaceAll(/[^\w-]+/g, "-")}.log`);
  const start = Date.now();
  const child = startPlaybook(setting, ["--private-key", join(folder, "key"), ...checksums(), ...args]);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      appendFileSync(log, text);
      if (process.env["TOPOGEN_WATCH"] === "1") process.stdout.write(text);
      if (until?.(output)) killGroup(child.pid);
    });
  }
  const timer = setTimeout(() => killGroup(child.pid), LIMIT);
  const [code] = await once(child, "close");
  clearTimeout(timer);
  return readRun(as, code, (Date.now() - start) / 1000, output);
}

/** In a process namespace of its own: nothing of it outlives it, ssh's connections neither. */
function startPlaybook({ name, tree, folder, network }: Setting, args: readonly string[]): ChildProcess {
  const alone = ["unshare", "--pid", "--fork", "--kill-child"];
  const program = findTool("ansible-playbook") ?? "ansible-playbook";
  const words = ["--target", network, "--net", ...alone, program, ...args, `playbooks/${name}.yml`];
  return spawn("nsenter", words, {
    cwd: tree,
    env: { ...process.env, ...environment(folder) },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
}

/** What is a stand-in of a download has another checksum: these are the only variables that the playbooks are given. */
function checksums(): string[] {
  const sum = (content: Buffer | string): string => createHash("sha256").update(content).digest("hex");
  const variables = {
    helm_checksum: `sha256:${sum(readFileSync(helmArchive))}`,
    ecr_credential_provider_checksum: `sha256:${sum(credentialProvider)}`,
  };
  return ["--extra-vars", JSON.stringify(variables)];
}

/** Keys of hosts and connections belong to the rehearsal: an address is another machine in the next one. */
function environment(folder: string): Record<string, string> {
  const known = `-o UserKnownHostsFile=${join(folder, ".ssh/known_hosts")} -o GlobalKnownHostsFile=/dev/null`;
  return {
    HOME: folder,
    ANSIBLE_SSH_CONTROL_PATH_DIR: join(folder, "s"),
    ANSIBLE_SSH_EXTRA_ARGS: known,
    ANSIBLE_SFTP_EXTRA_ARGS: known,
    ANSIBLE_NOCOLOR: "1",
  };
}
