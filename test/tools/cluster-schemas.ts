import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Cluster } from "./cluster.ts";

interface Schema {
  readonly [key: string]: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly "x-kubernetes-group-version-kind"?: readonly {
    readonly group: string;
    readonly version: string;
    readonly kind: string;
  }[];
}

/**
 * Writes a strict JSON schema of every kind that the API server serves, CRDs too, named as kubeconform asks for it:
 * `deployment-apps-v1.json`.
 */
export async function writeSchemas(cluster: Cluster, folder: string): Promise<void> {
  const openApi = JSON.parse(await cluster.kubectl(["get", "--raw", "/openapi/v2"])) as { definitions: Definitions };
  const entries = Object.entries(openApi.definitions).map(([name, schema]) => [
    name,
    scalars[name] ?? strictly(schema),
  ]);
  const definitions: Definitions = Object.fromEntries(entries);
  for (const [name, schema] of Object.entries(openApi.definitions)) {
    for (const { group, version, kind } of schema["x-kubernetes-group-version-kind"] ?? []) {
      const suffix = [...(group ? [group.split(".")[0]] : []), version].join("-");
      const root = definitions[name] as Schema;
      const own = { apiVersion: { const: group ? `${group}/${version}` : version }, kind: { const: kind } };
      const document = {
        ...root,
        properties: { ...root.properties, ...own },
        required: [...(root.required ?? []), "apiVersion", "kind"],
        definitions: Object.fromEntries([...reachable(root, definitions)].map((each) => [each, definitions[each]])),
      };
      writeFileSync(join(folder, `${kind.toLowerCase()}-${suffix}.json`), JSON.stringify(document));
    }
  }
}

type Definitions = Readonly<Record<string, Schema>>;

/** The names of the definitions that a schema needs, at any depth. */
function reachable(schema: Schema, definitions: Definitions, names = new Set<string>()): Set<string> {
  for (const [, name = ""] of JSON.stringify(schema).matchAll(/"#\/definitions\/([^"]+)"/g)) {
    if (names.has(name)) continue;
    names.add(name);
    reachable(definitions[name] as Schema, definitions, names);
  }
  return names;
}

/** The two types that are texts or numbers, which OpenAPI 2 cannot say. */
const scalars: Readonly<Record<string, Schema>> = {
  "io.k8s.apimachinery.pkg.api.resource.Quantity": { type: ["string", "number"] },
  "io.k8s.apimachinery.pkg.util.intstr.IntOrString": { type: ["string", "integer"] },
};

/** The schema, which now allows no unknown members. */
function strictly(node: unknown): Schema {
  if (Array.isArray(node)) return node.map(strictly) as unknown as Schema;
  if (node === null || typeof node !== "object") return node as Schema;
  const schema = node as Schema;
  const inner = Object.entries(schema)
    .filter(([key, value]) => typeof value === "object" || !["default", "description", "format"].includes(key))
    .map(([key, value]) => [key, strictly(value)]);
  const closed =
    isObject(schema.properties) &&
    !("additionalProperties" in schema) &&
    !schema["x-kubernetes-preserve-unknown-fields"];
  return { ...Object.fromEntries(inner), ...(closed && { additionalProperties: false }) };
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}
