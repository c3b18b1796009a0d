import type { IIngress } from "kubernetes-models/networking.k8s.io/v1";
import type { IService } from "kubernetes-models/v1";
import type { Model, NodeGroup, Route } from "../../../src/model/model.ts";
import { metadata } from "./metadata.ts";

/** What leads the load balancer to Argo CD, Grafana and Atlantis. The services' own ways belong to Argo CD. */
export function edgeObjects({ edge, groups }: Model): readonly object[] {
  return edge.routes
    .filter((route) => route.boundBy === "ansible")
    .flatMap((route) => [
      ...(route.name === "argocd" ? [argoCdService(route)] : []),
      edge.owner === "terraform" ? targetGroupBinding(route, groups) : ingress(route),
    ]);
}

/** The chart's own Service of type NodePort would take a second port of every node at random. */
function argoCdService({ backend, nodePort }: Route): object {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: metadata(backend.service, backend.namespace),
    spec: {
      type: "NodePort",
      selector: { "app.kubernetes.io/instance": "argocd", "app.kubernetes.io/name": "argocd-server" },
      ports: [{ name: "http", port: backend.port, targetPort: 8080, nodePort }],
    },
  } satisfies IService;
}

/** https://kubernetes-sigs.github.io/aws-load-balancer-controller/v3.5/guide/targetgroupbinding/spec/ */
function targetGroupBinding({ name, backend, targetGroup, group }: Route, groups: readonly NodeGroup[]): object {
  const nodes = groups.find((each) => each.name === group)?.selector ?? {};
  return {
    apiVersion: "elbv2.k8s.aws/v1beta1",
    kind: "TargetGroupBinding",
    metadata: metadata(name, backend.namespace),
    spec: {
      targetGroupName: targetGroup,
      targetType: "instance",
      serviceRef: { name: backend.service, port: backend.port },
      nodeSelector: { matchLabels: nodes },
    },
  };
}

function ingress({ name, host, backend, annotations }: Route): object {
  const service = { name: backend.service, port: { number: backend.port } };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { ...metadata(name, backend.namespace), annotations },
    spec: {
      ingressClassName: "alb",
      tls: [{ hosts: [host] }],
      rules: [{ host, http: { paths: [{ path: "/", pathType: "Prefix", backend: { service } }] } }],
    },
  } satisfies IIngress;
}
