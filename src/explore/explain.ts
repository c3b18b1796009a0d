/** What can stand at a path of the topology, in words. */
import { inlineText } from "../output/yaml-scalar.ts";
import { formsOf, type Known } from "../schema/path.ts";
import { settled, type Subschema } from "../schema/tree.ts";

/** What the user's own topology says of the path. */
export interface Present {
  readonly value: unknown;
  /** `topology.yaml:69` */
  readonly place: string;
}

/** One fact a line, and the keys below if it has any. `actors` are who acts when the value changes. */
export function explanation(path: string, known: Known, present: Present | null, actors: readonly string[]): string {
  const { schema } = known;
  const facts: readonly (readonly [label: string, text: string | null])[] = [
    ["Type", typeText(schema)],
    ["Default", defaultText(known)],
    ["Example", schema.examples ? valueText(schema.examples[0]) : null],
    ["Now", present ? `${valueText(present.value)} (${present.place})` : null],
  ];
  const lines = facts.flatMap(([label, text]) => (text === null ? [] : [`  ${label.padEnd(9)}${text}`]));
  const keys = formsOf(schema).flatMap(keysText);
  return [
    path,
    ...(schema.description ? [`  ${schema.description}`] : []),
    "",
    ...lines,
    ...(keys.length > 0 ? ["", "Keys:", ...keys] : []),
    ...(actors.length > 0 ? ["", "When it changes:", ...actors.map((actor) => `  ${actor}`)] : []),
  ].join("\n");
}

function defaultText({ schema, isRequired, isNamedByUser }: Known): string {
  if (isRequired) return "none: it is required";
  if (isNamedByUser) return "none: it is there if you write it";
  if (schema.default !== undefined) return `${valueText(schema.default)} (schema/topology.schema.json)`;
  const [, words] = /Default:? (.*?)\.(?: |$)/.exec(schema.description ?? "") ?? [];
  return words ?? "left out: there is none";
}

/** `one of: a, b`, `integer, 1 to 200`, `text that matches ^v`, `list of text`, `map` */
function typeText(schema: Subschema): string {
  if (schema.oneOf) return formsOf(schema).map(typeText).join(", or ");
  if (schema.const !== undefined) return `always ${valueText(schema.const)}`;
  if (schema.enum) return `one of: ${schema.enum.map(valueText).join(", ")}`;
  if (schema.type === "array") {
    return `list${range(schema.minItems, schema.maxItems)}, of ${typeText(settled(schema.items ?? {}, undefined))}`;
  }
  if (schema.type === "object") return schema.additionalProperties ? "map of names that you choose" : "map";
  if (schema.type === "string") return schema.pattern ? `text that matches ${schema.pattern}` : "text";
  return `${schema.type ?? "any value"}${range(schema.minimum, schema.maximum)}`;
}

function range(least: number | undefined, most: number | undefined): string {
  if (most === undefined) return least === undefined ? "" : `, at least ${least}`;
  return least === undefined ? `, at most ${most}` : `, ${least} to ${most}`;
}

function keysText({ properties = {}, required = [] }: Subschema): readonly string[] {
  return Object.entries(properties).map(([key, { description = "" }]) => {
    const words = required.includes(key) ? `Required. ${description}` : description;
    return `  ${key.padEnd(16)}${words}`;
  });
}

function valueText(value: unknown): string {
  return typeof value === "string" ? inlineText(value) : JSON.stringify(value);
}
