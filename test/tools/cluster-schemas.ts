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
  const shared = `file://${join(folder, "definitions.json")}`;
  const openApi = await cluster.kubectl(["get", "--raw", "/openapi/v2"]);
  const { definitions } = JSON.parse(openApi.replaceAll('"#/definitions/', `"${shared}#/definitions/`)) as {
    definitions: Record<string, Schema>;
  };
  const strict = Object.fromEntries(
    Object.entries(definitions).map(([name, schema]) => [name, scalars[name] ?? strictly(schema)]),
  );
  writeFileSync(join(folder, "definitions.json"), JSON.stringify({ definitions: strict }));
  for (const [name, schema] of Object.entries(definitions)) {
    for (const { group, version, kind } of schema["x-kubernetes-group-version-kind"] ?? []) {
      const suffix = [...(group ? [group.split(".")[0]] : []), version].join("-");
      const root = strict[name] as Schema;
      const own = { apiVersion: { const: group ? `${group}/${version}` : version }, kind: { const: kind } };
      const document = {
        ...root,
        properties: { ...root.properties, ...own },
        required: [...(root.required ?? []), "apiVersion", "kind"],
      };
      writeFileSync(join(folder, `${kind.toLowerCase()}-${suffix}.json`), JSON.stringify(document));
    }
  }
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
