/** What people mean by values that are not what the schema wants. */
import type { Fix } from "../diagnostic.ts";
import type { Subschema } from "./tree.ts";

export interface Meant {
  readonly remedy: string;
  readonly fix?: Fix;
}

/** `port:8000` between brackets is a key to YAML. */
export function partsOf(key: string): readonly [key: string, value: string] | undefined {
  const [, name, value] = /^([\w-]+):([\w./-]+)$/.exec(key) ?? [];
  return name === undefined || value === undefined ? undefined : [name, value];
}

/** What a value of the wrong type is meant as, if that is certain. */
export function asWanted(value: unknown, types: readonly string[], { pattern = "" }: Subschema): Meant | undefined {
  const isText = typeof value === "string";
  const form = new RegExp(pattern, "u");
  if (!isText && typeof value !== "object" && types.join() === "string" && form.test(String(value))) {
    const fix = (written: string) => (form.test(written) ? `"${written}"` : undefined);
    return { remedy: "Put it in double quotes.", fix };
  }
  if (!isText || types.includes("string")) return undefined;
  const truth = types.includes("boolean") ? truths.get(value.toLowerCase()) : undefined;
  const plain = types.includes("integer") && /^\d{1,9}$/.test(value) ? String(Number(value)) : truth;
  if (plain !== undefined && /^0\d/.test(value))
    return { remedy: `Write \`${plain}\`: a number does not begin with 0.`, fix: () => plain };
  if (plain !== undefined) return { remedy: `Write \`${plain}\`, without quotes.`, fix: () => plain };
  if (types.includes("array") && /^[\w.][^[\]{}"'#:]*$/.test(value)) {
    return { remedy: `Write \`[${value}]\`.`, fix: (written) => `[${written}]` };
  }
  return undefined;
}

/** As YAML 1.1 wrote them, and in quotes. */
const truths: ReadonlyMap<string, string> = new Map([
  ...["true", "yes", "on"].map((word) => [word, "true"] as const),
  ...["false", "no", "off"].map((word) => [word, "false"] as const),
]);

/** Quotes and comments that are none in YAML: `“16.4”`, `v1.0.0 // the tag`, `v1.0.0# the tag` */
export function inYaml(text: string, form: RegExp): Meant | undefined {
  const [, quoted] = /^[“”„‘’](.*)[“”‘’]$/.exec(text) ?? [];
  if (quoted !== undefined && form.test(quoted)) {
    return { remedy: `Write \`"${quoted}"\`, with straight quotes.`, fix: () => `"${quoted}"` };
  }
  const [, value, comment] = /^(\S+?)(?: *\/\/|#)(?: +(.*))?$/.exec(text) ?? [];
  if (value === undefined || !form.test(value)) return undefined;
  return { remedy: `Write \`${`${value} # ${comment ?? ""}`.trimEnd()}\`: so does a comment begin.` };
}
