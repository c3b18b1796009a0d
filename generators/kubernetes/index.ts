import type { Generator } from "../../src/generated-file.ts";
import { argocdFiles } from "./argocd/index.ts";
import { datastoreFiles } from "./datastore/index.ts";
import { ingressFiles } from "./ingress/index.ts";
import { platformFiles } from "./platform/index.ts";
import { serviceFiles } from "./service/index.ts";

/** What Argo CD brings into the cluster, and Argo CD's own objects. */
export const kubernetes: Generator = (model) => [
  ...argocdFiles(model),
  ...model.datastores.flatMap((store) => datastoreFiles(model, store)),
  ...ingressFiles(model),
  ...platformFiles(model),
  ...model.services.flatMap((service) => serviceFiles(model, service)),
];
