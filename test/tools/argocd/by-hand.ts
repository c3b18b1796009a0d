import { readFileSync } from "node:fs";
import type { KubernetesApi } from "../kubernetes-api.ts";
import { succeed } from "../tool.ts";

/** What a person does to an Application, by words of the command that docs/argocd.md gives for it. */
const COMMANDS = {
  /** Starts a sync. */
  sync: '"path": "/operation"',
  /** Ends the sync that runs. */
  end: '"phase": "Terminating"',
  /** Agrees to what it waits for. */
  agree: "argocd.argoproj.io/deletion-approved=",
} as const;

/** Runs the command as it stands there, for this Application. */
export async function byHand(cluster: KubernetesApi, act: keyof typeof COMMANDS, application: string): Promise<void> {
  const page = readFileSync("docs/argocd.md", "utf8");
  const commands = Array.from(page.matchAll(/^```sh\n([^]*?)^```$/gm), ([, command = ""]) => command);
  const command = commands.find((text) => text.includes(COMMANDS[act]));
  if (!command?.includes(" application ")) throw new Error(`docs/argocd.md does not say how: ${act}`);
  const text = command.replace(/ application [a-z-]+/, ` application ${application}`);
  await succeed("bash", ["-ec", text], { env: { KUBECONFIG: cluster.kubeconfig } });
}
