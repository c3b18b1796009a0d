import type { IIngress } from "kubernetes-models/networking.k8s.io/v1";
import type { GeneratedFile } from "../../../src/generated-file.ts";
import type { Labels, Model, Route } from "../../../src/model/model.ts";
import { manifestFile } from "../manifest.ts";
import type { ITargetGroupBinding } from "./target-group-binding.ts";

/** What binds the services to the load balancer, whoever builds that. The platform's own servers are bound by Ansible. */
export function ingressFiles(model: Model): readonly GeneratedFile[] {
  const bind = model.edge.owner === "terraform" ? targetGroupBinding : ingress;
  const file = `${model.paths.kubernetes}/ingress/${model.edge.ingressFile}`;
  const manifests = ownRoutes(model).map((route) => bind(model, route));
  return manifestFile(file, manifests);
}

/** The namespaces that have such objects, by name. */
export function routedNamespaces(model: Model): readonly string[] {
  return [...new Set(ownRoutes(model).map(({ backend }) => backend.namespace))].sort();
}

export function ownRoutes({ edge }: Model): readonly Route[] {
  return edge.routes.filter(({ boundBy }) => boundBy === "argo-cd");
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

/** The AWS Load Balancer Controller builds one load balancer from all of these. */
function ingress(model: Model, route: Route): IIngress {
  const { service, port } = route.backend;
  const backend = { service: { name: service, port: { number: port } } };
  const path = { path: route.path ?? "/", pathType: "Prefix" as const, backend };
  return {
    apiVersion: "networking.k8s.io/v1",
    kind: "Ingress",
    metadata: { ...metadata(model, route), annotations: { ...route.annotations } },
    spec: {
      ingressClassName: "alb",
      tls: [{ hosts: [route.host] }],
      rules: [{ host: route.host, http: { paths: [path] } }],
    },
  };
}

function metadata({ name: platform }: Model, { name, backend }: Route) {
  return { name, namespace: backend.namespace, labels: { "app.kubernetes.io/part-of": platform } };
}

function selectorOf({ groups }: Model, { group }: Route): Labels {
  return groups.find(({ name }) => name === group)?.selector ?? {};
}
