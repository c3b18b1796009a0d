import { byCodeUnit, entries } from "../order.ts";
import type { Topology } from "../topology.ts";
import type { Bucket } from "./model.ts";

/** The name of a bucket in AWS: with the platform, the environment and the account it is the only one in the world. */
export function bucketName(topology: Topology, name: string): string {
  return `${topology.name}-${topology.environment ?? "prod"}-${topology.aws.account}-${name}`;
}

/** The topology's buckets, and the two that every platform has. */
export function resolveBuckets(topology: Topology): readonly Bucket[] {
  const bucket = (name: string, purpose: Bucket["purpose"], cdn = false): Bucket => ({
    name,
    fullName: bucketName(topology, name),
    purpose,
    cdn,
  });
  const files = entries(topology.buckets).map(([name, spec]) => bucket(name, "files", spec.cdn ?? false));
  return [...files, bucket("backups", "backups"), bucket("logs", "logs")].sort((one, other) =>
    byCodeUnit(one.name, other.name),
  );
}
