import type { Data } from "./yaml.ts";

/** The same few paths are asked for in every manifest. */
const keysOf = new Map<string, readonly string[]>();

function keys(path: string): readonly string[] {
  const known = keysOf.get(path);
  if (known) return known;
  const split = path.split(".");
  keysOf.set(path, split);
  return split;
}

/** The value at a path of keys such as `spec.template.spec`, or undefined where there is none. */
export function at(data: Data | undefined, path: string): Data | undefined {
  let value: Data | undefined = data;
  for (const key of keys(path)) {
    if (typeof value !== "object" || value === null || Array.isArray(value) || !Object.hasOwn(value, key))
      return undefined;
    value = value[key];
  }
  return value;
}

/** The text at a path; empty where there is none. */
export function textAt(data: Data | undefined, path: string): string {
  const value = at(data, path);
  return value === undefined || value === null ? "" : String(value);
}

/** The list at a path; empty where there is none. */
export function listAt(data: Data | undefined, path: string): readonly Data[] {
  const value = at(data, path);
  return Array.isArray(value) ? value : [];
}

/** The texts of a map at a path, such as labels. */
export function textsAt(data: Data | undefined, path: string): Readonly<Record<string, string>> {
  const value = at(data, path);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
  return Object.fromEntries(Object.entries(value).map(([key, text]) => [key, String(text)]));
}
