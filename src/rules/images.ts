import { repositoryOf } from "../model/registry.ts";
import type { Topology } from "../topology.ts";
import { type Violation, written } from "./rule.ts";

/** Names that people move from image to image, alone or before a variant, as in `latest-alpine`. */
const MOVING =
  /^(latest|stable|current|main|master|trunk|head|develop|dev|devel|edge|nightly|canary|snapshot|next|rolling|lts|prod|production|staging|release|test)([-_.]|$)/i;

export function* imageTagsDoNotMove(topology: Topology): Iterable<Violation> {
  for (const [name, { image }] of written(topology.services)) {
    const tag = typeof image === "string" ? image : image.tag;
    if (!MOVING.test(tag) || /\d+\.\d+/.test(tag)) continue;
    const path = ["services", name, "image", ...(typeof image === "string" ? [] : ["tag"])];
    const message = `The tag \`${tag}\` names one image today and another tomorrow.`;
    yield { path, message, remedy: "Name a version, such as `v1.2.3`, or a digest, `sha256:...`." };
  }
}

export function* ecrTakesNoLogin({ images }: Topology): Iterable<Violation> {
  if (!images?.private || (images.registry ?? "ecr") !== "ecr") return;
  const message = "ECR knows the nodes by their role: `private` is for Docker Hub and GHCR.";
  yield { path: ["images", "private"], message, remedy: "Remove `private`, or name another `registry`." };
}

/** Services that run one image are built from one source. */
export function* oneRepositoryHasOneSource(topology: Topology): Iterable<Violation> {
  const sources = new Map<string, { source: string; service: string }>();
  for (const [name, service] of written(topology.services)) {
    if (service.source === undefined) continue;
    const repository = repositoryOf(name, service);
    const other = sources.get(repository);
    sources.set(repository, other ?? { source: service.source, service: name });
    if (other === undefined || other.source === service.source) continue;
    const message = `The image \`${repository}\` is built from \`${other.source}\`, as \`${other.service}\` says, and not from \`${service.source}\`.`;
    yield {
      path: ["services", name, "source"],
      message,
      remedy: `Remove \`source\` here, or write \`${other.source}\`.`,
    };
  }
}

/** A push to a service's source builds it; were the outputs in it, or it in them, each commit would start the next. */
export function* sourcesLieBesideTheOutputs(topology: Topology): Iterable<Violation> {
  const output = `${topology.output ?? "out"}/`;
  for (const [name, { source }] of written(topology.services)) {
    if (source === undefined || !(`${source}/`.startsWith(output) || output.startsWith(`${source}/`))) continue;
    const message = `The source \`${source}\` and the outputs in \`${output.slice(0, -1)}\` lie in one another.`;
    yield { path: ["services", name, "source"], message, remedy: `Use a folder outside \`${output.slice(0, -1)}\`.` };
  }
}

export function* defaultSourcesLieBesideTheOutputs(topology: Topology): Iterable<Violation> {
  const output = topology.output ?? "out";
  if (output !== "services" && !output.startsWith("services/")) return;
  const message = `The outputs would lie in \`${output}\`, among the services' sources.`;
  yield { path: ["output"], message, remedy: "Use another folder, such as `out`." };
}
