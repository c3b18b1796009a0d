import type { Resources } from "../model.ts";

/** What the pods ask for that do one thing and end. They need room beside everything that stays. */
export const taskPods = {
  /** Asks a service for its health after Argo CD has synchronised it. */
  check: { cpu: 10, memory: 32 },
  /** Runs Ansible before Argo CD synchronises the cluster's configuration. */
  configure: { cpu: 100, memory: 384 },
} as const satisfies Readonly<Record<string, Resources>>;

/** The engine's own command that makes a copy of a datastore's content, or brings one back. */
const copyingCommand: Resources = { cpu: 50, memory: 128 };

/** The largest copy that the transfer has memory for, in GiB: PostgreSQL's are compressed, and far smaller than its volume. */
export const LARGEST_COPY = 312;

/**
 * The AWS CLI that sends a copy to S3 or fetches it, for a volume of so many GiB. A stream is sent in at most 10,000 parts, of 8
 * MiB or as often doubled as it takes, and ten of them are held in memory
 * (https://github.com/boto/s3transfer/blob/develop/s3transfer/manager.py, utils.py: ChunksizeAdjuster).
 */
function copyingTransfer(storage: number): Resources {
  let part = 8;
  while ((Math.min(storage, LARGEST_COPY) * 1024) / part > 10_000) part *= 2;
  return { cpu: 50, memory: 144 + 14 * part };
}

/** What the two containers of a copy ask for, which are at work at the same time, for a volume of so many GiB. */
export function copyingRoom(storage: number): { readonly command: Resources; readonly transfer: Resources } {
  return { command: copyingCommand, transfer: copyingTransfer(storage) };
}
