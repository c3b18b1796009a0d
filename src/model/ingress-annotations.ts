import type { Labels, Route } from "./model.ts";

/**
 * What an Ingress says where the AWS Load Balancer Controller builds the load balancer: one from all of them, which share the
 * group. It finds the certificate by the host: the account has one for the domain.
 * https://kubernetes-sigs.github.io/aws-load-balancer-controller/v3.5/guide/ingress/annotations/
 */
export function ingressAnnotations(
  id: string,
  nodeLabels: Labels,
  { path, health }: Pick<Route, "path" | "health">,
): Labels {
  const alb = {
    "backend-protocol": "HTTP",
    "group.name": id,
    "group.order": String(orderOf(path)),
    "healthcheck-path": health,
    "listen-ports": '[{"HTTP": 80}, {"HTTPS": 443}]',
    "load-balancer-attributes": "deletion_protection.enabled=true,routing.http.drop_invalid_header_fields.enabled=true",
    "load-balancer-name": id,
    scheme: "internet-facing",
    "ssl-policy": "ELBSecurityPolicy-TLS13-1-2-2021-06",
    "ssl-redirect": "443",
    "target-node-labels": Object.entries(nodeLabels)
      .map((label) => label.join("="))
      .join(","),
    "target-type": "instance",
  };
  return Object.fromEntries(Object.entries(alb).map(([key, value]) => [`alb.ingress.kubernetes.io/${key}`, value]));
}

/** Deeper paths are tried first. */
function orderOf(path: string | null): number {
  return 100 - (path ?? "").split("/").filter(Boolean).length;
}
