import type { GeneratedFile } from "../../generated-file.ts";
import { lookup } from "../../lookup.ts";
import { Expression, readHcl, type Block, type Body, type HclObject, type HclValue } from "../../read/hcl.ts";
import { givenVariables } from "./given-variables.ts";
import { evaluate, get, withNames, type Scope } from "./evaluate.ts";
import { resourceTypes } from "./provider.ts";
import { referencesOf } from "./references.ts";
import { entriesOf, Instance, Names, type ObjectValue, type Value } from "./value.ts";

/** A Terraform root: every instance of its resources, by address. */
export interface Root {
  readonly resources: ReadonlyMap<string, ResourceInstance>;
  /** The resources that a data source refers to itself, by its address without a key: `data.aws_ami.debian`. */
  readonly dataReferences: ReadonlyMap<string, ReadonlySet<string>>;
  /** From an address to the one after it. */
  readonly moves: ReadonlyMap<string, string>;
}

export interface ResourceInstance {
  readonly instance: Instance;
  readonly block: ResourceBlock;
}

export interface ResourceBlock {
  /** `aws_instance.protected` */
  readonly name: string;
  readonly createBeforeDestroy: boolean;
  readonly preventDestroy: boolean;
  readonly ignoreChanges: readonly string[];
  /** The resources that it refers to. */
  readonly references: ReadonlySet<string>;
}

/** Reads the files of one root, those with values of variables among them. */
export function readRoot(files: readonly GeneratedFile[]): Root {
  const blocks = files.filter(({ path }) => path.endsWith(".tf")).flatMap(({ text }) => readHcl(text).blocks);
  const module = new Module(blocks, givenVariables(files));
  const resources = blocks
    .filter(({ type }) => type === "resource")
    .flatMap((block) => module.resourceInstances(block));
  return {
    resources: new Map(resources.map((resource) => [resource.instance.address, resource])),
    dataReferences: new Map(
      blocks
        .filter(({ type }) => type === "data")
        .map(({ labels, body }) => [`data.${labels.join(".")}`, referencesOf(body, {})]),
    ),
    moves: new Map(
      blocks.filter(({ type }) => type === "moved").map(({ body }) => [address(body, "from"), address(body, "to")]),
    ),
  };
}

function address({ attributes }: Body, name: string): string {
  const value = attributes[name];
  if (value instanceof Expression) return value.source;
  throw new Error(`Terraform: a moved block without ${name}`);
}

/** Arguments that speak to Terraform, and blocks likewise: the provider does not see them. */
const metaArguments = ["for_each", "count", "provider", "depends_on"];
const metaBlocks = ["lifecycle", "timeouts"];

class Module {
  private readonly blocks: ReadonlyMap<string, Block>;
  private readonly given: HclObject;
  private readonly locals: HclObject;
  private readonly providers: readonly Block[];
  private readonly evaluated = new Map<string, Value>();

  constructor(blocks: readonly Block[], given: HclObject) {
    this.given = given;
    this.blocks = new Map(blocks.map((block) => [`${block.type} ${block.labels.join(".")}`, block]));
    const locals = blocks.filter(({ type }) => type === "locals").map(({ body }) => body.attributes);
    this.locals = Object.assign({}, ...locals) as HclObject;
    this.providers = blocks.filter(({ type }) => type === "provider");
  }

  /** The names that every expression of a module may use. */
  readonly scope: Scope = (name) => {
    if (name === "local")
      return new Names((key) => this.once(`local.${key}`, () => evaluate(this.local(key), this.scope)));
    if (name === "var") return new Names((key) => evaluate(this.variable(key), this.scope));
    if (name === "data") return new Names((type) => this.ofType("data", type));
    return name.startsWith("aws_") ? this.ofType("resource", name) : undefined;
  };

  private local(name: string): HclValue {
    return lookup(this.locals, name) ?? null;
  }

  private variable(name: string): HclValue {
    return lookup(this.given, name) ?? this.block(`variable ${name}`).body.attributes["default"] ?? null;
  }

  private block(key: string): Block {
    return this.blocks.get(key) ?? this.fail(`no ${key}`);
  }

  private fail(what: string): never {
    throw new Error(`Terraform: ${what}`);
  }

  private once(key: string, make: () => Value): Value {
    const known = this.evaluated.get(key);
    if (known !== undefined) return known;
    const value = make();
    this.evaluated.set(key, value);
    return value;
  }

  private ofType(kind: string, type: string): Names {
    return new Names((name) =>
      this.once(`${kind} ${type}.${name}`, () => this.expand(this.block(`${kind} ${type}.${name}`))),
    );
  }

  /** What `aws_subnet.private` stands for: an instance, a list of them (count), or a map (for_each). */
  private expand(block: Block): Value {
    const [type = "", name = ""] = block.labels;
    const base = block.type === "data" ? `data.${type}.${name}` : `${type}.${name}`;
    const { for_each: forEach, count } = block.body.attributes;
    if (count !== undefined) {
      const length = Number(evaluate(count, this.scope));
      return Array.from({ length }, (_, index) => this.instance(block, `${base}[${index}]`, { count: { index } }));
    }
    if (forEach === undefined) return this.instance(block, base, {});
    const items = itemsOf(evaluate(forEach, this.scope), base).map(([key, value]): [string, Value] => {
      return [key, this.instance(block, `${base}[${JSON.stringify(key)}]`, { each: { key, value } })];
    });
    return Object.fromEntries(items);
  }

  private instance(block: Block, at: string, names: Readonly<Record<string, Value>>): Instance {
    const [type = ""] = block.labels;
    return new Instance(at, type, () => this.configOf(block, withNames(this.scope, names)));
  }

  private configOf(block: Block, scope: Scope): ObjectValue {
    const [type = ""] = block.labels;
    const config = bodyValue(block.body, scope);
    if (block.type === "data") return config;
    const facts = lookup(resourceTypes, type) ?? this.fail(`nothing is known about resources of the type ${type}`);
    if (facts.untagged) return config;
    const { tags, ...others } = config;
    return { ...others, tags_all: { ...this.defaultTags(block), ...(tags as ObjectValue | undefined) } };
  }

  private defaultTags({ body }: Block): ObjectValue {
    const chosen = body.attributes["provider"];
    const alias = chosen instanceof Expression ? chosen.source.split(".")[1] : undefined;
    const provider = this.providers.find(({ body: { attributes } }) => attributes["alias"] === alias);
    const defaults = provider?.body.blocks.find(({ type }) => type === "default_tags");
    return (evaluate(defaults?.body.attributes["tags"] ?? {}, this.scope) ?? {}) as ObjectValue;
  }

  resourceInstances(block: Block): ResourceInstance[] {
    const facts = resourceBlock(block, this.locals);
    const value = get(this.ofType("resource", block.labels[0] ?? ""), block.labels[1] ?? "");
    const instances = value instanceof Instance ? [value] : (Object.values(value as object) as Instance[]);
    return instances.map((instance) => ({ instance, block: facts }));
  }
}

function itemsOf(value: Value, base: string): [string, Value][] {
  if (Array.isArray(value)) return value.map((item: Value) => [String(item), item]);
  const entries = entriesOf(value);
  if (!entries) throw new Error(`Terraform: the instances of ${base} are known only after apply`);
  return entries;
}

/** The arguments of a body, and its nested blocks as lists under their type. */
function bodyValue(body: Body, scope: Scope): ObjectValue {
  const given = Object.entries(body.attributes).filter(([name]) => !metaArguments.includes(name));
  const config: Record<string, Value> = Object.fromEntries(
    given.map(([name, value]) => [name, evaluate(value, scope)]),
  );
  for (const block of body.blocks.filter(({ type }) => !metaBlocks.includes(type))) {
    const type = block.type === "dynamic" ? (block.labels[0] ?? "") : block.type;
    const earlier = (config[type] ?? []) as readonly Value[];
    config[type] = [
      ...earlier,
      ...(block.type === "dynamic" ? dynamicBlocks(block, type, scope) : [bodyValue(block.body, scope)]),
    ];
  }
  return config;
}

function dynamicBlocks({ body }: Block, type: string, scope: Scope): ObjectValue[] {
  const content = body.blocks.find((block) => block.type === "content");
  const items = evaluate(body.attributes["for_each"] ?? null, scope);
  const pairs: [Value, Value][] = Array.isArray(items)
    ? items.map((item: Value, index) => [index, item])
    : (entriesOf(items) ?? []);
  if (!content) throw new Error(`Terraform: a dynamic block ${type} without content`);
  return pairs.map(([key, value]) => bodyValue(content.body, withNames(scope, { [type]: { key, value } })));
}

function resourceBlock({ labels, body }: Block, locals: HclObject): ResourceBlock {
  const lifecycle = body.blocks.find(({ type }) => type === "lifecycle")?.body.attributes ?? {};
  const ignored = lifecycle["ignore_changes"] ?? [];
  return {
    name: labels.join("."),
    createBeforeDestroy: lifecycle["create_before_destroy"] === true,
    preventDestroy: lifecycle["prevent_destroy"] === true,
    ignoreChanges: (Array.isArray(ignored) ? ignored : [ignored]).map(sourceOf),
    references: referencesOf(body, locals),
  };
}

function sourceOf(value: HclValue): string {
  return value instanceof Expression ? value.source : String(value);
}
