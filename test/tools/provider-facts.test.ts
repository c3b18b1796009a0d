import { suite } from "uvu";
import * as assert from "uvu/assert";
import { compile } from "../../src/compile.ts";
import { resourceTypes } from "../../src/plan/terraform/provider.ts";
import { readRoot } from "../../src/plan/terraform/root.ts";
import {
  Computed,
  Derived,
  Instance,
  isPlainObject,
  type ObjectValue,
  type Value,
} from "../../src/plan/terraform/value.ts";
import { provider, TerraformRoot } from "./terraform-root.ts";
import { fourteenNodes, shapes } from "./terraform-shapes.ts";
import { needs } from "./tool.ts";

// src/plan/terraform/provider.ts says which arguments need a new object. Here the provider itself is asked, about every
// argument that any shape writes: a state in which each has another value, and a plan that says which of them replace.
const test = suite("facts about the provider");
const step = needs(test, "terraform", provider);

/** A resource as a tree has it, its values made literal. */
interface Sample {
  readonly type: string;
  readonly config: ObjectValue;
}

/** One sample of each block of each shape that has arguments which no other sample of its type has. */
function samples(): ReadonlyMap<string, Sample> {
  const found = new Map<string, Sample>();
  const seen = new Set<string>();
  for (const text of [fourteenNodes, ...shapes.values()]) {
    for (const { instance } of resourcesOf(text)) {
      const config = literal(instance.config, "") as ObjectValue;
      const paths = pathsOf(config).map((path) => `${instance.type} ${path}`);
      if (paths.every((path) => seen.has(path))) continue;
      paths.forEach((path) => seen.add(path));
      found.set(`${instance.type}.n${found.size}`, { type: instance.type, config });
    }
  }
  return found;
}

function resourcesOf(text: string) {
  const { tree } = compile("topology.yaml", text);
  if (!tree) throw new Error("a shape that is not valid");
  const folders = [tree.model.paths.terraform, tree.model.paths.bootstrap];
  return folders.flatMap((folder) => {
    const files = tree.files.filter(
      ({ path }) => path.startsWith(`${folder}/`) && path.lastIndexOf("/") === folder.length,
    );
    return [...readRoot(files).resources.values()];
  });
}

/** A value with something of the right form in the place of what only AWS knows. */
function literal(value: Value, name: string): Value {
  if (value instanceof Computed) return madeUp(value.attribute, name);
  if (value instanceof Derived) return written(value, name);
  if (value instanceof Instance) return null;
  if (Array.isArray(value)) return value.map((item: Value) => literal(item, name));
  if (!isPlainObject(value)) return value;
  const given = Object.entries(value).filter(([key]) => key !== "tags_all");
  return Object.fromEntries(given.map(([key, item]) => [key, literal(item, key)]));
}

function written({ operation, inputs }: Derived, name: string): string {
  const parts = inputs.map((part) => literal(part, name));
  return operation === "jsonencode" ? JSON.stringify(parts[0]) : parts.join("");
}

function madeUp(attribute: string, name: string): string {
  if (attribute.endsWith("resource_record_type")) return "CNAME";
  if (name === "policy") return '{"Version":"2012-10-17","Statement":[]}';
  const isArn = attribute.endsWith("arn") || name.includes("arn") || name === "kms_key_id";
  if (isArn) return "arn:aws:kms:ap-northeast-2:123456789012:key/11111111-1111-1111-1111-111111111111";
  return attribute.includes("zone_id") ? "Z0000000000000" : "thing-0123456789abcdef0";
}

function pathsOf(value: Value, path = ""): readonly string[] {
  if (Array.isArray(value) && value.some((item: Value) => isPlainObject(item)))
    return value.flatMap((item: Value) => pathsOf(item, path));
  if (!isPlainObject(value) || path === "tags") return [path];
  return Object.entries(value).flatMap(([key, item]) => pathsOf(item, path === "" ? key : `${path}.${key}`));
}

/** A value that differs in every part. Where types of the provider's newer kind are strict, it has the right form. */
function another(value: Value): Value {
  if (typeof value === "string") return anotherText(value);
  if (typeof value === "number") return value + 1;
  if (typeof value === "boolean") return !value;
  if (Array.isArray(value)) return value.every((item: Value) => isPlainObject(item)) ? value.map(another) : ["another"];
  return isPlainObject(value)
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, another(item)]))
    : value;
}

function anotherText(text: string): string {
  if (text.startsWith("{")) return '{"Version":"2012-10-17","Statement":[{"Effect":"Deny"}],"rules":[]}';
  if (text.startsWith("https:")) return "https://another.example";
  if (text === "w3c") return "json";
  return text.startsWith("arn:") ? `${text}-another` : `another-${text}`;
}

interface Schemas {
  readonly provider_schemas: Readonly<Record<string, { readonly resource_schemas: Readonly<Record<string, Schema>> }>>;
}

interface Schema {
  readonly version: number;
  readonly block: SchemaBlock;
}

interface SchemaBlock {
  readonly attributes?: Readonly<Record<string, { readonly type?: unknown }>>;
  readonly block_types?: Readonly<Record<string, { readonly block: SchemaBlock }>>;
}

const source = "registry.terraform.io/hashicorp/aws";
const all = provider.present ? samples() : new Map<string, Sample>();
let root: TerraformRoot;
let schemas: Readonly<Record<string, Schema>>;

test.after(() => root?.remove());

step("the provider tells its schemas", async () => {
  root = new TerraformRoot(new Map([["main.tf.json", JSON.stringify(configuration(), undefined, 2)]]));
  await root.init();
  const output = JSON.parse(await root.run(["providers", "schema", "-json"], 120)) as Schemas;
  schemas = output.provider_schemas[source]?.resource_schemas ?? {};
});

/** Configurations in JSON, in which every text is a template. */
function configuration(): object {
  const resources: Record<string, Record<string, unknown>> = {};
  for (const [address, { type, config }] of all) (resources[type] ??= {})[address.slice(type.length + 1)] = config;
  const text = JSON.stringify(resources).replace(/([$%])\{/g, "$1$1{");
  const offline = {
    skip_credentials_validation: true,
    skip_requesting_account_id: true,
    skip_metadata_api_check: "true",
  };
  return {
    terraform: { required_providers: { aws: { source: "hashicorp/aws" } } },
    provider: { aws: { region: "ap-northeast-2", access_key: "none", secret_key: "none", ...offline } },
    resource: JSON.parse(text) as object,
  };
}

step("which types have tags", () => {
  const wrong = Object.entries(resourceTypes).filter(([type, { untagged }]) => {
    return (untagged === true) === "tags_all" in (schemas[type]?.block.attributes ?? {});
  });
  assert.equal(wrong, []);
});

step("lists of single values are sets", () => {
  const lists = [...all.values()].flatMap(({ type, config }) => listsOf(config).map((path) => [type, path] as const));
  const ordered = lists.filter(([type, path]) => typeAt(schemas[type]?.block, path.split(".")) !== "set");
  assert.equal(ordered, []);
});

function listsOf(value: Value, path = ""): readonly string[] {
  if (Array.isArray(value))
    return value.some((item: Value) => isPlainObject(item))
      ? value.flatMap((item: Value) => listsOf(item, path))
      : [path];
  if (!isPlainObject(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => listsOf(item, path === "" ? key : `${path}.${key}`));
}

function typeAt(block: SchemaBlock | undefined, [first = "", ...rest]: readonly string[]): unknown {
  if (rest.length > 0) return typeAt(block?.block_types?.[first]?.block, rest);
  const type = block?.attributes?.[first]?.type;
  return Array.isArray(type) ? type[0] : type;
}

interface Shown {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly change: { readonly replace_paths?: readonly (readonly (string | number)[])[] };
  }[];
}

step("which arguments need a new object", async () => {
  root.write(new Map([["terraform.tfstate", JSON.stringify(state())]]));
  await root.run(["plan", "-refresh=false", "-out=plan"], 300);
  const { resource_changes: changes } = JSON.parse(await root.run(["show", "-json", "plan"], 120)) as Shown;
  const wrong = changes.flatMap(({ address, change }) => {
    const { type, config } = all.get(address) as Sample;
    const real = (change.replace_paths ?? []).map((path) => path.filter((part) => typeof part === "string").join("."));
    const { replacing = [], replacingIf = {} } = resourceTypes[type] ?? {};
    const conditions = Object.entries(replacingIf).filter(([, applies]) =>
      applies(another(config) as ObjectValue, config),
    );
    const ours = [...replacing, ...conditions.map(([path]) => path)];
    const paths = [...new Set(pathsOf(config))].filter((path) => isUnder(real, path) !== isUnder(ours, path));
    return paths.map(
      (path) => `${type} ${path}: the provider ${isUnder(real, path) ? "replaces" : "does not replace"}`,
    );
  });
  assert.equal([...new Set(wrong)].sort(), []);
  assert.is(changes.length, all.size);
});

function isUnder(arguments_: readonly string[], path: string): boolean {
  return arguments_.some((one) => path === one || path.startsWith(`${one}.`));
}

/** As if every resource had been applied with other arguments. */
function state(): object {
  const resources = [...all].map(([address, { type, config }]) => ({
    mode: "managed",
    type,
    name: address.slice(type.length + 1),
    provider: `provider["${source}"]`,
    instances: [
      {
        schema_version: schemas[type]?.version,
        attributes: { id: "thing-0123456789abcdef0", ...(another(config) as object) },
      },
    ],
  }));
  return { version: 4, terraform_version: "1.11.4", serial: 1, lineage: "facts", outputs: {}, resources };
}

test.run();
