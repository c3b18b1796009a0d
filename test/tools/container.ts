import type { IContainer } from "kubernetes-models/v1";
import { succeed } from "./tool.ts";

/** What is different on this machine. */
export interface Surroundings {
  /** Folders, hosts and ports in the container's command, and what stands in for them. */
  readonly places: Readonly<Record<string, string>>;
  /** Variables that differ here, such as a host's name. */
  readonly env: Readonly<Record<string, string>>;
  /** The values of the secret that the container's variables come from, by key. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** Runs what a container would run, as a process of this machine: its command, with its variables. */
export function runContainer({ command = [], env = [] }: IContainer, around: Surroundings): Promise<string> {
  const values = env.map(({ name, value, valueFrom }) => [
    name,
    value ?? around.secrets[valueFrom?.secretKeyRef?.key ?? ""] ?? "",
  ]);
  const variables: Record<string, string> = { ...Object.fromEntries(values), ...around.env };
  const [program = "", ...args] = command.map((word) => relocated(expanded(word, variables), around.places));
  return succeed(program, args, { env: variables, seconds: 60 });
}

/** What the kubelet makes of a word: `$(NAME)` is a variable if there is one of that name, `$$` is `$`. */
export function expanded(word: string, variables: Readonly<Record<string, string>>): string {
  return word.replace(/\$(\$|\(([^)]*)\))/g, (whole, next: string, name?: string) =>
    next === "$" ? "$" : (variables[name ?? ""] ?? whole),
  );
}

function relocated(word: string, places: Surroundings["places"]): string {
  return Object.entries(places).reduce((text, [there, here]) => text.replaceAll(there, here), word);
}
