import { type Block, type Body, Expression, type HclObject, type HclValue, readHcl } from "../read/hcl.ts";
import type { TerraformFacts } from "./facts.ts";

/** A file of HCL, read. */
interface Source {
  readonly file: string;
  readonly body: Body;
}

/** The beginnings of what is read below: most files have none of them. */
const HAS_FACTS =
  /^ {2}(?:\w+_nodes|routes|secrets) += \{|^resource "aws_(?:ecr_repository|vpc_security_group_ingress_rule)"/m;

/** What the files of the main Terraform root say. */
export function terraformFacts(files: readonly { readonly path: string; readonly text: string }[]): TerraformFacts {
  const sources = files
    .filter(({ text }) => HAS_FACTS.test(text))
    .map(({ path, text }) => ({ file: path, body: readHcl(text) }));
  return {
    nodes: new Map(entriesOf(sources, isNodeMap).map(([name, value, file]) => [name, node(value, file)])),
    targetGroups: new Map(
      entriesOf(sources, (name) => name === "routes").map(([, value, file]) => [
        text(value, "target_group"),
        route(value, file),
      ]),
    ),
    openNodePorts: new Set(
      ingressRules(sources)
        .filter(isFromLoadBalancer)
        .map(({ body }) => Number(body.attributes["from_port"])),
    ),
    secrets: new Set(entriesOf(sources, (name) => name === "secrets").map(([name]) => name)),
    repositories: new Set(
      resources(sources, "aws_ecr_repository").flatMap(({ body }) => setOf(body.attributes["for_each"])),
    ),
  };
}

/** `local.protected_nodes`, `local.disposable_nodes`: one map for each way in which instances are kept. */
function isNodeMap(name: string): boolean {
  return name.endsWith("_nodes");
}

function node(value: HclObject, file: string) {
  return {
    file,
    address: text(value, "address"),
    instanceType: text(value, "instance_type"),
    group: text(value, "group"),
    disk: Number(value["disk"]),
  };
}

function route(value: HclObject, file: string) {
  return { file, nodePort: Number(value["node_port"]), health: text(value, "health"), host: text(value, "host") };
}

/** The entries of the local maps whose names are wanted, each with the file that it stands in. */
function entriesOf(sources: readonly Source[], isWanted: (name: string) => boolean): [string, HclObject, string][] {
  return sources.flatMap(({ file, body }) =>
    body.blocks
      .filter(({ type }) => type === "locals")
      .flatMap((block) => Object.entries(block.body.attributes))
      .filter(([name, value]) => isWanted(name) && isObject(value))
      .flatMap(([, map]) => Object.entries(map as HclObject))
      .map(([name, value]): [string, HclObject, string] => [name, isObject(value) ? value : {}, file]),
  );
}

function resources(sources: readonly Source[], type: string): readonly Block[] {
  return sources.flatMap(({ body }) =>
    body.blocks.filter((block) => block.type === "resource" && block.labels[0] === type),
  );
}

function ingressRules(sources: readonly Source[]): readonly Block[] {
  return resources(sources, "aws_vpc_security_group_ingress_rule");
}

function isFromLoadBalancer({ body }: Block): boolean {
  const source = body.attributes["referenced_security_group_id"];
  return source instanceof Expression && source.source === "aws_security_group.load-balancer.id";
}

/** The texts of `toset([…])`. */
function setOf(value: HclValue | undefined): readonly string[] {
  if (!(value instanceof Expression)) return [];
  return [...value.source.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, item]) => item as string);
}

function text(value: HclObject, key: string): string {
  return String(value[key] ?? "");
}

function isObject(value: HclValue | undefined): value is HclObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Expression);
}
