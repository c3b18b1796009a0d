import { foldersOf } from "../output/paths.ts";
import type { Check } from "./contradiction.ts";
import type { Facts } from "./facts.ts";
import { objectKey } from "./name-facts.ts";
import { nameOf } from "./wording.ts";

/** Each image of ECR is in a repository that Terraform makes, of its own account and region. */
export const repositoriesExist: Check = ({ kubernetes, terraform }) =>
  kubernetes.workloads.flatMap((workload) =>
    workload.images.flatMap((image) => {
      const repository = /^\d{12}\.dkr\.ecr\.[^:@]+/.exec(image)?.[0];
      if (!repository || terraform.repositories.has(repository)) return [];
      return [
        { file: workload.file, message: `Terraform makes no repository ${repository}, which ${nameOf(workload)} runs` },
      ];
    }),
  );

/** Each bucket that backups go to is one that Terraform makes. */
export const bucketsExist: Check = ({ kubernetes, terraform }) =>
  kubernetes.workloads.flatMap((workload) => {
    const { BUCKET } = workload.variables;
    if (BUCKET === undefined || terraform.buckets.has(BUCKET)) return [];
    return [{ file: workload.file, message: `Terraform makes no bucket ${BUCKET}, which ${nameOf(workload)} uses` }];
  });

/** Each Application's project admits the namespace that it deploys to: else Argo CD syncs none of it. */
export const projectsAdmitApplications: Check = ({ kubernetes }) =>
  kubernetes.applications
    .filter(({ project, namespace }) => !kubernetes.projects.get(project)?.includes(namespace))
    .map(({ file, name, project, namespace }) => ({
      file,
      message: `the project ${project} does not admit the namespace ${namespace} of the Application ${name}`,
    }));

/** Each path that a tool is pointed at is among the outputs. */
export const pathsExist: Check = ({ references, paths }) => {
  const folders = new Set([...paths].flatMap(foldersOf));
  return references
    .filter(({ path }) => !paths.has(path) && !folders.has(path))
    .map(({ file, by, path }) => ({ file, message: `${by} is pointed at ${path}, which is not there` }));
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
