import type { Path } from "../diagnostic.ts";
import { lookup } from "../lookup.ts";
import { bucketName } from "../model/buckets.ts";
import { PLATFORM_NAMESPACES } from "../model/namespaces.ts";
import { roleNamespace } from "../model/roles.ts";
import { INTERNET } from "../model/services.ts";
import type { Topology } from "../topology.ts";
import { placements } from "./references.ts";
import { type Violation, written } from "./rule.ts";

const KINDS = ["datastores", "services", "buckets"] as const;

/** Whatever a service can use, and where it is declared. */
function things(topology: Topology): { path: Path; name: string; kind: string }[] {
  return KINDS.flatMap((kind) =>
    Object.keys(topology[kind] ?? {}).map((name) => ({ path: [kind, name], name, kind: kind.slice(0, -1) })),
  );
}

/** `uses`, environment variables and secrets know a thing by its name alone. */
export function* everyNameMeansOneThing(topology: Topology): Iterable<Violation> {
  const kinds = new Map<string, string>();
  for (const { path, name, kind } of things(topology)) {
    const earlier = kinds.get(name);
    kinds.set(name, earlier ?? kind);
    if (earlier === undefined) continue;
    const message = `\`${name}\` is the name of a ${earlier} already, and \`uses\` could mean either.`;
    yield {
      path,
      atKey: true,
      message,
      remedy: `Rename one of the two, such as \`${name}-${kind === "bucket" ? "files" : kind}\`.`,
    };
  }
}

/** Names that topogen gives itself: to routes, secrets, buckets, folders and Applications, or as a word of the language. */
const TAKEN: Readonly<Record<string, string>> = {
  ansible: "the secret of the Ansible hook",
  argocd: "Argo CD",
  atlantis: "Atlantis",
  backups: "the bucket of the backups",
  "cluster-configuration": "the Application that runs Ansible",
  database: "the folder of the datastores",
  grafana: "Grafana",
  "image-registry": "the secret with the login of the image registry",
  ingress: "the Application of the routes",
  [INTERNET]: "every server of the internet",
  logs: "the bucket of the access logs",
  platform: "the Application of the namespaces",
  root: "the Application of all others",
  tfstate: "the bucket of Terraform's state",
};

export function* topogensOwnNamesAreNotTaken(topology: Topology): Iterable<Violation> {
  for (const { path, name } of things(topology)) {
    const meaning = lookup(TAKEN, name);
    if (meaning === undefined) continue;
    yield {
      path,
      atKey: true,
      message: `\`${name}\` is what topogen calls ${meaning}.`,
      remedy: "Choose another name.",
    };
  }
}

/** What the IAM roles are for that stand beside the nodes', and how each is called after the platform's name. */
const IAM_ROLES: Readonly<Record<string, string>> = {
  atlantis: "Atlantis",
  "flow-log": "the VPC's flow log",
  images: "the workflows that push images",
};

export function* rolesLeaveTheNamesOfOtherIamRoles(topology: Topology): Iterable<Violation> {
  for (const [group, { role }] of written(topology.nodes)) {
    const meaning = lookup(IAM_ROLES, role);
    if (meaning === undefined) continue;
    const message = `The IAM role of the nodes would be called as that of ${meaning}.`;
    yield { path: ["nodes", group, "role"], message, remedy: `Call the role \`${role}\` something else.` };
  }
}

export function* workloadsStayOutOfThePlatformsNamespaces(topology: Topology): Iterable<Violation> {
  const reported = new Set<string>();
  for (const { path, on } of placements(topology).filter(({ path: [kind] }) => kind !== "platform")) {
    const role = lookup(topology.nodes, on)?.role;
    const namespace = role === undefined ? undefined : roleNamespace(topology, role);
    if (namespace === undefined || role === undefined || !PLATFORM_NAMESPACES.has(namespace) || reported.has(role))
      continue;
    reported.add(role);
    const said = lookup(topology.roles, role)?.namespace !== undefined;
    const message = `The namespace \`${namespace}\` belongs to Kubernetes or to the platform.`;
    const remedy = `Name another one for the role: \`roles: { ${role}: { namespace: ${role}-services } }\`.`;
    yield { path: said ? ["roles", role, "namespace"] : path, message, remedy };
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const BUCKET_NAME = { longest: 63, suffix: /(-s3alias|--ol-s3|--x-s3|--table-s3)$/ };

export function* bucketsHaveNamesThatS3Accepts(topology: Topology): Iterable<Violation> {
  for (const [name] of written(topology.buckets)) {
    const full = bucketName(topology, name);
    const path = ["buckets", name];
    if (full.length > BUCKET_NAME.longest) {
      const room = BUCKET_NAME.longest - (full.length - name.length);
      const message = `The bucket would be called \`${full}\`, which has ${full.length} characters; S3 allows ${BUCKET_NAME.longest}.`;
      yield { path, atKey: true, message, remedy: `Shorten the name to ${room} characters.` };
    } else if (BUCKET_NAME.suffix.test(full)) {
      const message = `The bucket would be called \`${full}\`, and S3 keeps this ending for itself.`;
      yield { path, atKey: true, message, remedy: "Choose a name with another ending." };
    }
  }
}

/** What names of AWS may not begin with: a bucket's, a security group's, a load balancer's, and everybody's. */
const BEGINNINGS: readonly (readonly [RegExp, string])[] = [
  [/^(sthree|amzn-s3-demo)-|^xn--/, "a bucket"],
  [/^sg-/, "a security group"],
  [/^internal-/, "a load balancer"],
  [/^aws-/, "a log group or a parameter"],
];

export function* thePlatformsNameCanBeginEveryNameInAws({ name }: Topology): Iterable<Violation> {
  for (const [beginning, what] of BEGINNINGS) {
    if (!beginning.test(`${name}-`)) continue;
    const message = `No name of ${what} in AWS may begin with \`${name}-\`.`;
    yield { path: ["name"], message, remedy: "Choose another name for the platform." };
  }
}

/** https://git-scm.com/docs/git-check-ref-format, as far as the schema does not see to it. */
const NO_BRANCH = /\.\.|\/\/|\/\.|\.lock(\/|$)|[./]$/;

export function* theBranchHasANameThatGitAccepts({ git }: Topology): Iterable<Violation> {
  if (git.branch === undefined || !NO_BRANCH.test(git.branch)) return;
  const message = `Git does not accept \`${git.branch}\` as the name of a branch.`;
  yield { path: ["git", "branch"], message, remedy: "Name the branch as `git branch` lists it." };
}

export function* theRepositoryIsNamedWithoutItsEnding({ git }: Topology): Iterable<Violation> {
  if (!git.repository.endsWith(".git")) return;
  const message = `\`${git.repository}\` is the end of an address, not the repository's name.`;
  const name = git.repository.slice(0, -".git".length);
  yield { path: ["git", "repository"], message, remedy: `Write \`${name}\`.`, fix: () => name };
}
