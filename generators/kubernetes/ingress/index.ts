import type { IIngress } from "kubernetes-models/networking.k8s.io/v1";
import type { GeneratedFile } from "../../../src/generated-file.ts";
import type { Labels, Model, Route } from "../../../src/model/model.ts";
import { manifestFile } from "../manifest.ts";
import type { ITargetGroupBinding } from "./target-group-binding.ts";

/** What binds Services to the load balancer, whoever builds that. */
export function ingressFiles(model: Model): readonly GeneratedFile[] {
  const bind = model.edge.owner === "terraform" ? targetGroupBinding : ingress;
  const file = `${model.paths.kubernetes}/ingress/${model.edge.ingressFile}`;
  return manifestFile(
    file,
    model.edge.routes.map((route) => bind(model, route)),
  );
}

/** Terraform builds load balancer and target groups; the nodes become targets here. */
function targetGroupBinding(model: Model, route: Route): ITargetGroupBinding {
  const { service, port } = route.backend;
  return {
    apiVersion: "elbv2.k8s.aws/v1beta1",
    kind: "TargetGroupBinding",
    metadata: metadata(model, route),
    spec: {
      targetGroupName: route.targetGroup,
      targetType: "instance",
      serviceRef: { name: service, port },
      nodeSelector: { matchLabels: { ...selectorOf(model, route) } },
    },
  };
}

/**
 * The AWS Load Balancer Controller builds one load balancer from all of these: they share the group.
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/v3.5/guide/ingress/annotations/
 */
function ingress(model: Model, route: Route): IIngress {
  const { service, port } = route.backend;
  const backend = { service: { name: service, port: { number: port } } };
  const path = { path: route.path ?? "/", pathType: "Prefix" as const, backend };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { ...metadata(model, route), annotations: annotations(model, route) },
    spec: {
      ingressClassName: "alb",
      tls: [{ hosts: [route.host] }],
      rules: [{ host: route.host, http: { paths: [path] } }],
    },
  };
}

/** The certificate is found by the host: the account has one for the domain. */
function annotations(model: Model, route: Route): Record<string, string> {
  const alb = {
    "backend-protocol": "HTTP",
    "group.name": model.id,
    "group.order": String(orderOf(route)),
    "healthcheck-path": route.health,
    "listen-ports": '[{"HTTP": 80}, {"HTTPS": 443}]',
    "load-balancer-attributes": "deletion_protection.enabled=true,routing.http.drop_invalid_header_fields.enabled=true",
    "load-balancer-name": model.id,
    scheme: "internet-facing",
    "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
    "ssl-redirect": "443",
    "target-node-labels": Object.entries(selectorOf(model, route))
      .map((label) => label.join("="))
      .join(","),
    "target-type": "instance",
  };
  return Object.fromEntries(Object.entries(alb).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value]));
}

/** Deeper paths are tried first. */
function orderOf({ path }: Route): number {
  return 100 - (path ?? "").split("/").filter(Boolean).length;
}

function metadata({ name: platform }: Model, { name, backend }: Route) {
  return { name, namespace: backend.namespace, labels: { "app.kubernetes.io/part-of": platform } };
}

function selectorOf({ groups }: Model, { group }: Route): Labels {
  return groups.find(({ name }) => name === group)?.selector ?? {};
}
