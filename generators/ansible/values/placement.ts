import type { ComponentId, ComponentPod, Labels, Model, NodeGroup, Resources } from "../../../src/model/model.ts";

/** The pods of a component that are alike, by the component's id and their name in the catalogue. */
export function podOf(model: Model, id: ComponentId, name: string): ComponentPod {
  const pod = model.platform.components
    .find((component) => component.id === id)
    ?.pods.find((each) => each.name === name);
  if (!pod) throw new Error(`the component ${id} has no pods called ${name}`);
  return pod;
}

/** What charts call `resources`. */
export function requests({ cpu, memory }: Resources) {
  return { requests: { cpu: `${cpu}m`, memory: `${memory}Mi` } };
}

/** An equal part for each of the containers of a pod. */
export function share({ cpu, memory }: ComponentPod, containers: number) {
  return requests({ cpu: Math.floor(cpu / containers), memory: Math.floor(memory / containers) });
}

/** What charts call `nodeSelector` and `tolerations`: where the model wants these pods. */
export function placement(model: Model, { on }: Pick<ComponentPod, "on">): Placement {
  if (on === "every-node")
    return { nodeSelector: { "kubernetes.io/os": "linux" }, tolerations: [{ operator: "Exists" }] };
  if (on === "platform") {
    const { selector, taints } = model.platform.group;
    return { nodeSelector: selector, tolerations: taints.map(toleration) };
  }
  const taints = model.groups.filter((group) => group.role.controlPlane).flatMap((group) => group.taints);
  const distinct = new Map(taints.map((taint) => [`${taint.key}=${taint.value}:${taint.effect}`, taint]));
  return {
    nodeSelector: { "node-role.kubernetes.io/control-plane": "" },
    tolerations: [...distinct.values()].map(toleration),
  };
}

type Placement = {
  readonly nodeSelector: Labels;
  readonly tolerations: Toleration[];
};

type Toleration = Readonly<Record<string, string>>;

function toleration({ key, value, effect }: NodeGroup["taints"][number]): Toleration {
  return value === "" ? { key, operator: "Exists", effect } : { key, operator: "Equal", value, effect };
}

/** Resources and placement together, as most charts take them side by side. */
export function pod(model: Model, id: ComponentId, name: string) {
  const pods = podOf(model, id, name);
  return { resources: requests(pods), ...placement(model, pods) };
}
