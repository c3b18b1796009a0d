import type { Resources } from "../model.ts";

/**
 * The EC2 instance types that a node can have: x86-64, current generations. Processors and memory (GiB) are those of AWS's
 * page "Amazon EC2 instance types" (https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html).
 */
const SIZES: Readonly<Record<string, Readonly<Record<string, readonly [processors: number, gibibytes: number]>>>> = {
  burstable: {
    small: [2, 2],
    medium: [2, 4],
    large: [2, 8],
    xlarge: [4, 16],
    "2xlarge": [8, 32],
  },
  general: {
    large: [2, 8],
    xlarge: [4, 16],
    "2xlarge": [8, 32],
    "4xlarge": [16, 64],
    "8xlarge": [32, 128],
    "12xlarge": [48, 192],
    "16xlarge": [64, 256],
  },
  compute: {
    large: [2, 4],
    xlarge: [4, 8],
    "2xlarge": [8, 16],
    "4xlarge": [16, 32],
  },
  memory: {
    large: [2, 16],
    xlarge: [4, 32],
    "2xlarge": [8, 64],
    "4xlarge": [16, 128],
    "8xlarge": [32, 256],
    "12xlarge": [48, 384],
    "16xlarge": [64, 512],
  },
};

const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  burstable: ["t3", "t3a"],
  general: ["m5", "m5a", "m6a", "m6i", "m7a", "m7i"],
  compute: ["c5", "c5a", "c6a", "c6i", "c7a", "c7i"],
  memory: ["r5", "r5a", "r6a", "r6i", "r7a", "r7i"],
};

/** What each instance type has, before anything is reserved. */
export const instanceTypes: ReadonlyMap<string, Resources> = new Map(
  Object.entries(FAMILIES).flatMap(([kind, families]) =>
    families.flatMap((family) =>
      Object.entries(SIZES[kind] ?? {}).map(
        ([size, [processors, gibibytes]]) =>
          [`${family}.${size}`, { cpu: processors * 1000, memory: gibibytes * 1024 }] as const,
      ),
    ),
  ),
);
