import { test } from "uvu";
import * as assert from "uvu/assert";
import schema from "../schema/topology.schema.json";
import type { Path } from "../src/diagnostic.ts";
import { checkSchema } from "../src/schema/schema.ts";

/** As much of JSON Schema as the topology's schema uses. */
interface Schema {
  readonly [keyword: string]: unknown;
  readonly $ref?: string;
  readonly type?: string;
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | false;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly examples?: readonly unknown[];
}

const definitions: Readonly<Record<string, Schema>> = schema.$defs as never;

function settled({ $ref, ...own }: Schema): Schema {
  return $ref === undefined ? own : { ...settled(definitions[$ref.slice("#/$defs/".length)] ?? {}), ...own };
}

/** A value with every key that the schema knows, made of its own examples. `form` chooses among short and long forms. */
function example(given: Schema, form: number): unknown {
  const { type, oneOf, properties, additionalProperties, propertyNames, items, examples } = settled(given);
  if (oneOf) return example(oneOf[Math.min(form, oneOf.length - 1)] ?? {}, form);
  if (properties)
    return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, example(value, form)]));
  if (type === "object") return { [String(exampleOf(propertyNames ?? {}))]: example(additionalProperties || {}, form) };
  return type === "array" ? [example(items ?? {}, form)] : (examples?.[0] ?? settled(given).const);
}

function exampleOf(given: Schema): unknown {
  const { examples } = settled(given);
  return examples?.[0];
}

/** A constraint, where it stands, and a value of the place that breaks it and no other. */
interface Breach {
  readonly constraint: string;
  readonly path: Path;
  readonly code: RegExp;
  readonly broken: unknown;
}

type Maker = (limit: never, value: never, here: Schema) => readonly [code: RegExp, broken: unknown] | undefined;

const many = (count: number, item: unknown): unknown[] => Array.from({ length: count }, () => item);

/** By keyword: the code of the diagnostic, and a value that breaks the constraint. */
const makers: Readonly<Record<string, Maker>> = {
  type: () => [/^wrong-type$/, 7.5],
  oneOf: () => [/^wrong-type$/, 7.5],
  const: () => [/^not-a-choice$/, "nonsense"],
  enum: () => [/^not-a-choice$/, "nonsense"],
  pattern: () => [/^bad-form$/, "\u0007"],
  minLength: () => [/^bad-form$/, ""],
  maxLength: (limit: number) => [/^too-long$/, "x".repeat(limit + 1)],
  minimum: (limit: number) => [/^too-small$/, limit - 1],
  maximum: (limit: number) => [/^too-large$/, limit + 1],
  minItems: () => [/^too-few$/, []],
  maxItems: (limit: number, [first]: unknown[], { items, uniqueItems }) => {
    const list = itemsOf(items ?? {}, first, limit + 1);
    return uniqueItems && new Set(list).size <= limit ? undefined : [/^too-many$/, list];
  },
  uniqueItems: (_: true, [first]: unknown[]) => [/^repeated-item$/, [first, first]],
  minProperties: () => [/^too-few$/, {}],
  maxProperties: (limit: number, value: object, here) => {
    const map = entriesOf(value, here, limit + 1);
    return Object.keys(map).length <= limit ? undefined : [/^too-many$/, map];
  },
  additionalProperties: (limit: unknown, value: object) =>
    limit === false ? [/^unknown-key$/, { ...value, zzz: 1 }] : undefined,
  propertyNames: (_: unknown, value: object) => [
    /^(bad-form|not-a-choice)$/,
    { ...value, "!": Object.values(value)[0] },
  ],
};

/** So many items that differ, where they can. */
function itemsOf(items: Schema, first: unknown, count: number): unknown[] {
  const choices = settled(items).enum as unknown[] | undefined;
  // Where the choices are fewer than a list may be long, it cannot be too long without repeating itself.
  if (choices) return many(count, 0).map((_, index) => choices[index % choices.length]);
  return many(count, 0).map((_, index) => (typeof first === "string" ? vary(first, index) : first));
}

/** Another text of the same form: its last digit or letter counts on. */
function vary(text: string, index: number): string {
  if (/^[A-Z_]+$/.test(text)) return `${text}${index}`;
  if (/^\d+\.\d+\.\d+\.\d+/.test(text)) return `10.${Math.floor(index / 250)}.${index % 250}.0/24`;
  return text.startsWith("ssh-")
    ? `${text}${index}`
    : text.startsWith("/")
      ? `${text}${index}`
      : `${text.slice(0, 20)}${index}`;
}

function entriesOf(value: object, here: Schema, count: number): object {
  const [[key, item] = ["x", 1]] = Object.entries(value);
  const names = settled(here.propertyNames ?? {});
  if (Array.isArray(names.enum)) return Object.fromEntries(names.enum.map((name) => [name, item]));
  const isNumber = /^\d/.test(key);
  return Object.fromEntries(
    many(count, item).map((each, index) => [isNumber ? String(index + 1) : `${key}${index}`, each]),
  );
}

function* breaches(given: Schema, path: Path, value: unknown): Iterable<Breach> {
  const here = settled(given);
  const at = `${path.join(".")}`;
  for (const [keyword, limit] of Object.entries(here)) {
    const made = makers[keyword]?.(limit as never, value as never, here);
    if (made) yield { constraint: `${at} ${keyword}`, path, code: made[0], broken: made[1] };
  }
  for (const key of here.required ?? []) {
    const { [key]: _, ...rest } = value as Record<string, unknown>;
    yield { constraint: `${at} required ${key}`, path, code: /^missing-key$/, broken: rest };
  }
  yield* inside(here, path, value);
}

function* inside(here: Schema, path: Path, value: unknown): Iterable<Breach> {
  for (const form of here.oneOf ?? []) {
    if (isOf(settled(form).type, value)) yield* breaches(form, path, value);
  }
  if (Array.isArray(value)) yield* breaches(here.items ?? {}, [...path, 0], value[0]);
  else if (typeof value === "object" && value !== null) {
    for (const [key, child] of Object.entries(value)) {
      yield* breaches(here.properties?.[key] ?? (here.additionalProperties || {}), [...path, key], child);
    }
  }
}

function isOf(type: string | undefined, value: unknown): boolean {
  if (type === "array" || Array.isArray(value)) return type === "array" && Array.isArray(value);
  return type === "integer" ? Number.isInteger(value) : type === typeof value;
}

/** The topology with another value at a place. */
function replaced(value: unknown, [first, ...rest]: Path, by: unknown): unknown {
  if (first === undefined) return by;
  if (Array.isArray(value)) return value.map((item, index) => (index === first ? replaced(item, rest, by) : item));
  const map = value as Record<string, unknown>;
  return { ...map, [first]: replaced(map[first], rest, by) };
}

for (const form of [0, 1, 2]) {
  const whole = example(schema as never, form);

  test(`the schema's own examples make a topology with every key (form ${form})`, () => {
    assert.equal(checkSchema(whole), []);
  });

  test(`every constraint of the schema is enforced, with one diagnostic at its place (form ${form})`, () => {
    let count = 0;
    for (const { constraint, path, code, broken } of breaches(schema as never, [], whole)) {
      const findings = checkSchema(replaced(whole, path, broken));
      const said = `${constraint}: ${JSON.stringify(findings).slice(0, 300)}`;
      assert.is(findings.length, 1, said);
      assert.match(findings[0]?.code ?? "", code, said);
      assert.equal(findings[0]?.path.slice(0, path.length), path, said);
      count += 1;
    }
    assert.ok(count > 400, `${count} constraints`);
  });
}

/** Every subschema, with the keys that lead to it. */
function* subschemas(given: Schema, trail: string): Iterable<[string, Schema]> {
  yield [trail, given];
  for (const [key, child] of Object.entries(given.properties ?? {})) yield* subschemas(child, `${trail}.${key}`);
  for (const [index, form] of (given.oneOf ?? []).entries()) yield* subschemas(form, `${trail}|${index}`);
  if (given.additionalProperties) yield* subschemas(given.additionalProperties, `${trail}.*`);
  if (given.propertyNames) yield* subschemas(given.propertyNames, `${trail}.(name)`);
  if (given.items) yield* subschemas(given.items, `${trail}[]`);
}

test("every object is closed or a bounded map, every text and list is bounded, everything is explained by an example", () => {
  const all = [["", schema as never], ...Object.entries(definitions)] as [string, Schema][];
  for (const [trail, given] of all.flatMap(([name, each]) => [...subschemas(each, name)])) {
    const { type, description, examples, enum: choices, ...rest } = settled(given);
    if (trail !== "") assert.ok(description !== undefined && examples !== undefined, `${trail} is explained`);
    if (type === "string") assert.ok(choices !== undefined || rest.maxLength !== undefined, `${trail} is bounded`);
    if (type === "array") assert.ok(rest.maxItems !== undefined, `${trail} is bounded`);
    if (type === "integer") assert.ok(rest.minimum !== undefined && rest.maximum !== undefined, `${trail} is bounded`);
    if (type === "object")
      assert.ok(rest.additionalProperties === false || rest.maxProperties !== undefined, `${trail} is closed`);
  }
});

test.run();
