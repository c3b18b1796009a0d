/** What `ansible-playbook` printed: the counts of its recap, and which tasks changed something. */

export interface HostCounts {
  readonly ok: number;
  readonly changed: number;
  readonly unreachable: number;
  readonly failed: number;
}

export interface AnsibleRun {
  readonly name: string;
  readonly code: number | null;
  readonly seconds: number;
  /** By host. */
  readonly recap: Readonly<Record<string, HostCounts>>;
  /** `task: host` */
  readonly changes: readonly string[];
  readonly output: string;
}

export function readRun(name: string, code: number | null, seconds: number, output: string): AnsibleRun {
  return { name, code, seconds, recap: readRecap(output), changes: readChanges(output), output };
}

function readRecap(output: string): Record<string, HostCounts> {
  const lines = output.matchAll(/^(\S+) +: ok=(\d+) +changed=(\d+) +unreachable=(\d+) +failed=(\d+)/gm);
  return Object.fromEntries(
    Array.from(lines, ([, host = "", ...counts]) => {
      const [ok = 0, changed = 0, unreachable = 0, failed = 0] = counts.map(Number);
      return [host, { ok, changed, unreachable, failed }];
    }),
  );
}

function readChanges(output: string): string[] {
  let task = "";
  const changes: string[] = [];
  for (const line of output.split("\n")) {
    task = /^(?:TASK|RUNNING HANDLER) \[(.*)\]/.exec(line)?.[1] ?? task;
    const host = /^changed: \[([^\] ]+)/.exec(line)?.[1];
    if (host !== undefined) changes.push(`${task}: ${host}`);
  }
  return [...new Set(changes)];
}

/** The hosts on which a run changed something. */
export function changedHosts(run: AnsibleRun): string[] {
  return Object.keys(run.recap).filter((host) => (run.recap[host]?.changed ?? 0) > 0);
}

/** Host, ok, changed, failed: one line a host, per run. */
export function reportOf(runs: readonly AnsibleRun[]): string {
  const lines = runs.flatMap(({ name, seconds, code, recap }) => [
    `${name}: ${(seconds / 60).toFixed(1)} min${code === 0 ? "" : `, exit code ${code}`}`,
    ...Object.entries(recap).map(([host, { ok, changed, unreachable, failed }]) => {
      const numbers = [ok, changed, failed + unreachable].map((count) => String(count).padStart(5));
      return `  ${host.padEnd(16)} ok ${numbers[0]}  changed ${numbers[1]}  failed ${numbers[2]}`;
    }),
  ]);
  return lines.join("\n");
}
