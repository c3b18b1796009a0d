import type { Labels } from "../model/model.ts";
import { at, listAt, textAt, textsAt } from "../read/at.ts";
import type { Data } from "../read/yaml.ts";
import type { Binding, IngressFact, Monitor, Opening, Peer, Policy, ServiceFact } from "./facts.ts";
import { identity, type Manifest } from "./manifest.ts";

export function service(manifest: Manifest): ServiceFact {
  const { object } = manifest;
  return {
    ...identity(manifest),
    labels: textsAt(object, "metadata.labels"),
    selector: textsAt(object, "spec.selector"),
    ports: listAt(object, "spec.ports").map((port) => ({
      name: textAt(port, "name"),
      port: Number(at(port, "port")),
      target: textAt(port, "targetPort") || textAt(port, "port"),
      nodePort: at(port, "nodePort") === undefined ? null : Number(at(port, "nodePort")),
    })),
  };
}

export function binding(manifest: Manifest): Binding {
  return {
    ...identity(manifest),
    targetGroup: textAt(manifest.object, "spec.targetGroupName"),
    targetType: textAt(manifest.object, "spec.targetType"),
    service: textAt(manifest.object, "spec.serviceRef.name"),
    port: textAt(manifest.object, "spec.serviceRef.port"),
    nodeSelector: textsAt(manifest.object, "spec.nodeSelector.matchLabels"),
  };
}

export function ingresses(manifest: Manifest): readonly IngressFact[] {
  const annotations = textsAt(manifest.object, "metadata.annotations");
  return listAt(manifest.object, "spec.rules").flatMap((rule) =>
    listAt(rule, "http.paths").map((path) => ({
      ...identity(manifest),
      host: textAt(rule, "host"),
      path: textAt(path, "path"),
      service: textAt(path, "backend.service.name"),
      port: textAt(path, "backend.service.port.number"),
      health: annotations["alb.ingress.kubernetes.io/healthcheck-path"] ?? "",
      nodeSelector: labelsIn(annotations["alb.ingress.kubernetes.io/target-node-labels"] ?? ""),
    })),
  );
}

/** `node-group=auth,zone=a` as labels. */
function labelsIn(text: string): Labels {
  return Object.fromEntries(
    text
      .split(",")
      .filter(Boolean)
      .map((pair) => pair.split("=", 2) as [string, string]),
  );
}

export function policy(manifest: Manifest): Policy {
  const { object } = manifest;
  const named = identity(manifest);
  const openings = (direction: string, peers: string) =>
    listAt(object, `spec.${direction}`).map((rule) => opening(rule, peers, named.namespace));
  return {
    ...named,
    podSelector: textsAt(object, "spec.podSelector.matchLabels"),
    types: listAt(object, "spec.policyTypes").map(String),
    ingress: openings("ingress", "from"),
    egress: openings("egress", "to"),
  };
}

function opening(rule: Data, peers: string, namespace: string): Opening {
  return {
    peers: listAt(rule, peers).map((data) => peer(data, namespace)),
    ports: listAt(rule, "ports").map((port) => ({ port: textAt(port, "port"), protocol: textAt(port, "protocol") })),
  };
}

function peer(data: Data, own: string): Peer {
  const cidr = textAt(data, "ipBlock.cidr");
  if (cidr) return { cidr };
  const namespaces = textsAt(data, "namespaceSelector.matchLabels");
  return {
    namespace: namespaces["kubernetes.io/metadata.name"] ?? own,
    pods: textsAt(data, "podSelector.matchLabels"),
  };
}

export function monitor(manifest: Manifest): Monitor {
  return {
    ...identity(manifest),
    selector: textsAt(manifest.object, "spec.selector.matchLabels"),
    ports: listAt(manifest.object, "spec.endpoints").map((endpoint) => textAt(endpoint, "port")),
  };
}
