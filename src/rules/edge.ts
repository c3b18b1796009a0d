import { serviceRoutes } from "../model/routes.ts";
import type { Topology } from "../topology.ts";
import { type Violation, written } from "./rule.ts";

export function* theCdnServesAtMostOneBucket(topology: Topology): Iterable<Violation> {
  const [first, ...others] = written(topology.buckets).filter(([, { cdn }]) => cdn);
  for (const [name] of others) {
    const message = `CloudFront serves one bucket, and \`${first?.[0]}\` is it.`;
    yield { path: ["buckets", name, "cdn"], message, remedy: "Set `cdn: true` for one bucket only." };
  }
}

export function* aBucketBehindTheCdnHasOne(topology: Topology): Iterable<Violation> {
  if (topology.edge?.cdn) return;
  for (const [name, { cdn }] of written(topology.buckets)) {
    if (!cdn) continue;
    const message = `\`${name}\` is to be served by CloudFront, and there is none.`;
    yield { path: ["buckets", name, "cdn"], message, remedy: "Set `cdn: true` under `edge`, or remove it here." };
  }
}

export function* theCdnHasSomethingToServe(topology: Topology): Iterable<Violation> {
  if (!topology.edge?.cdn || serviceRoutes(topology).length > 0) return;
  if (Object.values(topology.buckets ?? {}).some(({ cdn }) => cdn)) return;
  const message = "CloudFront has nothing to serve: no bucket has `cdn: true`, and no service is public.";
  yield { path: ["edge", "cdn"], message, remedy: "Set `cdn: true` for a bucket, or remove it here." };
}
