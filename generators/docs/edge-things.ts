import type { Bucket, Cdn, Model } from "../../src/model/model.ts";
import { counted, facts } from "./facts.ts";
import type { Thing, ThingId } from "./page-data.ts";
import { leadsTo } from "./workload-things.ts";

/** What stands between the world and the cluster, and the buckets. */
export function edgeThings(model: Model): [ThingId, Thing][] {
  const { cdn } = model.edge;
  return [
    ...(cdn ? [["edge/cdn", cdnThing(model, cdn)] as [ThingId, Thing]] : []),
    ["edge/load-balancer", loadBalancerThing(model)],
    ...(model.services.some(({ uses }) => uses.internet)
      ? [["edge/internet", internetThing(model)] as [ThingId, Thing]]
      : []),
    ...model.buckets.map((bucket): [ThingId, Thing] => [`bucket/${bucket.name}`, bucketThing(model, bucket)]),
  ];
}

function cdnThing({ paths }: Model, { host, bucket, origin, paths: forwarded }: Cdn): Thing {
  return {
    kind: "edge",
    name: "CloudFront",
    note: host,
    facts: facts(
      ["Host", host],
      ["Serves the bucket", bucket],
      ["Hands on to", origin],
      ["Paths handed on", forwarded.join("\n")],
      ["Made in", `${paths.terraform}/`],
    ),
    to: ["edge/load-balancer", ...(bucket === null ? [] : [`bucket/${bucket}` as const])],
  };
}

function loadBalancerThing({ edge, platform, paths }: Model): Thing {
  const isTerraforms = edge.owner === "terraform";
  const components = platform.components.filter((component) => edge.routes.some((route) => leadsTo(route, component)));
  return {
    kind: "edge",
    name: "Load balancer",
    note: counted(edge.routes.length, "route"),
    facts: facts(
      ["Hosts", edge.hosts.join("\n")],
      ["Owned by", isTerraforms ? "Terraform" : "the AWS Load Balancer Controller"],
      ["Made in", `${isTerraforms ? `${paths.terraform}/\n` : ""}${paths.kubernetes}/ingress/${edge.ingressFile}`],
    ),
    to: [
      ...edge.routes.map((route): ThingId => `service/${route.name}`),
      ...components.map(({ id }): ThingId => `component/${id}`),
    ],
  };
}

function internetThing({ network }: Model): Thing {
  return {
    kind: "edge",
    name: "Internet",
    note: "HTTPS to the world",
    facts: facts([
      "Way out",
      { none: "none", single: "one NAT gateway", "per-zone": "a NAT gateway in each zone" }[network.nat],
    ]),
  };
}

const PURPOSES: Readonly<Record<Bucket["purpose"], string>> = {
  files: "the services' files",
  backups: "backups of the datastores and of etcd",
  logs: "access logs",
};

function bucketThing({ paths }: Model, { name, fullName, purpose, cdn }: Bucket): Thing {
  return {
    kind: "bucket",
    name,
    note: cdn ? "S3, served by the CDN" : "S3",
    facts: facts(["Name in AWS", fullName], ["Holds", PURPOSES[purpose]], ["Made in", `${paths.terraform}/`]),
  };
}
