import { foldersOf } from "../output/paths.ts";
import type { Check } from "./contradiction.ts";
import { nameOf } from "./placement-checks.ts";

/** Each key of a Secret that a container reads is one that an ExternalSecret of its namespace makes. */
export const secretKeysAreMade: Check = ({ kubernetes }) => {
  const sources = new Map(
    kubernetes.externalSecrets.map((source) => [`${source.namespace}/${source.target}`, source] as const),
  );
  return kubernetes.workloads.flatMap((workload) =>
    workload.secretKeys.flatMap(({ secret, key }) => {
      const source = sources.get(`${workload.namespace}/${secret}`);
      if (!source)
        return [{ file: workload.file, message: `nothing makes the Secret ${secret} that ${nameOf(workload)} reads` }];
      if (key === "" || source.entries.some((entry) => entry.key === key || entry.key === "")) return [];
      return [
        { file: workload.file, message: `the Secret ${secret} has no key ${key}, which ${nameOf(workload)} reads` },
      ];
    }),
  );
};

/** Each Secret with which images are pulled is made in the namespace of those who pull. */
export const pullSecretsAreMade: Check = ({ kubernetes }) => {
  const made = new Set(kubernetes.externalSecrets.map(({ namespace, target }) => `${namespace}/${target}`));
  return kubernetes.pullSecrets
    .filter(({ namespace, secret }) => !made.has(`${namespace}/${secret}`))
    .map(({ file, namespace, account, secret }) => ({
      file,
      message: `nothing makes the Secret ${secret} with which ${namespace}/${account} pulls its images`,
    }));
};

/** Each secret that an ExternalSecret copies is one that Terraform makes. */
export const secretsExist: Check = ({ kubernetes, terraform }) =>
  kubernetes.externalSecrets.flatMap(({ file, target, entries }) =>
    [...new Set(entries.map(({ secret }) => secret))]
      .filter((secret) => !terraform.secrets.has(secret))
      .map((secret) => ({ file, message: `Terraform makes no secret ${secret}, which ${target} is copied from` })),
  );

/** Each image of this account's registry has a repository that Terraform makes. */
export const repositoriesExist: Check = ({ kubernetes, terraform }) =>
  kubernetes.workloads.flatMap((workload) =>
    workload.images.flatMap((image) => {
      const repository = /^\d{12}\.dkr\.ecr\.[^/]+\/([^:@]+)/.exec(image)?.[1];
      if (!repository || terraform.repositories.has(repository)) return [];
      return [
        { file: workload.file, message: `Terraform makes no repository ${repository}, which ${nameOf(workload)} runs` },
      ];
    }),
  );

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
