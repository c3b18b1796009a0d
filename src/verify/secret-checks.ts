import { groupedBy } from "../grouped-by.ts";
import type { Check } from "./contradiction.ts";
import { includes } from "./selection.ts";
import { nameOf } from "./wording.ts";

/** Each key of a Secret that a container or a chart reads is one that an ExternalSecret of its namespace makes. */
export const secretKeysAreMade: Check = ({ kubernetes, components }) => {
  const sources = new Map(
    kubernetes.externalSecrets.map((source) => [`${source.namespace}/${source.target}`, source] as const),
  );
  const readers = [
    ...kubernetes.workloads.map((workload) => ({ ...workload, who: nameOf(workload) })),
    ...components.map((component) => ({ ...component, who: component.id })),
  ];
  return readers.flatMap(({ file, namespace, who, secretKeys }) =>
    secretKeys.flatMap(({ secret, key }) => {
      const source = sources.get(`${namespace}/${secret}`);
      if (!source) return [{ file, message: `nothing makes the Secret ${secret} that ${who} reads` }];
      if (key === "" || source.entries.some((entry) => entry.key === key || entry.key === "")) return [];
      return [{ file, message: `the Secret ${secret} has no key ${key}, which ${who} reads` }];
    }),
  );
};

/** Each ExternalSecret is in a namespace that its ClusterSecretStore serves. */
export const storesServeNamespaces: Check = ({ kubernetes: { externalSecrets, namespaces, stores } }) =>
  externalSecrets
    .filter(({ namespace, store }) => {
      const served = stores.get(store);
      const labels = namespaces.get(namespace) ?? {};
      return served && !served.namespaces.includes(namespace) && !served.labels.some((each) => includes(labels, each));
    })
    .map(({ file, namespace, target, store }) => ({
      file,
      message: `the store ${store} does not serve the namespace ${namespace}, where ${target} is copied to`,
    }));

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
