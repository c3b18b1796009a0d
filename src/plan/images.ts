import type { GeneratedFile } from "../generated-file.ts";
import type { Model } from "../model/model.ts";

/** An image of a service that the cluster asks for from now on. */
export interface ImageChange {
  /** As a container names it, `.../backend/auth:v1.2.3`. */
  readonly image: string;
  /** The workflow that builds its repository's images, `build-auth.yml`. It pushes the tags that it writes itself, no others. */
  readonly workflow: string;
  /** A push to this folder starts the workflow, and nothing else but a person does. */
  readonly source: string;
  /** Whether nothing of its repository ran before: what is new, renamed or in another registry has no image there yet. */
  readonly isFirst: boolean;
}

/** The images that services ask for, and that no file named before; each once. */
export function planImages(
  before: readonly GeneratedFile[],
  { registry, services }: Pick<Model, "registry" | "services">,
): readonly ImageChange[] {
  const old = new Set(before.flatMap(({ text }) => imagesIn(text)));
  const repositories = new Set([...old].map(repositoryOf));
  return registry.repositories.flatMap(({ name, source }) => {
    const own = services.filter(({ image }) => image.repository === name).map(({ image }) => image.reference);
    const asked = [...new Set(own)].filter((image) => !old.has(image));
    const isFirst = (image: string): boolean => !repositories.has(repositoryOf(image));
    return asked.map((image) => ({ image, workflow: `build-${name}.yml`, source, isFirst: isFirst(image) }));
  });
}

function imagesIn(text: string): readonly string[] {
  return Array.from(text.matchAll(/^ *image: (\S+)$/gm), ([, image = ""]) => image);
}

/** Without the tag, or the digest. */
function repositoryOf(image: string): string {
  return image.replace(/[:@][^/]*$/, "");
}
