import { mkdirSync, writeFileSync } from "node:fs";
import type { Host } from "../tools/argocd/argocd.ts";
import { KubernetesApi } from "../tools/kubernetes-api.ts";
import { findTool } from "../tools/tool.ts";
import type { Rehearsal } from "./rehearsal.ts";

/** A rehearsal's cluster for kubectl and servers of this machine: they run in the hosts' network, with the administrator's rights. */
export class RehearsedCluster extends KubernetesApi implements Host {
  private constructor(private readonly rehearsal: Rehearsal) {
    super(rehearsal.path("beside/admin.kubeconfig"), rehearsal.within);
  }

  static async of(rehearsal: Rehearsal): Promise<RehearsedCluster> {
    const { endpoint } = rehearsal.model.kubernetes;
    const node = rehearsal.model.nodes.find(({ controlPlane }) => controlPlane);
    const { stdout } = await rehearsal.on(node?.name ?? "", ["cat", "/etc/kubernetes/admin.conf"]);
    const cluster = new RehearsedCluster(rehearsal);
    mkdirSync(rehearsal.path("beside"));
    // The hosts know the endpoint's name, this machine does not.
    const text = stdout.replace(`https://${endpoint.host}:`, `https://${node?.address}:`);
    writeFileSync(cluster.kubeconfig, text, { mode: 0o600 });
    return cluster;
  }

  async beside(name: string, [program = "", ...args]: readonly string[], env = {}): Promise<void> {
    const variables = Object.entries(env).map(([key, value]) => `${key}=${value}`);
    await this.rehearsal.beside(name, ["env", ...variables, findTool(program) ?? program, ...args]);
  }

  path(name: string): string {
    return this.rehearsal.path("beside", name);
  }
}
