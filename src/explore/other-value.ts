import type { Leaf } from "./leaves.ts";
import { lookup } from "../lookup.ts";
import { instanceTypes } from "../model/catalogue/instances.ts";
import { builtInRoles } from "../model/built-in-roles.ts";
import { schemaAt } from "../schema/tree.ts";

/** Other values that could stand at a place of the topology: of the same kind, and names of things that exist. */
export function otherValues(topology: unknown, { path, value }: Leaf): readonly unknown[] {
  if (typeof value === "boolean") return [!value];
  if (typeof value === "number") return [value + 1, value - 1];
  const { enum: choices = [] } = schemaAt(topology, path);
  return [...choices, ...namesLike(topology, path, value), ...textsLike(String(value))].filter(
    (other) => other !== value,
  );
}

/** The names that could stand in the place of one: of groups, of roles, of instance types, of what a service uses. */
function namesLike(topology: unknown, path: Leaf["path"], value: unknown): readonly string[] {
  const namesIn = (key: string) => Object.keys(lookup(topology as Readonly<Record<string, object>>, key) ?? {});
  switch (path.at(-1)) {
    case "role":
      return builtInRoles.filter((role) => role !== "control-plane");
    case "on":
      return namesIn("nodes");
    case "instance":
      return largerFirst(String(value));
    default:
      if (path.at(-2) !== "uses") return [];
      return ["services", "datastores", "buckets"].map(namesIn).find((names) => names.includes(String(value))) ?? [];
  }
}

/** The catalogue begins with the smallest type of each family. */
function largerFirst(instanceType: string): readonly string[] {
  const types = [...instanceTypes.keys()];
  const at = types.indexOf(instanceType);
  return [...types.slice(at + 1), ...types.slice(0, at)];
}

/** `1.32.2` is changed to `1.33.3` and `1.32.3`, `10.0.1.20` to `10.0.1.21`, `info` to `info1`. */
function textsLike(text: string): readonly string[] {
  if (!/\d/.test(text)) return [`${text}1`];
  const plusOne = (digits: string): string => String(Number(digits) + 1).padStart(digits.length, "0");
  const last = text.replace(/\d+(?=\D*$)/, plusOne);
  return /^v?\d+\.\d+\.\d+$/.test(text) ? [text.replace(/(?<=\.)\d+/g, plusOne), last] : [last];
}

/** The tree with other values in some places. */
export function withValues(tree: unknown, leaves: readonly Leaf[]): unknown {
  const copy = structuredClone(tree);
  for (const { path, value } of leaves) {
    const parent = path.slice(0, -1).reduce<unknown>((node, key) => (node as Record<string, unknown>)[key], copy);
    (parent as Record<string, unknown>)[path.at(-1) as string] = value;
  }
  return copy;
}
