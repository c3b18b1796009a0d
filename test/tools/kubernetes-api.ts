/** What tests ask of a cluster, and tell it. */
import { run, type RunOptions, type RunResult, succeed } from "./tool.ts";

export class KubernetesApi {
  /** The words before each call of kubectl are for a cluster that can only be reached from elsewhere. */
  constructor(
    /** For the programs that take one: everything may be done with it. */
    readonly kubeconfig: string,
    private readonly before: readonly string[] = [],
  ) {}

  private command(args: readonly string[]): [string, string[]] {
    const [program = "", ...words] = [...this.before, "kubectl", "--kubeconfig", this.kubeconfig, ...args];
    return [program, words];
  }

  /** Runs kubectl, whatever its exit code is. */
  run(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
    return run(...this.command(args), { seconds: 180, ...options });
  }

  /** Runs kubectl, and rejects with what it says unless all is well. */
  kubectl(args: readonly string[], options: RunOptions = {}): Promise<string> {
    return succeed(...this.command(args), { seconds: 180, ...options });
  }

  /** The objects of a kind, in all namespaces. */
  async list<T>(kind: string): Promise<T[]> {
    return JSON.parse(await this.kubectl(["get", kind, "--all-namespaces", "--output", "json"])).items;
  }

  /** Server-side, and strict: an unknown key is an error. Resolves to the warnings. */
  async apply(objects: readonly object[]): Promise<string> {
    const input = JSON.stringify({ apiVersion: "v1", kind: "List", items: objects });
    const { code, stderr } = await this.run([...APPLY, "--filename", "-"], { input, seconds: 300 });
    if (code !== 0) throw new Error(stderr);
    return stderr;
  }

  /** Writes what a controller would, which runs on no cluster of ours. */
  async patchStatus(kind: string, { name, namespace = "" }: Identity, status: object): Promise<void> {
    const patch = ["--subresource=status", "--type=merge", `--patch=${JSON.stringify({ status })}`];
    const { code, stderr } = await this.run(["--namespace", namespace, "patch", kind, name, ...patch]);
    if (code !== 0 && !stderr.includes("NotFound")) throw new Error(stderr); // it may be gone by now
  }
}

interface Identity {
  readonly name: string;
  readonly namespace?: string;
}

const APPLY = ["apply", "--server-side", "--force-conflicts", "--validate=strict"];
