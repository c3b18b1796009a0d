import type { GeneratedFile } from "../generated-file.ts";
import type { Paths } from "../model/model.ts";
import { documentsOf, readDocument } from "../read/yaml.ts";
import { ansibleFacts, inventoryHosts } from "./ansible-facts.ts";
import { componentFacts } from "./component-facts.ts";
import type { Facts } from "./facts.ts";
import { kubernetesFacts } from "./kubernetes-facts.ts";
import type { Manifest } from "./manifest.ts";
import { pushedRepositories, referenceFacts } from "./references.ts";
import { terraformFacts } from "./terraform-facts.ts";

/** Reads back what the outputs say of the things that they share. */
export function readFacts(files: readonly GeneratedFile[], paths: Paths): Facts {
  const below = (folder: string, ending: string) =>
    files.filter(({ path }) => path.startsWith(`${folder}/`) && path.endsWith(ending));
  const terraform = below(paths.terraform, ".tf").filter(({ path }) => !path.startsWith(`${paths.bootstrap}/`));
  const manifests = manifestsOf([
    ...below(paths.kubernetes, ".yaml"),
    ...below(`${paths.ansible}/manifests`, ".yml"),
    ...below(`${paths.ansible}/hook`, ".yaml"),
    ...files.filter(({ path }) => path === `${paths.ansible}/kustomization.yaml`),
  ]);
  return {
    paths: new Set(files.map(({ path }) => path)),
    terraform: terraformFacts(terraform),
    ansible: ansibleFacts(files, paths),
    inventory: inventoryHosts(files, paths),
    kubernetes: kubernetesFacts(manifests),
    components: componentFacts(files, paths),
    references: referenceFacts(files, manifests, paths),
    handedOn: handedOn(files, paths),
    pushes: pushedRepositories(files),
  };
}

/**
 * The manifests, but for the one with which a person starts Argo CD and those with which a person restores a datastore; and, where
 * Argo CD runs Ansible, the whole of its tree.
 */
function handedOn(files: readonly GeneratedFile[], { ansible, kubernetes }: Paths): readonly string[] {
  const all = files.map(({ path }) => path);
  const kustomization = `${ansible}/kustomization.yaml`;
  const runsAnsible = all.includes(kustomization);
  return all.filter((path) =>
    path.startsWith(`${ansible}/`)
      ? runsAnsible && path !== kustomization
      : path.startsWith(`${kubernetes}/`) && /(?<!\/root|-restore)\.yaml$/.test(path),
  );
}

function manifestsOf(files: readonly GeneratedFile[]): readonly Manifest[] {
  return files.flatMap(({ path, text }) =>
    documentsOf(text).flatMap((document) => {
      const kind = KIND.exec(document)?.[1];
      return kind ? [{ file: path, kind, object: readDocument(document) }] : [];
    }),
  );
}

const KIND = /^kind: (\w+)$/m;
