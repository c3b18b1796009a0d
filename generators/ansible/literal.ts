import { unsafe, type YamlValue } from "../../src/output/yaml.ts";

/** What `literal` takes: values of the model. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** The value as a variable that Ansible hands on as it is: a text that it would run as a template is tagged `!unsafe`. */
export function literal(value: Plain): YamlValue {
  if (typeof value === "string") return /\{[{%#]/.test(value) ? unsafe(value) : value;
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value !== "object" || value === null) return value as YamlValue;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, literal(item)]));
}
