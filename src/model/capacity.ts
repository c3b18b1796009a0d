import { instanceTypes } from "./catalogue/instances.ts";
import type { Resources } from "./model.ts";

/**
 * What a virtual machine's firmware and kernel take of the advertised memory, as Karpenter assumes it
 * (https://karpenter.sh/docs/reference/settings/, VM_MEMORY_OVERHEAD_PERCENT).
 */
const OVERHEAD = 0.075;

/** The memory that the kubelet keeps free by stopping pods: its own default, in MiB. */
const EVICTION = 100;

/**
 * What the kubelet keeps for itself and the system (`systemReserved`); on the control plane also for what etcd and the API
 * server are seen to use beyond what their manifests ask for. It does not depend on the instance type: a larger machine is
 * then a change for Terraform alone.
 */
export function reservedForSystem(controlPlane: boolean): Resources {
  return { cpu: 100, memory: controlPlane ? 1024 : 240 };
}

/** What all pods of a node may ask for together: the node's `status.allocatable`, never more than the true one. */
export function allocatable(instanceType: string, reserved: Resources): Resources {
  const { cpu, memory } = raw(instanceType);
  return { cpu: cpu - reserved.cpu, memory: Math.floor(memory * (1 - OVERHEAD)) - reserved.memory - EVICTION };
}

function raw(instanceType: string): Resources {
  return instanceTypes.get(instanceType) ?? { cpu: 0, memory: 0 };
}
