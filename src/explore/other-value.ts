import type { Leaf } from "./leaves.ts";
import { lookup } from "../lookup.ts";
import { instanceTypes } from "../model/catalogue/instances.ts";
import { builtInRoles } from "../model/built-in-roles.ts";
import { declarationOf, formsOf } from "../schema/path.ts";
import { isOfType, type Subschema, valueAt } from "../schema/tree.ts";

/** A place in the topology, and the value that stands there: undefined where none does. */
type Place = Pick<Leaf, "path" | "value">;

/** How many are tried: what depends on a value of a long list, such as an instance type, shows within so many. */
export const MOST_OTHERS = 8;

/** Other values that could stand at a place of the topology: of the same kind, and names of things that exist. */
export function otherValues(topology: unknown, { path, value }: Place): readonly unknown[] {
  const known = declarationOf(path.map(String));
  if ("unknown" in known) return [];
  const forms = formsOf(known.schema);
  const siblings = valueAt(topology, path.slice(0, -1));
  const taken: readonly unknown[] = Array.isArray(siblings) ? siblings : [value ?? known.schema.default];
  const candidates = [...new Set(candidatesFor(topology, { path, value }, known.schema))];
  return candidates
    .filter((other) => !taken.includes(other) && forms.some((form) => fits(form, other)))
    .slice(0, MOST_OTHERS);
}

function candidatesFor(topology: unknown, { path, value }: Place, schema: Subschema): readonly unknown[] {
  const choices = formsOf(schema).flatMap((form) => form.enum ?? []);
  const { default: usual, examples = [] } = schema;
  if (Array.isArray(value)) return otherLists(topology, path, value);
  if (typeof value === "object") return [];
  if (value === undefined) {
    const likeUsual = usual === undefined ? [] : candidatesFor(topology, { path, value: usual }, schema);
    return [...likeUsual, ...examples, ...choices, ...namesLike(topology, path, value), ...booleans(schema)];
  }
  if (typeof value === "boolean") return [!value];
  if (typeof value === "number") return [value + 1, value - 1, value * 2, ...examples];
  return [...choices, ...namesLike(topology, path, value), ...textsLike(String(value)), ...examples];
}

function booleans({ type }: Subschema): readonly boolean[] {
  return type === "boolean" ? [true, false] : [];
}

/** One item fewer, another last one, one more. */
function otherLists(topology: unknown, path: Leaf["path"], items: readonly unknown[]): readonly unknown[] {
  const last = [...path, items.length - 1];
  const others = items.length > 0 ? otherValues(topology, { path: last, value: items.at(-1) }) : [];
  const fewer = items.map((_, at) => items.toSpliced(at, 1));
  return [...fewer, ...others.flatMap((other) => [[...items, other], items.with(-1, other)])];
}

/** The names that could stand in the place of one: of groups, of roles, of instance types, of what a service uses. */
function namesLike(topology: unknown, path: Leaf["path"], value: unknown): readonly string[] {
  const namesIn = (key: string) => Object.keys(lookup(topology as Readonly<Record<string, object>>, key) ?? {});
  switch (path.at(-1)) {
    case "role":
      return [...builtInRoles.filter((role) => role !== "control-plane"), ...namesIn("roles")];
    case "on":
      return namesIn("nodes");
    case "instance":
      return largerFirst(String(value));
    case "registry":
      return ["ghcr/acme", "dockerhub/acme", "ecr"];
    default:
      return path.at(-2) === "uses" ? usable(namesIn, String(value)) : [];
  }
}

/** First those of the same kind. */
function usable(namesIn: (key: string) => readonly string[], name: string): readonly string[] {
  const kinds = [...["services", "datastores", "buckets"].map(namesIn), ["internet"]];
  const own = kinds.filter((names) => names.includes(name));
  return [...own, ...kinds.filter((names) => !own.includes(names)).map((names) => names.slice(0, 2))].flat();
}

/** The catalogue begins with the smallest type of each family. */
function largerFirst(instanceType: string): readonly string[] {
  const types = [...instanceTypes.keys()];
  const at = types.indexOf(instanceType);
  return [...types.slice(at + 1), ...types.slice(0, Math.max(at, 0))];
}

/** `1.32.2` is changed to `1.33.3` and `1.32.3`, `10.0.1.20` to `10.0.1.21`, `10.0.2.20` and so on, `info` to `info1`. */
function textsLike(text: string): readonly string[] {
  if (!/\d/.test(text)) return [`${text}1`, `x${text}`];
  const plusOne = (digits: string): string => String(Number(digits) + 1).padStart(digits.length, "0");
  const each = Array.from(text.matchAll(/\d+/g), ({ 0: digits, index }) => {
    return text.slice(0, index) + plusOne(digits) + text.slice(index + digits.length);
  }).toReversed();
  if (/^\d+\.\d+\.\d+\.\d+/.test(text)) return each;
  if (/^v?\d+\.\d+\.\d+$/.test(text)) return [text.replace(/(?<=\.)\d+/g, plusOne), ...each.slice(0, 1)];
  const double = (digits: string): string => String(2 * Number(digits));
  return [...each.slice(0, 1), /^\d+(m|[KMG]i)?$/.test(text) ? text.replace(/\d+/, double) : `${text}x`];
}

/** Whether the schema lets a value stand there, as far as one value alone can tell. */
function fits(schema: Subschema, value: unknown): boolean {
  if (schema.const !== undefined) return false;
  if (schema.enum) return schema.enum.includes(value);
  if (schema.type !== undefined && !isOfType(value, schema.type)) return false;
  if (typeof value === "string")
    return value.length <= (schema.maxLength ?? Infinity) && new RegExp(schema.pattern ?? "").test(value);
  if (typeof value === "boolean" || isOfType(value, "object")) return true;
  const size = Array.isArray(value) ? value.length : Number(value);
  const { minimum = schema.minItems ?? -Infinity, maximum = schema.maxItems ?? Infinity } = schema;
  return size >= minimum && size <= maximum;
}

/**
 * The tree with other values in some places. One that is undefined goes, from its map or its list; the maps that are missing
 * above one come.
 */
export function withValues(tree: unknown, leaves: readonly Place[]): unknown {
  const copy = structuredClone(tree);
  for (const { path, value } of leaves) {
    const parent = path.slice(0, -1).reduce<Record<string | number, unknown>>(
      (node, key) => {
        return (node[key] ??= {}) as Record<string | number, unknown>;
      },
      copy as Record<string, unknown>,
    );
    const key = path.at(-1) as string;
    if (value !== undefined) parent[key] = value;
    else if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  }
  return copy;
}
