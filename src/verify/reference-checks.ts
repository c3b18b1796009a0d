import { foldersOf } from "../output/paths.ts";
import type { Check } from "./contradiction.ts";
import type { Facts } from "./facts.ts";
import { objectKey } from "./name-facts.ts";
import { ecrRepositories } from "./references.ts";
import { nameOf } from "./wording.ts";

/** Each image of ECR, run or pushed, is in a repository that Terraform makes, of its own account and region. */
export const repositoriesExist: Check = ({ kubernetes, terraform, pushes }) => {
  const run = kubernetes.workloads.flatMap(({ file, images, ...workload }) =>
    images.flatMap(ecrRepositories).map((repository) => ({ file, repository, use: `which ${nameOf(workload)} runs` })),
  );
  return [...run, ...pushes.map((push) => ({ ...push, use: "which the workflow pushes to" }))]
    .filter(({ repository }) => !terraform.repositories.has(repository))
    .map(({ file, repository, use }) => ({ file, message: `Terraform makes no repository ${repository}, ${use}` }));
};

/** Each bucket that backups go to is one that Terraform makes. */
export const bucketsExist: Check = ({ kubernetes, terraform }) =>
  kubernetes.workloads.flatMap((workload) => {
    const { BUCKET } = workload.variables;
    if (BUCKET === undefined || terraform.buckets.has(BUCKET)) return [];
    return [{ file: workload.file, message: `Terraform makes no bucket ${BUCKET}, which ${nameOf(workload)} uses` }];
  });

/** Each Application's project admits the namespace that it deploys to, and where it comes from: else Argo CD syncs none of it. */
export const projectsAdmitApplications: Check = ({ kubernetes: { applications, projects } }) =>
  applications.flatMap(({ file, name, project, namespace, repositories }) => {
    const admitted = projects.get(project);
    return [
      ...(admitted?.namespaces.includes(namespace) ? [] : [`namespace ${namespace}`]),
      ...repositories.filter((url) => !admitted?.repositories.includes(url)).map((url) => `repository ${url}`),
    ].map((what) => ({
      file,
      message: `the project ${project} does not admit the ${what} of the Application ${name}`,
    }));
  });

/** Each path that a tool is pointed at is among the outputs. */
export const pathsExist: Check = ({ references, paths }) => {
  const folders = new Set([...paths].flatMap(foldersOf));
  return references
    .filter(({ path }) => !paths.has(path) && !folders.has(path))
    .map(({ file, by, path }) => ({ file, message: `${by} is pointed at ${path}, which is not there` }));
};

/** Each file that Argo CD is to hand on is named by an Application or by Kustomize, or is in the folder of an Application. */
export const filesAreHandedOn: Check = ({ references, paths, handedOn }) => {
  const named = references.filter(({ by }) => by === "Argo CD" || by === "Kustomize").map(({ path }) => path);
  const taken = new Set(named.filter((path) => !paths.has(`${path}/kustomization.yaml`)));
  return handedOn
    .filter((path) => !taken.has(path) && !foldersOf(path).some((folder) => taken.has(folder)))
    .map((file) => ({ file, message: "no Application of Argo CD takes it" }));
};

/** Each name by which one object refers to another is that of an object which is made. */
export const namesAreMade: Check = ({ kubernetes, components }) => {
  const charts = components.flatMap(chartNames);
  const made = new Set([...kubernetes.made, ...charts.flatMap((names) => names.made)]);
  return [...kubernetes.references, ...charts.flatMap(({ references }) => references)]
    .filter(({ kind, namespace, name }) => !made.has(objectKey(kind, namespace, name)))
    .map(({ file, by, kind, namespace, name }) => ({
      file,
      message: `nothing makes the ${kind} ${namespace ? `${namespace}/` : ""}${name}, to which ${by} refers`,
    }));
};

/** The names that a chart's values make, and those that they refer to. */
function chartNames({ file, id, storageClasses }: Facts["components"][number]) {
  const kind = "StorageClass";
  return {
    made: storageClasses.made.map((name) => objectKey(kind, "", name)),
    references: storageClasses.used.map((name) => ({ file, by: id, kind, namespace: "", name })),
  };
}
