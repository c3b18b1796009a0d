import type { IApplication } from "@kubernetes-models/argo-cd/argoproj.io/v1alpha1";
import type { Datastore, Model, Service } from "../../../src/model/model.ts";
import { syncedFiles } from "../datastore/index.ts";
import { routedNamespaces } from "../ingress/index.ts";
import { ownNamespaces } from "../platform/namespaces.ts";
import { application } from "./application.ts";

/** Who waits for whom. The hook needs its namespace and secret; the services' checks go through the load balancer. */
const WAVES = { platform: 0, configuration: 1, datastores: 2, ingress: 3, services: 4 };

export function platformApplication(model: Model): IApplication {
  return application(model, {
    name: "platform",
    project: "platform",
    path: `${model.paths.kubernetes}/platform`,
    namespace: ownNamespaces(model)[0]?.name ?? "",
    wave: WAVES.platform,
    removal: "confirmed",
    retries: 5,
  });
}

/** Runs Ansible before it syncs, whenever the tree of Ansible has changed. A run that failed is looked at, not tried again. */
export function configurationApplication(model: Model): IApplication {
  return application(model, {
    name: "cluster-configuration",
    project: "configuration",
    path: model.paths.ansible,
    namespace: "ansible",
    wave: WAVES.configuration,
    removal: "with-its-objects",
    retries: 0,
  });
}

/** The datastores' files lie in one folder: each Application takes its own. */
export function datastoreApplication(model: Model, store: Datastore): IApplication {
  const files = syncedFiles(model, store).map(({ path }) => path.slice(path.lastIndexOf("/") + 1));
  return application(model, {
    name: store.name,
    project: "data",
    path: `${model.paths.kubernetes}/database`,
    directory: { include: `{${files.join(",")}}` },
    namespace: store.namespace,
    wave: WAVES.datastores,
    removal: "confirmed",
    prunesFirst: true, // A volume has one pod: a workload of another kind waits until that is gone.
    retries: 5,
  });
}

export function ingressApplication(model: Model): IApplication {
  return application(model, {
    name: "ingress",
    project: "edge",
    path: `${model.paths.kubernetes}/ingress`,
    namespace: routedNamespaces(model)[0] ?? "",
    wave: WAVES.ingress,
    removal: "with-its-objects",
    retries: 5,
    ...(model.edge.owner === "terraform" && {
      ignore: [{ group: "elbv2.k8s.aws", kind: "TargetGroupBinding", jsonPointers: WRITTEN_BY_CONTROLLER }],
    }),
  });
}

export function serviceApplication(model: Model, { name, namespace, scale, http }: Service): IApplication {
  return application(model, {
    name,
    project: "apps",
    path: `${model.paths.kubernetes}/${name}`,
    namespace,
    wave: WAVES.services,
    removal: "with-its-objects",
    retries: http ? 0 : 5, // a retry deletes the check's Job and its log, but does not run it again (Argo CD 3.0)
    ...(scale && { ignore: [{ group: "apps", kind: "Deployment", name, jsonPointers: ["/spec/replicas"] }] }),
  });
}

/** What the load balancer controller looks up by the target group's name. */
const WRITTEN_BY_CONTROLLER = [
  "/spec/ipAddressType",
  "/spec/targetGroupARN",
  "/spec/targetGroupProtocol",
  "/spec/vpcID",
];
