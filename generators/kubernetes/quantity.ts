import type { PodResources } from "../../src/model/model.ts";

/** Thousandths of a processor as the API server writes them: 250 is `250m`, 2000 is `2`. */
export function cpu(thousandths: number): string {
  return thousandths % 1000 === 0 ? String(thousandths / 1000) : `${thousandths}m`;
}

/** MiB as the API server writes them: 512 is `512Mi`, 2048 is `2Gi`. */
export function memory(mebibytes: number): string {
  return mebibytes % 1024 === 0 ? `${mebibytes / 1024}Gi` : `${mebibytes}Mi`;
}

/**
 * What a container asks for and may use. Its memory is its limit, so that it is stopped for nobody's sake but its own.
 * `scratch` is what it may write to the node's disk, logs included, in MiB.
 */
export function containerResources(resources: PodResources, scratch: number) {
  return {
    requests: {
      cpu: cpu(resources.cpu),
      memory: memory(resources.memory),
      "ephemeral-storage": memory(SCRATCH_REQUEST),
    },
    limits: { cpu: cpu(resources.cpuLimit), memory: memory(resources.memory), "ephemeral-storage": memory(scratch) },
  };
}

const SCRATCH_REQUEST = 64;

/** What a container's logs may take of the node's disk before the kubelet has turned them over, in MiB. */
export const LOGS = 256;
