import type { Resources } from "../model.ts";

/** What the pods ask for that do one thing and end. They need room beside everything that stays. */
export const taskPods = {
  /** Asks a service for its health after Argo CD has synchronised it. */
  check: { cpu: 10, memory: 32 },
  /** Copies a datastore's content to S3. */
  backup: { cpu: 100, memory: 256 },
  /** Runs Ansible before Argo CD synchronises the cluster's configuration. */
  configure: { cpu: 100, memory: 384 },
} as const satisfies Readonly<Record<string, Resources>>;
