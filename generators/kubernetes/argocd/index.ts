import type { GeneratedFile } from "../../../src/generated-file.ts";
import type { Model } from "../../../src/model/model.ts";
import { ownRoutes } from "../ingress/index.ts";
import { manifestFile } from "../manifest.ts";
import { application, argocdNamespace } from "./application.ts";
import {
  configurationApplication,
  datastoreApplication,
  ingressApplication,
  platformApplication,
  serviceApplication,
} from "./applications.ts";
import { gitopsProject, lockedDefault, projects } from "./projects.ts";

/** Argo CD's own objects. `root.yaml` is applied by hand; all others come from it. */
export function argocdFiles(model: Model): readonly GeneratedFile[] {
  const folder = `${model.paths.kubernetes}/argocd`;
  const applications = [
    configurationApplication(model),
    ...(ownRoutes(model).length > 0 ? [ingressApplication(model)] : []),
    platformApplication(model),
    ...model.datastores.map((store) => datastoreApplication(model, store)),
    ...model.services.map((service) => serviceApplication(model, service)),
  ];
  return [
    ...manifestFile(`${folder}/root.yaml`, [gitopsProject(model), rootApplication(model, folder)]),
    ...[...projects(model), lockedDefault(model)].flatMap((project) =>
      manifestFile(`${folder}/projects/${project.metadata?.name}.yaml`, [project]),
    ),
    ...applications.flatMap((it) => manifestFile(`${folder}/applications/${it.metadata?.name}.yaml`, [it])),
  ];
}

/**
 * The app of apps. It does not hold itself: whoever may change it may do anything, and it would wait for its own health before
 * it went on.
 */
function rootApplication(model: Model, path: string) {
  return application(model, {
    name: "root",
    project: "gitops",
    path,
    directory: { recurse: true, exclude: "root.yaml" },
    namespace: argocdNamespace(model),
    wave: 0,
    removal: "confirmed",
    retries: 5,
    ignore: [{ group: "argoproj.io", kind: "Application", jsonPointers: WRITTEN_WHILE_IT_SYNCS }],
  });
}

/**
 * What Argo CD itself writes into an Application when it is asked to look at git, or begins to sync. Else the app of apps would
 * be out of sync whenever one of its Applications syncs.
 * https://argo-cd.readthedocs.io/en/release-3.0/operator-manual/cluster-bootstrapping/#ignoring-differences-in-child-applications
 */
const WRITTEN_WHILE_IT_SYNCS = ["/metadata/annotations/argocd.argoproj.io~1refresh", "/operation"];
