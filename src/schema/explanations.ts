/** The words for each kind of mistake that the schema can find. */
import type { ErrorObject } from "ajv";
import type { Finding, Path } from "../diagnostic.ts";
import { certainlyMeant, nearest } from "../nearest.ts";
import { inlineText } from "../output/yaml-scalar.ts";
import { pathText } from "../path-text.ts";
import { asWanted, inYaml, partsOf } from "./meant.ts";
import { meantForm } from "./meant-form.ts";
import { settled, typeOf, type Subschema } from "./tree.ts";

/** One mistake: where it is, the value, and what the schema says of it. */
export interface Mistake {
  readonly error: ErrorObject;
  readonly path: Path;
  readonly value: unknown;
  readonly schema: Subschema;
}

/** A finding. Its path is the mistake's own unless it says otherwise. */
export type Explanation = Omit<Finding, "path"> & { readonly path?: Path };

/** By the schema's keyword. */
export const explanations: Readonly<Record<string, (mistake: Mistake) => Explanation>> = {
  additionalProperties: unknownKey,
  required: missingKey,
  type: wrongType,
  oneOf: wrongType,
  enum: wrongChoice,
  const: ({ value, path, schema }) => notAChoice(value, named(path), [schema.const]),
  pattern: ({ value, path, schema }) => ({ ...badForm(value, named(path), schema), ...meantForm(value, schema) }),
  minLength: ({ value, path, schema }) => badForm(value, named(path), schema),
  maxLength: ({ error, path, value, schema }) => ({ ...tooLong(error, named(path)), ...meantForm(value, schema) }),
  minimum: (mistake) => outOfRange(mistake, "too-small", "at least"),
  maximum: (mistake) => outOfRange(mistake, "too-large", "at most"),
  minItems: (mistake) => wrongCount(mistake, "too-few", "at least"),
  minProperties: (mistake) => wrongCount(mistake, "too-few", "at least"),
  maxItems: (mistake) => wrongCount(mistake, "too-many", "at most"),
  maxProperties: (mistake) => wrongCount(mistake, "too-many", "at most"),
  uniqueItems: repeatedItem,
};

/** For keywords that the schema does not use today. */
export function explainOther({ error, path }: Mistake): Explanation {
  return { code: "invalid", message: `${named(path)} ${error.message}.`, remedy: "Correct the value." };
}

/** For keys that are names, such as a node group's. */
export function explainName({ error, path, schema }: Mistake, name: string): Explanation {
  const place = { path: [...path, name], atKey: true as const };
  const names = settled(schema.propertyNames ?? {}, name);
  if (error.keyword === "enum") return { ...notAChoice(name, named(path), names.enum ?? []), ...place };
  if (error.keyword === "maxLength") return { ...tooLong(error, `The name ${code(name)}`), ...place };
  // Other values may refer to the name, so it is not changed.
  const meant = meantForm(name, names);
  return { ...badForm(name, `name in ${named(path)}`, names), ...(meant && { remedy: meant.remedy }), ...place };
}

function unknownKey({ error, path, value, schema }: Mistake): Explanation {
  const key = String(error.params.additionalProperty);
  const keys = Object.keys(schema.properties ?? {});
  const place = { code: "unknown-key", path: [...path, key], atKey: true as const };
  const message = `${code(key)} is not a key of ${path.length === 0 ? "a topology" : named(path)}.`;
  const parts = partsOf(key);
  if (parts && keys.includes(parts[0])) {
    const remedy = `Write ${code(parts.join(": "))}: a blank stands behind the colon.`;
    return { ...place, message, remedy, fix: () => parts.join(": ") };
  }
  const meant = certainlyMeant(key, keys);
  const isFree = meant !== undefined && !Object.hasOwn(value as object, meant);
  return { ...place, message, remedy: choose(key, keys), ...(isFree && { fix: () => meant }) };
}

function missingKey({ error, path, schema }: Mistake): Explanation {
  const key = String(error.params.missingProperty);
  const owner = path.length === 0 ? "The topology" : named(path);
  const { description, examples } = settled(schema.properties?.[key] ?? {}, undefined);
  const remedy = `Add \`${key}: ${flow(examples?.[0])}\`. ${sentence(description)}`.trimEnd();
  return { code: "missing-key", message: `${owner} has no \`${key}\`.`, remedy };
}

const typeNames: Readonly<Record<string, string>> = {
  string: "a text",
  integer: "a whole number",
  number: "a number",
  boolean: "`true` or `false`",
  array: "a list",
  object: "a map",
};

function wrongType({ path, value, schema }: Mistake): Explanation {
  const types = (schema.oneOf ?? [schema]).map((form) => settled(form, undefined).type ?? "");
  const wanted = types.map((type) => typeNames[type] ?? type).join(" or ");
  const where = path.length === 0 ? "The topology" : named(path);
  const example = schema.examples ? `, such as \`${flow(schema.examples[0])}\`` : "";
  if (value === null) {
    return {
      code: "no-value",
      message: `${where} has no value.`,
      remedy: `Write ${wanted}${example}, or remove the key.`,
    };
  }
  const message = `${where} is ${article(value)}, not ${wanted}.`;
  const meant = asWanted(value, schema) ?? meantForm(value, schema);
  const remedy = isListOfKeys(value) ? withoutDashes : `Write ${wanted}${example}.`;
  return { code: "wrong-type", message, remedy, ...meant };
}

const withoutDashes = "Write the keys without `-` in front of them, and without `[`: both make a list.";

/** `- master: …`, `- auth: …` where a map is wanted. */
function isListOfKeys(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeOf(item) === "object" && Object.keys(item).length === 1);
}

function article(value: unknown): string {
  if (typeof value === "boolean") return code(value);
  return typeof value === "string" ? `the text ${code(value)}` : (typeNames[typeOf(value)] ?? typeOf(value));
}

function wrongChoice({ value, path, schema }: Mistake): Explanation {
  const said = notAChoice(value, named(path), schema.enum ?? []);
  return said.fix ? said : { ...said, ...meantForm(value, schema) };
}

function notAChoice(value: unknown, where: string, choices: readonly unknown[]): Explanation {
  const message = `${code(value)} is not a choice for ${where}.`;
  const meant = certainlyMeant(String(value), choices.map(String));
  const remedy = choose(String(value), choices.map(String));
  return { code: "not-a-choice", message, remedy, ...(meant !== undefined && { fix: () => meant }) };
}

function badForm(value: unknown, where: string, { description, examples, pattern = "" }: Subschema): Explanation {
  const message = `${code(value)} is not a valid ${where}.`;
  const meant = inYaml(String(value), new RegExp(pattern, "u"));
  if (meant) return { code: "bad-form", message, ...meant };
  const remedy = `${sentence(description)} For example: \`${flow(examples?.[0])}\`.`.trimStart();
  return { code: "bad-form", message, remedy };
}

function tooLong({ params }: ErrorObject, where: string): Explanation {
  return { code: "too-long", message: `${where} is longer than ${params.limit} characters.`, remedy: "Shorten it." };
}

function outOfRange({ error, path, value, schema }: Mistake, name: string, bound: string): Explanation {
  const message = `${named(path)} is ${code(value)}; it must be ${bound} ${error.params.limit}.`;
  return {
    code: name,
    message,
    remedy: `${sentence(schema.description)} For example: \`${flow(schema.examples?.[0])}\`.`.trimStart(),
  };
}

function wrongCount({ error, path, value }: Mistake, name: string, bound: string): Explanation {
  const count = Array.isArray(value) ? value.length : Object.keys(value as object).length;
  const message = `${named(path)} has ${count} ${count === 1 ? "entry" : "entries"}; it must have ${bound} ${error.params.limit}.`;
  return { code: name, message, remedy: name === "too-few" ? "Add entries." : "Remove entries." };
}

function repeatedItem({ error, path, value }: Mistake): Explanation {
  const at = Math.max(error.params.i, error.params.j);
  const message = `${code((value as unknown[])[at])} stands twice in ${named(path)}.`;
  return { code: "repeated-item", path: [...path, at], message, remedy: "Remove one of the two.", fix: "remove" };
}

function choose(word: string, choices: readonly string[]): string {
  const [only] = choices;
  if (choices.length === 1) return `Write ${code(only)}.`;
  const close = nearest(word, choices);
  const all = `Choose one of ${choices.map(code).join(", ")}.`;
  if (close === undefined) return all;
  return choices.length > 6 ? `Did you mean ${code(close)}?` : `Did you mean ${code(close)}? ${all}`;
}

/** `nodes.auth.zones[1]` */
function named(path: Path): string {
  return `\`${pathText(path)}\``;
}

/** A value within a sentence, cut where it is long. */
function code(value: unknown): string {
  const text = typeof value === "string" ? value : flow(value);
  return `\`${text.length > 60 ? `${text.slice(0, 60)}…` : text}\``;
}

function sentence(description = ""): string {
  return description === "" || description.endsWith(".") ? description : `${description}.`;
}

/** A value as one would write it on one line. */
function flow(value: unknown): string {
  if (typeof value === "string") return inlineText(value);
  if (Array.isArray(value)) return `[${value.map(flow).join(", ")}]`;
  if (typeof value !== "object" || value === null) return String(value);
  return `{ ${Object.entries(value)
    .map(([key, item]) => `${key}: ${flow(item)}`)
    .join(", ")} }`;
}
