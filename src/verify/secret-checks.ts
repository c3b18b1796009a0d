import { groupedBy } from "../grouped-by.ts";
import type { Check } from "./contradiction.ts";
import { nameOf } from "./wording.ts";

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

/**
 * Each property that is copied of a datastore's or a service's secret is one that its owner copies as well. What the value in AWS
 * holds is known to the person alone who enters it.
 */
export const secretPropertiesAgree: Check = ({ kubernetes }) => {
  const copies = kubernetes.externalSecrets.flatMap(({ file, target, entries }) =>
    entries.map((entry) => ({ file, target, isOwner: entry.secret.endsWith(`/${target}`), ...entry })),
  );
  const owned = groupedBy(
    copies.filter(({ isOwner }) => isOwner),
    ({ secret }) => secret,
  );
  return copies.flatMap(({ file, target, secret, property }) => {
    const owners = owned.get(secret);
    if (!owners || owners.some((owner) => owner.property === property)) return [];
    return [
      {
        file,
        message: `${target} is copied from the property ${property} of ${secret}, which its owner does not know`,
      },
    ];
  });
};
