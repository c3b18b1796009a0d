import { type Block, type Body, Expression, type HclObject, type HclValue, readHcl } from "../read/hcl.ts";
import type { FirewallFact, TargetGroup, TerraformFacts } from "./facts.ts";

/** A file of HCL, read. */
interface Source {
  readonly file: string;
  readonly body: Body;
}

/** How the blocks begin that facts are read from: they are a small part of the files. */
const HAS_FACTS = /^(?:#.*\n|\n)*(?:locals|resource "aws_(?:ecr_repository|vpc_security_group_(?:in|e)gress_rule)") /;

/** How a block ends. */
const END = "\n}\n";

/** What the files of the main Terraform root say. */
export function terraformFacts(files: readonly { readonly path: string; readonly text: string }[]): TerraformFacts {
  const sources = files.flatMap(({ path, text }) => {
    const blocks = text.split(END).filter((block) => HAS_FACTS.test(block));
    return blocks.length > 0 ? [{ file: path, body: readHcl(blocks.map((block) => block + END).join("")) }] : [];
  });
  return {
    nodes: new Map(entriesOf(sources, isNodeMap).map(([name, value, file]) => [name, node(value, file)])),
    targetGroups: new Map(
      entriesOf(sources, (name) => name === "routes").map(([, value, file]) => [
        text(value, "target_group"),
        route(value, file),
      ]),
    ),
    firewall: DIRECTIONS.flatMap((direction) => firewall(sources, direction)),
    publicSubnets: entriesOf(sources, (name) => name === "zones").map(([, zone]) => text(zone, "public")),
    secrets: new Set(entriesOf(sources, (name) => name === "secrets").map(([name]) => name)),
    repositories: new Set(
      resources(sources, "aws_ecr_repository")
        .flatMap(({ body }) => setOf(body.attributes["for_each"]))
        .map((repository) => `${registry(sources)}/${repository}`),
    ),
    buckets: new Set(entriesOf(sources, (name) => name === "buckets").map(([, bucket]) => text(bucket, "name"))),
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

function route(value: HclObject, file: string): TargetGroup {
  const { paths } = value;
  return {
    file,
    nodePort: Number(value["node_port"]),
    health: text(value, "health"),
    host: text(value, "host"),
    paths: Array.isArray(paths) ? paths.map(String) : [],
  };
}

/** Where the account keeps its images: https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html */
function registry(sources: readonly Source[]): string {
  const locals = Object.assign({}, ...localsOf(sources).map(([attributes]) => attributes)) as HclObject;
  return `${text(locals, "account")}.dkr.ecr.${text(locals, "region")}.amazonaws.com`;
}

/** The entries of the local maps whose names are wanted, each with the file that it stands in. */
function entriesOf(sources: readonly Source[], isWanted: (name: string) => boolean): [string, HclObject, string][] {
  return localsOf(sources).flatMap(([attributes, file]) =>
    Object.entries(attributes)
      .filter(([name, value]) => isWanted(name) && isObject(value))
      .flatMap(([, map]) => Object.entries(map as HclObject))
      .map(([name, value]): [string, HclObject, string] => [name, isObject(value) ? value : {}, file]),
  );
}

function localsOf(sources: readonly Source[]): readonly [attributes: HclObject, file: string][] {
  return sources.flatMap(({ file, body }) =>
    body.blocks
      .filter(({ type }) => type === "locals")
      .map((block): [HclObject, string] => [block.body.attributes, file]),
  );
}

function resources(sources: readonly Source[], type: string): readonly Block[] {
  return sources.flatMap(({ body }) =>
    body.blocks.filter((block) => block.type === "resource" && block.labels[0] === type),
  );
}

const DIRECTIONS = ["ingress", "egress"] as const;

/** The rules between two security groups; what is open to a network is left out. */
function firewall(sources: readonly Source[], direction: FirewallFact["direction"]): readonly FirewallFact[] {
  return resources(sources, `aws_vpc_security_group_${direction}_rule`).flatMap(({ body: { attributes } }) => {
    const [group, peer] = [attributes["security_group_id"], attributes["referenced_security_group_id"]].map(groupIn);
    if (group === undefined || peer === undefined) return [];
    const [from, to] = [Number(attributes["from_port"]), Number(attributes["to_port"])];
    return [{ direction, group, peer, protocol: text(attributes, "ip_protocol"), from, to }];
  });
}

/** `nodes` in `aws_security_group.nodes.id`. */
function groupIn(value: HclValue | undefined): string | undefined {
  return value instanceof Expression ? /^aws_security_group\.([\w-]+)\.id$/.exec(value.source)?.[1] : undefined;
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
