import { type Block, type Body, Expression, type HclObject, type HclValue, readHcl } from "../read/hcl.ts";
import type { FirewallFact, TargetGroup, TerraformFacts } from "./facts.ts";

/** A file of HCL, read. */
interface Source {
  readonly file: string;
  readonly body: Body;
}

/** How the blocks begin that facts are read from: they are a small part of the files. */
const HAS_FACTS =
  /^(?:#.*\n|\n)*(?:locals|resource "aws_(?:ecr_repository|lb_listener|lb_target_group|vpc_security_group_(?:in|e)gress_rule)") /;

/** How a block ends. */
const END = "\n}\n";

/** What the files of the main Terraform root say. */
export function terraformFacts(files: readonly { readonly path: string; readonly text: string }[]): TerraformFacts {
  const sources = files.flatMap(({ path, text }) => {
    const blocks = text.split(END).filter((block) => HAS_FACTS.test(block));
    return blocks.length > 0 ? [{ file: path, body: readHcl(blocks.map((block) => block + END).join("")) }] : [];
  });
  const locals = Object.assign({}, ...localsOf(sources).map(([attributes]) => attributes)) as HclObject;
  const region = text(locals, "region");
  return {
    nodes: new Map(entriesOf(sources, isNodeMap).map(([name, value, file]) => [name, node(value, file, region)])),
    targetGroups: new Map(
      entriesOf(sources, (name) => name === "routes").map(([, value, file]) => [
        text(value, "target_group"),
        route(value, file),
      ]),
    ),
    targetType: text(resourceNamed(sources, "aws_lb_target_group", "route"), "target_type"),
    listeners: listeners(sources),
    firewall: DIRECTIONS.flatMap((direction) => firewall(sources, direction)),
    publicSubnets: entriesOf(sources, (name) => name === "zones").map(([, zone]) => text(zone, "public")),
    secrets: new Set(entriesOf(sources, (name) => name === "secrets").map(([name]) => name)),
    repositories: new Set(
      resources(sources, "aws_ecr_repository")
        .flatMap(({ body }) => setOf(body.attributes["for_each"]))
        .map((repository) => `${registry(text(locals, "account"), region)}/${repository}`),
    ),
    buckets: new Set(entriesOf(sources, (name) => name === "buckets").map(([, bucket]) => text(bucket, "name"))),
  };
}

/** `local.protected_nodes`, `local.disposable_nodes`: one map for each way in which instances are kept. */
function isNodeMap(name: string): boolean {
  return name.endsWith("_nodes");
}

function node(value: HclObject, file: string, region: string) {
  return {
    file,
    address: text(value, "address"),
    instanceType: text(value, "instance_type"),
    group: text(value, "group"),
    zone: region + text(value, "zone"),
    disk: Number(value["disk"]),
  };
}

function route(value: HclObject, file: string): TargetGroup {
  const { paths } = value;
  return {
    file,
    nodePort: Number(value["node_port"]),
    health: text(value, "health"),
    priority: Number(value["priority"]),
    host: text(value, "host"),
    paths: Array.isArray(paths) ? paths.map(String) : [],
  };
}

/** Where the account keeps its images: https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html */
function registry(account: string, region: string): string {
  return `${account}.dkr.ecr.${region}.amazonaws.com`;
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

/** What one resource says; nothing where there is none. */
function resourceNamed(sources: readonly Source[], type: string, name: string): HclObject {
  return resources(sources, type).find(({ labels }) => labels[1] === name)?.body.attributes ?? {};
}

/** What the services' load balancer listens on; the API has one of its own. */
function listeners(sources: readonly Source[]): TerraformFacts["listeners"] {
  return sources.flatMap((source) =>
    resources([source], "aws_lb_listener").flatMap(({ body: { attributes } }) =>
      expression(attributes["load_balancer_arn"]) === "aws_lb.main.arn"
        ? [{ file: source.file, port: Number(attributes["port"]) }]
        : [],
    ),
  );
}

const DIRECTIONS = ["ingress", "egress"] as const;

/** The rules between two security groups, or a group and a network. */
function firewall(sources: readonly Source[], direction: FirewallFact["direction"]): readonly FirewallFact[] {
  return resources(sources, `aws_vpc_security_group_${direction}_rule`).flatMap(({ body: { attributes } }) => {
    const [group, other] = [attributes["security_group_id"], attributes["referenced_security_group_id"]].map(groupIn);
    const peer = other ?? text(attributes, "cidr_ipv4");
    if (group === undefined || peer === "") return [];
    const [from, to] = [Number(attributes["from_port"]), Number(attributes["to_port"])];
    return [{ direction, group, peer, protocol: text(attributes, "ip_protocol"), from, to }];
  });
}

/** `nodes` in `aws_security_group.nodes.id`. */
function groupIn(value: HclValue | undefined): string | undefined {
  return /^aws_security_group\.([\w-]+)\.id$/.exec(expression(value))?.[1];
}

function expression(value: HclValue | undefined): string {
  return value instanceof Expression ? value.source : "";
}

/** The texts of `toset([…])`. */
function setOf(value: HclValue | undefined): readonly string[] {
  return [...expression(value).matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, item]) => item as string);
}

function text(value: HclObject, key: string): string {
  return String(value[key] ?? "");
}

function isObject(value: HclValue | undefined): value is HclObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Expression);
}
