/** Looks things up in the schema: what it says of the value at a path. Used when there is something to explain. */
import schema from "../../schema/topology.schema.json";
import type { Path } from "../diagnostic.ts";
import { lookup } from "../lookup.ts";

/** The keywords that explanations are made from. */
export interface Subschema {
  readonly type?: string;
  readonly description?: string;
  readonly examples?: readonly unknown[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Subschema>>;
  readonly additionalProperties?: Subschema | false;
  readonly propertyNames?: Subschema;
  readonly items?: Subschema;
  readonly oneOf?: readonly Subschema[];
  readonly required?: readonly string[];
  readonly default?: unknown;
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly $ref?: string;
}

export const root = schema as unknown as Subschema;

/** What the schema says of the value at a path. Where there is a short and a long form, of the form that the value has. */
export function schemaAt(value: unknown, path: Path): Subschema {
  return settled(declaredAt(value, path), valueAt(value, path));
}

/** The forms (`oneOf`) that the schema lists for the value at a path, as they are written there. */
export function formsAt(value: unknown, path: Path): readonly Subschema[] {
  return followed(declaredAt(value, path)).oneOf ?? [];
}

function declaredAt(value: unknown, path: Path): Subschema {
  const last = path.at(-1);
  if (last === undefined) return root;
  const parent = schemaAt(value, path.slice(0, -1));
  return lookup(parent.properties, last) ?? parent.items ?? (parent.additionalProperties || {});
}

/** The value at a path. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(childOf, value);
}

function childOf(value: unknown, part: string | number): unknown {
  return typeof value === "object" && value !== null ? lookup(value as Record<string, unknown>, part) : undefined;
}

/** A subschema with its references followed. What stands nearer to the value's own place wins. */
function followed(subschema: Subschema): Subschema {
  const { $ref, ...own } = subschema;
  if ($ref === undefined) return subschema;
  const target = valueAt(root, $ref.split("/").slice(1)) as Subschema;
  return { ...followed(target), ...own };
}

/** A subschema with its references followed and, of its forms, the one that the value has. */
export function settled(subschema: Subschema, value: unknown): Subschema {
  const { oneOf = [], ...own } = followed(subschema);
  const form = oneOf.map(followed).find(({ type }) => type !== undefined && isOfType(value, type));
  if (!form) return oneOf.length > 0 ? { ...own, oneOf } : own;
  return own.description === undefined ? { ...own, ...form } : { ...own, ...form, description: own.description };
}

/** Whether a text or a number fits what a subschema says of one. */
export function accepts(subschema: Subschema, value: unknown): boolean {
  const { type = "", enum: choices, pattern = "", ...limits } = settled(subschema, value);
  const { maxLength = Infinity, minimum = -Infinity, maximum = Infinity } = limits;
  if (!isOfType(value, type) || (choices && !choices.includes(value))) return false;
  if (typeof value === "number") return value >= minimum && value <= maximum;
  return typeof value === "string" && value.length <= maxLength && new RegExp(pattern, "u").test(value);
}

/** Whether a value is of a type, as JSON Schema names types. */
export function isOfType(value: unknown, type: string): boolean {
  const own = typeOf(value);
  return own === type || (type === "number" && own === "integer");
}

export function typeOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return Number.isInteger(value) ? "integer" : typeof value;
}
