import type { GeneratedFile } from "../generated-file.ts";
import type { Paths } from "../model/model.ts";
import { listAt, textAt } from "../read/at.ts";
import { readYaml } from "../read/yaml.ts";
import type { Reference } from "./facts.ts";
import { type Manifest, sourcesOf } from "./manifest.ts";

/** Every path among the outputs that a tool is told to look at. */
export function referenceFacts(
  files: readonly GeneratedFile[],
  manifests: readonly Manifest[],
  paths: Paths,
): readonly Reference[] {
  return [
    ...manifests.flatMap(applicationPaths),
    ...manifests.flatMap(kustomizedPaths),
    ...files.flatMap((file) => [
      ...atlantisFolders(file),
      ...workflowPaths(file, paths),
      ...playbookPaths(file, paths),
      ...hookPaths(file, paths),
    ]),
  ];
}

/** A whole folder, or the files in it that the Application asks for. */
function applicationPaths(manifest: Manifest): readonly Reference[] {
  if (manifest.kind !== "Application") return [];
  const paths = sourcesOf(manifest).flatMap((source) => {
    const path = textAt(source, "path");
    const { list } = /^\{(?<list>.+)\}$/.exec(textAt(source, "directory.include"))?.groups ?? {};
    return list === undefined ? [path] : list.split(",").map((name) => `${path}/${name}`);
  });
  return paths.filter(Boolean).map((path) => ({ file: manifest.file, by: "Argo CD", path }));
}

/** What a kustomization takes from the folder that it stands in, as resources or as a ConfigMap's keys: `key=path`. */
function kustomizedPaths({ file, kind, object }: Manifest): readonly Reference[] {
  if (kind !== "Kustomization") return [];
  const maps = listAt(object, "configMapGenerator").flatMap((map) => listAt(map, "files"));
  const paths = [...listAt(object, "resources"), ...maps].map((item) => String(item).replace(/^[^=]*=/, ""));
  return [...new Set(paths)].map((path) => ({ file, by: "Kustomize", path: beside(file, path) }));
}

function atlantisFolders({ path, text }: GeneratedFile): readonly Reference[] {
  if (path !== "atlantis.yaml") return [];
  return readYaml(text).flatMap((document) =>
    listAt(document, "projects").map((project) => ({ file: path, by: "Atlantis", path: textAt(project, "dir") })),
  );
}

/** A workflow names paths of the output folder in the scripts that it runs. */
function workflowPaths({ path, text }: GeneratedFile, { output }: Paths): readonly Reference[] {
  if (!path.startsWith(".github/workflows/")) return [];
  const words = text.matchAll(new RegExp(`(?<=[\\s"'=])${output.replaceAll(".", "\\.")}/[^\\s"'*?]+(?=[\\s"'])`, "g"));
  return [...words].map(([word]) => ({ file: path, by: "GitHub Actions", path: word }));
}

const IMPORT = /\b(?:import|include)_(?:playbook|tasks): ([\w./-]+\.yml)$/gm;

/** What playbooks and files of tasks take in, from beside them. */
function playbookPaths({ path, text }: GeneratedFile, { ansible }: Paths): readonly Reference[] {
  if (!path.startsWith(`${ansible}/playbooks/`) || !path.endsWith(".yml")) return [];
  return [...text.matchAll(IMPORT)].map(([, name]) => ({ file: path, by: "Ansible", path: beside(path, name ?? "") }));
}

/** What the hook's Job runs and reads, in the tree that it lays out. */
function hookPaths({ path, text }: GeneratedFile, { ansible }: Paths): readonly Reference[] {
  if (path !== `${ansible}/hook/run.sh`) return [];
  const words = text.matchAll(/(?<= )(?:playbooks|collections|bin)\/[\w.-]+/g);
  return [...words].map(([word]) => ({ file: path, by: "the hook's Job", path: `${ansible}/${word}` }));
}

function beside(file: string, path: string): string {
  return file.slice(0, file.lastIndexOf("/") + 1) + path;
}

/** The repositories that the workflows push images to. */
export function pushedRepositories(files: readonly GeneratedFile[]) {
  return files
    .filter(({ path }) => path.startsWith(".github/workflows/"))
    .flatMap(({ path, text }) => ecrRepositories(text).map((repository) => ({ file: path, repository })));
}

/** Those of ECR that a text names: https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html */
export function ecrRepositories(text: string): readonly string[] {
  return text.match(/\b\d{12}\.dkr\.ecr\.[^\s:@]+/g) ?? [];
}
