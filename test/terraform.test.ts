import { readdirSync, readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse } from "yaml";
import { terraform } from "../generators/terraform/index.ts";
import type { Model } from "../src/model/model.ts";
import { resolve } from "../src/model/resolve.ts";
import { Expression, readHcl, type Block } from "../src/read/hcl.ts";
import type { Topology } from "../src/topology.ts";
import { fourteenNodes, modelWith } from "./fourteen-nodes.ts";

// What the scanners do not look at, asked of the model and of the files themselves. Terraform itself reads them in tools/.

const { access, kubernetes, network, platform } = fourteenNodes;

const goldens = readdirSync("test/golden").map((name): [string, Model] => {
  return [name, resolve(parse(readFileSync(`test/golden/${name}/topology.yaml`, "utf8")) as Topology)];
});

const shapes: readonly [string, Model][] = [
  ["14 nodes", modelWith()],
  ...goldens,
  ["no NAT", modelWith({ network: { ...network, nat: "none" } })],
  ["a bastion", modelWith({ access: { ...access, via: "bastion", from: ["203.0.113.0/24"] } })],
  ["the controller's load balancer", modelWith({ edge: { loadBalancer: "controller" } })],
  ["images on GitHub", modelWith({ images: { registry: "ghcr/acme" } })],
  ["a CDN with no bucket", modelWith({ buckets: {}, services: {}, edge: { cdn: true } })],
  ["VXLAN across subnets", modelWith({ kubernetes: { ...kubernetes, encapsulation: "vxlan-cross-subnet" } })],
  ["no Atlantis", modelWith({ platform: { ...platform, atlantis: false } })],
];

function texts(model: Model): Map<string, string> {
  return new Map(terraform(model).map(({ path, text }) => [path.slice(model.paths.terraform.length + 1), text]));
}

function blocks(model: Model): readonly Block[] {
  return [...texts(model).values()].flatMap((text) => readHcl(text).blocks);
}

function resources(model: Model, type: string): readonly Block[] {
  return blocks(model).filter((block) => block.type === "resource" && block.labels[0] === type);
}

/** The blocks of a type at any depth. */
function nested(all: readonly Block[], type: string): readonly Block[] {
  return all.flatMap((block) => [...(block.type === type ? [block] : []), ...nested(block.body.blocks, type)]);
}

function source(value: unknown): string {
  return value instanceof Expression ? value.source : String(value);
}

for (const [name, model] of shapes) {
  const test = suite(`terraform: ${name}`);

  test("the world reaches the public load balancer on 80 and 443, and nothing else", () => {
    const open = resources(model, "aws_vpc_security_group_ingress_rule")
      .map(({ body: { attributes: rule } }) => rule)
      .filter((rule) => String(rule["cidr_ipv4"]).endsWith("/0") || rule["cidr_ipv6"] !== undefined);
    const reached = open.map((rule) => [source(rule["security_group_id"]), rule["from_port"], rule["to_port"]]);
    const ofTerraform = model.edge.owner === "terraform";
    assert.equal(
      reached,
      ofTerraform ? [80, 443].map((port) => ["aws_security_group.load-balancer.id", port, port]) : [],
    );
  });

  test("no security group has rules within it, and each rule is described", () => {
    for (const { body } of resources(model, "aws_security_group")) assert.equal(body.blocks, []);
    for (const direction of ["ingress", "egress"]) {
      const rules = resources(model, `aws_vpc_security_group_${direction}_rule`);
      assert.ok(rules.length > 0);
      for (const { body } of rules) assert.type(body.attributes["description"], "string");
    }
  });

  // "a-z, A-Z, 0-9, spaces, and ._-:/()#,@[]+=&;{}!$*", up to 255 of them: EC2's IpRange and CreateSecurityGroup. There is no apostrophe.
  test("AWS takes the descriptions of security groups and of their rules", () => {
    const types = ["aws_security_group", "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"];
    for (const { body } of types.flatMap((type) => resources(model, type)))
      assert.match(String(body.attributes["description"]), /^[-a-zA-Z0-9 ._:/()#,@[\]+=&;{}!$*]{1,255}$/);
  });

  test("every node reaches the API, by its load balancer and, as pods do, each control-plane node", () => {
    const { port, loadBalanced } = model.kubernetes.endpoint;
    for (const group of ["control-plane", ...(loadBalanced ? ["api-load-balancer"] : [])]) {
      const isOpen = (type: string, from: string, to: string): boolean =>
        resources(model, type).some(({ body: { attributes: rule } }) => {
          const groups = [rule["security_group_id"], rule["referenced_security_group_id"]].map(source);
          return (
            groups.join() === `aws_security_group.${from}.id,aws_security_group.${to}.id` && rule["to_port"] === port
          );
        });
      assert.ok(isOpen("aws_vpc_security_group_ingress_rule", group, "nodes"), group);
      assert.ok(isOpen("aws_vpc_security_group_egress_rule", "nodes", group), group);
    }
  });

  test("each rule's groups exist", () => {
    const groups = resources(model, "aws_security_group").map(({ labels }) => `aws_security_group.${labels[1]}.id`);
    const named = ["ingress", "egress"].flatMap((direction) =>
      resources(model, `aws_vpc_security_group_${direction}_rule`).flatMap(({ body: { attributes } }) =>
        [attributes["security_group_id"], attributes["referenced_security_group_id"]].filter(
          (value) => value !== undefined,
        ),
      ),
    );
    for (const group of named) assert.ok(groups.includes(source(group)), source(group));
  });

  test("pods reach the metadata service where their role needs it, and nowhere else", () => {
    for (const instance of resources(model, "aws_instance")) {
      const [options] = nested([instance], "metadata_options");
      assert.is(options?.body.attributes["http_tokens"], "required");
    }
    for (const node of model.nodes) {
      const { rights } = model.roles.find((role) => role.name === node.role) as Model["roles"][number];
      const { pullImages: _, buckets, ...others } = rights;
      const needed = buckets.length > 0 || Object.values(others).some(Boolean);
      assert.is(node.metadataHops, needed ? 2 : 1, node.name);
    }
  });

  test("what encapsulates, what the firewall lets through and what AWS checks go together", () => {
    const { encapsulation, bgp, sourceDestCheck } = model.kubernetes;
    const protocols = new Set(model.firewall.map((rule) => rule.protocol));
    const legal = {
      VXLAN: { bgp: "Disabled", sourceDestCheck: true, ipip: false },
      VXLANCrossSubnet: { bgp: "Disabled", sourceDestCheck: false, ipip: false },
      IPIP: { bgp: "Enabled", sourceDestCheck: true, ipip: true },
    };
    assert.equal({ bgp, sourceDestCheck, ipip: protocols.has("ipip") }, legal[encapsulation]);
    for (const { labels, body } of resources(model, "aws_instance")) {
      if (labels[1] !== "bastion") assert.is(body.attributes["source_dest_check"], sourceDestCheck);
    }
  });

  test("TLS is 1.2 or newer", () => {
    const all = blocks(model);
    const policies = nested(all, "resource").map(({ body }) => body.attributes["ssl_policy"]);
    const versions = nested(all, "viewer_certificate").map(({ body }) => body.attributes["minimum_protocol_version"]);
    for (const policy of policies)
      assert.ok([undefined, "ELBSecurityPolicy-TLS13-1-2-2021-06"].includes(policy as string));
    for (const version of versions) assert.is(version, "TLSv1.2_2021");
    assert.is(versions.length, model.edge.cdn ? 1 : 0);
  });

  test("planning runs no program and asks no other provider than AWS's, in one version", () => {
    const all = blocks(model);
    const types = all
      .filter(({ type }) => ["resource", "data"].includes(type))
      .map(({ labels }) => labels[0] as string);
    assert.equal(
      types.filter((type) => !type.startsWith("aws_")),
      [],
    );
    assert.equal(nested(all, "provisioner"), []);
    for (const { body } of nested(all, "required_providers")) {
      assert.equal(body.attributes, { aws: { source: "hashicorp/aws", version: "5.100.0" } });
    }
    assert.is(nested(all, "module").length, 0);
  });

  test("no scanner is told to look away", () => {
    for (const [file, text] of texts(model)) assert.not.match(text, /checkov|tfsec|trivy|tflint/i, file);
  });

  test("no file is empty", () => {
    for (const [file, text] of texts(model)) assert.ok(readHcl(text).blocks.length > 0, file);
  });

  test("each node stands in the class that it asks for, once", () => {
    const locals = blocks(model).filter(({ type }) => type === "locals");
    const keys = (name: string) =>
      Object.keys(locals.find(({ body }) => name in body.attributes)?.body.attributes[name] ?? {});
    const wanted = (isProtected: boolean) =>
      model.nodes.filter((node) => node.protected === isProtected).map(({ name: node }) => node);
    assert.equal(keys("protected_nodes"), wanted(true));
    assert.equal(keys("unprotected_nodes"), wanted(false));
    for (const { labels, body } of resources(model, "aws_instance")) {
      const [lifecycle] = nested(body.blocks, "lifecycle");
      const isProtected = labels[1] === "protected";
      assert.is(lifecycle?.body.attributes["prevent_destroy"] ?? false, isProtected);
      assert.is(body.attributes["disable_api_termination"] ?? false, isProtected);
    }
  });

  test.run();
}

const roles = suite("terraform: roles");

roles("GitHub pushes images from the one branch of the one repository, by each of its names", () => {
  const subjectsOf = (git: Topology["git"]): string[] => {
    const role = texts(modelWith({ git })).get("oidc.tf") ?? "";
    assert.match(role, '"token.actions.githubusercontent.com:aud" = "sts.amazonaws.com"');
    assert.not.match(role, "ForAnyValue");
    return Array.from(role.matchAll(/"(repo:.*)"/g), ([, subject = ""]) => subject);
  };
  const { git } = fourteenNodes;
  const either = ["repo:acme/platform:ref:refs/heads/main", "repo:acme@*/platform@*:ref:refs/heads/main"];
  assert.equal(subjectsOf(git), either);
  const ids = { owner: 583231, repository: 1296269 };
  assert.equal(subjectsOf({ ...git, ids }), ["repo:acme@583231/platform@1296269:ref:refs/heads/main"]);
});

roles("an image elsewhere needs no role in AWS", () => {
  const files = texts(modelWith({ images: { registry: "ghcr/acme" } }));
  assert.not.ok(files.has("oidc.tf") || files.has("ecr.tf"));
});

roles("no policy but Atlantis' gives a service whole", () => {
  for (const [name, model] of shapes) {
    for (const [file, text] of texts(model)) {
      if (file !== "iam-atlantis.tf") assert.not.match(text, /"(?!kms:|s3:)[a-z0-9]+:\*"/, `${name}: ${file}`);
    }
  }
});

roles.run();

const addresses = suite("terraform: addresses");

function moves(changes: Partial<Topology>): readonly (readonly [string, string])[] {
  return blocks(modelWith(changes))
    .filter(({ type }) => type === "moved")
    .map(({ body }) => [source(body.attributes["from"]), source(body.attributes["to"])] as const);
}

/** Where the state's instance ends up. */
function follow(all: readonly (readonly [string, string])[], from: string): string {
  const next = all.find(([source]) => source === from);
  return next ? follow(all, next[1]) : from;
}

addresses("a node that changes its class is moved", () => {
  const all = moves({
    nodes: { ...fourteenNodes.nodes, redis: { role: "data", address: "10.0.3.60", state: "draining" } },
  });
  assert.is(follow(all, 'aws_instance.protected["redis-1"]'), 'aws_instance.unprotected["redis-1"]');
  assert.is(follow(all, 'aws_instance.unprotected["auth-1"]'), 'aws_instance.unprotected["auth-1"]');
});

addresses("a renamed node is moved, whatever its class was", () => {
  const { "scan-worker": group, ...others } = fourteenNodes.nodes;
  const { "scan-worker": worker, ...services } = fourteenNodes.services ?? {};
  if (!group || !worker) throw new Error("the 14 nodes have scan workers");
  const all = moves({
    nodes: { ...others, "async-worker": { ...group, renamedFrom: "scan-worker" } },
    services: { ...services, "async-worker": { ...worker, on: "async-worker" } },
  });
  for (const before of ["protected", "unprotected"]) {
    assert.is(follow(all, `aws_instance.${before}["scan-worker-2"]`), 'aws_instance.unprotected["async-worker-2"]');
  }
});

addresses("every place is reached from one other place", () => {
  for (const [name, model] of shapes) {
    const targets = blocks(model)
      .filter(({ type }) => type === "moved")
      .map(({ body }) => source(body.attributes["to"]));
    assert.is(new Set(targets).size, targets.length, name);
  }
});

addresses("a renamed node answers to its earlier name", () => {
  const model = goldens.find(([name]) => name === "several-zones")?.[1] as Model;
  assert.match(texts(model).get("route53.tf") ?? "", /web-2 = {\n +address = local.nodes\["front-2"\].address\n/);
});

addresses.run();
