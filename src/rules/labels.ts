import type { Path } from "../diagnostic.ts";
import { GROUP_LABEL, ROLE_LABEL } from "../model/node-labels.ts";
import { groupTaints } from "../model/nodes.ts";
import type { Named, Taint, Topology } from "../topology.ts";
import { type Violation, written } from "./rule.ts";

/** What roles and groups say of labels and taints. */
function marks(topology: Topology): { path: Path; labels?: Named<string>; taints?: readonly Taint[] }[] {
  return [
    ...written(topology.roles).map(([name, spec]) => ({ path: ["roles", name], ...spec })),
    ...written(topology.nodes).map(([name, spec]) => ({ path: ["nodes", name], ...spec })),
  ];
}

/** Every key of a label or a taint, and where it stands. */
function keys(topology: Topology): { path: Path; key: string; atKey?: true }[] {
  return marks(topology).flatMap(({ path, labels, taints = [] }) => [
    ...Object.keys(labels ?? {}).map((key) => ({ path: [...path, "labels", key], key, atKey: true as const })),
    ...taints.map(({ key }, index) => ({ path: [...path, "taints", index, "key"], key })),
  ]);
}

export function* topogensOwnLabelsAreNotSet(topology: Topology): Iterable<Violation> {
  for (const { key, ...place } of keys(topology)) {
    if (key !== GROUP_LABEL && key !== ROLE_LABEL) continue;
    const message = `\`${key}\` is a label that topogen sets itself, from the group's name and role.`;
    yield { ...place, message, remedy: "Remove it, or use another key." };
  }
}

/**
 * Kubernetes keeps these domains for itself, but for the part that is made for administrators:
 * https://kubernetes.io/docs/reference/labels-annotations-taints/ and
 * https://kubernetes.io/docs/reference/access-authn-authz/admission-controllers/#noderestriction
 */
const KUBERNETES_DOMAIN = /(^|\.)(kubernetes|k8s)\.io\//;
const FOR_ADMINISTRATORS =
  /^([a-z0-9-]+\.)*node-restriction\.kubernetes\.io\/|^node\.kubernetes\.io\/exclude-from-external-load-balancers$/;

export function* labelsStayOutOfTheDomainsOfKubernetes(topology: Topology): Iterable<Violation> {
  for (const { key, ...place } of keys(topology)) {
    if (!KUBERNETES_DOMAIN.test(key) || FOR_ADMINISTRATORS.test(key)) continue;
    const message = `\`${key}\` is in a domain that Kubernetes keeps for itself.`;
    const remedy = `Use a key of your own, such as \`${key.slice(key.indexOf("/") + 1)}\` or \`${topology.domain}/${key.slice(key.indexOf("/") + 1)}\`.`;
    yield { ...place, message, remedy };
  }
}

/** Kubernetes tells taints apart by key and effect, and refuses a node that has two alike. */
export function* aNodesTaintsDiffer(topology: Topology): Iterable<Violation> {
  for (const { path, taints = [] } of marks(topology)) {
    for (const [index, { key, effect }] of taints.entries()) {
      if (taints.findIndex((other) => other.key === key && other.effect === effect) === index) continue;
      yield {
        path: [...path, "taints", index],
        message: `The taint \`${key}\` with the effect ${effect} stands here twice.`,
        remedy: "Remove one of the two.",
        fix: "remove",
      };
    }
  }
  for (const [name, spec] of written(topology.nodes)) {
    const own = spec.taints ?? [];
    const fromRole = groupTaints(topology, name, { ...spec, taints: [] });
    for (const [index, { key, effect }] of own.entries()) {
      if (!fromRole.some((other) => other.key === key && other.effect === effect)) continue;
      const message = `The group has the taint \`${key}\` with the effect ${effect} from its role already.`;
      yield { path: ["nodes", name, "taints", index], message, remedy: "Remove it here." };
    }
  }
}
