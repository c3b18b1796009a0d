import type { GeneratedFile } from "../generated-file.ts";
import type { Paths } from "../model/model.ts";
import { listAt, textAt } from "../read/at.ts";
import { readYaml } from "../read/yaml.ts";
import type { Reference } from "./facts.ts";
import type { Manifest } from "./manifest.ts";

/** Every path among the outputs that a tool is told to look at. */
export function referenceFacts(
  files: readonly GeneratedFile[],
  manifests: readonly Manifest[],
  paths: Paths,
): readonly Reference[] {
  return [
    ...manifests.flatMap(applicationPaths),
    ...files.flatMap((file) => [...atlantisFolders(file), ...workflowPaths(file, paths)]),
  ];
}

function applicationPaths({ file, kind, object }: Manifest): readonly Reference[] {
  if (kind !== "Application") return [];
  const sources = [
    textAt(object, "spec.source.path"),
    ...listAt(object, "spec.sources").map((source) => textAt(source, "path")),
  ];
  return sources.filter(Boolean).map((path) => ({ file, by: "Argo CD", path }));
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
