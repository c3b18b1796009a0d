/** Values that are written as other tools want them. */
import { inlineText } from "../output/yaml-scalar.ts";
import { plainScalar } from "../source/plain-value.ts";
import type { Meant } from "./meant.ts";
import { accepts, type Subschema } from "./tree.ts";

type Rewriting = readonly [from: RegExp, to: string | ((...parts: string[]) => string)];

/** Two ways to write one thing. */
const same: readonly Rewriting[] = [
  [/^v(?=\d)/, ""],
  [/^(?=\d+\.\d+\.\d+$)/, "v"],
  [/^(\d+)$/, "$1Mi"],
  [/^(\d+)$/, "$1Gi"],
  [/^(\d+) ?MiB?$/i, "$1Mi"],
  [/^(\d+) ?GiB?$/i, "$1Gi"],
  [/^(\d*\.\d+) ?GiB?$/i, (_, number = "") => `${times(number, 1024)}Mi`],
  [/^(\d*\.\d+)$/, (_, number = "") => `${times(number, 1000)}m`],
  [/^(\d+) ?s$/, "$1"],
  [/^(\d+) ?%$/, "$1"],
  [/\/\d{1,2}$/, ""],
  [/^[a-z]{2}(?:-[a-z]+)+-\d(?=[a-z]$)/, ""],
  [/^(?:(?:https?|ssh):\/\/)?(?:git@)?github\.com[/:](.+?)(?:\.git)?\/?$/, "$1"],
  [/^https?:\/\/([^/]+)\/*$/, (_, host = "") => host.toLowerCase()],
  [/^[\w.-]+$/, (word) => word.toLowerCase()],
];

/** Two things of which probably the second is meant: a unit of another size, a path that starts elsewhere, another name. */
const similar: readonly Rewriting[] = [
  [/^(\d+) ?MB?$/i, "$1Mi"],
  [/^(\d+) ?GB?$/i, "$1Gi"],
  [/^(?!(?:yes|no|on|off)$)(?=[\w.~-])/i, "/"],
  [/_/g, "-"],
  [/^[a-z][\w-]*$/i, (name) => name.toUpperCase().replaceAll("-", "_")],
];

function times(number: string, factor: number): number {
  return Number((Number(number) * factor).toFixed(6));
}

/** What a value says in the form that the schema wants. There is a fix where the value says nothing else. */
export function meantForm(value: unknown, schema: Subschema): Meant | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const [right, other] = accepted(String(value), same, schema);
  if (right && other) return { remedy: `Write \`${right}\` or \`${other}\`.` };
  if (right) return { remedy: `Write \`${right}\`.`, fix: () => right };
  const [close] = accepted(String(value), similar, schema);
  return close === undefined ? undefined : { remedy: `Write \`${close}\`.` };
}

/** What comes of a text that the schema accepts, as it is written in YAML. */
function accepted(text: string, rewritings: readonly Rewriting[], schema: Subschema): readonly string[] {
  return rewritings.flatMap(([from, to]) => {
    const right = typeof to === "string" ? text.replace(from, to) : text.replace(from, to);
    if (right === text) return [];
    if (accepts(schema, right)) return [inlineText(right)];
    return accepts(schema, plainScalar(right)) ? [right] : [];
  });
}
