import { entries } from "../order.ts";
import type { ServiceSpec, Topology } from "../topology.ts";
import type { Image, PushRole, Registry } from "./model.ts";
import { LOGIN, secretName } from "./secrets.ts";

export function resolveRegistry(topology: Topology): Registry {
  const [kind = "ecr", owner = topology.name] = (topology.images?.registry ?? "ecr").split("/") as [
    Registry["kind"],
    string?,
  ];
  return {
    kind,
    host: registryHost(topology, kind),
    namespace: owner,
    login: topology.images?.private ? { server: SERVERS[kind], secret: secretName(topology, LOGIN) } : null,
    pushRole: kind === "ecr" ? resolvePushRole(topology) : null,
    repositories: entries(usersOfRepositories(topology)).map(([name, users]) => ({
      name,
      path: `${owner}/${name}`,
      source: users.find(([, spec]) => spec.source)?.[1].source ?? `services/${name}`,
      services: users.map(([service]) => service),
      tagPaths: users.map(
        ([service, spec]) => `services.${service}.image${typeof spec.image === "string" ? "" : ".tag"}`,
      ),
    })),
  };
}

/** https://kubernetes.io/docs/tasks/configure-pod-container/pull-image-private-registry/; the rules keep ECR out. */
const SERVERS = { ecr: "", dockerhub: "https://index.docker.io/v1/", ghcr: "ghcr.io" } as const;

type NamedService = readonly [name: string, spec: ServiceSpec];

/** The services that run each image repository, in the order of their names. */
function usersOfRepositories(topology: Topology): Readonly<Record<string, readonly NamedService[]>> {
  const users: Record<string, NamedService[]> = Object.create(null);
  for (const [name, spec] of entries(topology.services)) (users[repositoryOf(name, spec)] ??= []).push([name, spec]);
  return users;
}

function resolvePushRole({ name, environment = "prod", aws, git }: Topology): PushRole {
  const role = `${name}-${environment}-images`;
  return {
    name: role,
    arn: `arn:aws:iam::${aws.account}:role/${role}`,
    subjects: subjects(git).map((repository) => `repo:${repository}:ref:refs/heads/${git.branch ?? "main"}`),
  };
}

/**
 * As GitHub calls a repository that is older than July 2026, and as it calls newer ones: with numbers that no namesake gets.
 * No name has an `@`. https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims
 */
function subjects({ repository, ids }: Topology["git"]): readonly string[] {
  const [owner = "", name = ""] = repository.split("/");
  return ids ? [`${owner}@${ids.owner}/${name}@${ids.repository}`] : [repository, `${owner}@*/${name}@*`];
}

function registryHost({ aws }: Topology, kind: Registry["kind"]): string {
  const hosts = {
    ecr: `${aws.account}.dkr.ecr.${aws.region}.amazonaws.com`,
    dockerhub: "docker.io",
    ghcr: "ghcr.io",
  };
  return hosts[kind];
}

/** The image repository that a service runs: its own name, unless it says another. */
export function repositoryOf(name: string, { image }: ServiceSpec): string {
  return typeof image === "string" ? name : image.repository;
}

export function resolveImage(registry: Registry, name: string, spec: ServiceSpec): Image {
  const repository = repositoryOf(name, spec);
  const tag = typeof spec.image === "string" ? spec.image : spec.image.tag;
  const separator = tag.startsWith("sha256:") ? "@" : ":";
  return { repository, tag, reference: `${registry.host}/${registry.namespace}/${repository}${separator}${tag}` };
}
