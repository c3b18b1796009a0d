import type { Bucket, Model, Node, Rights, Role, Route } from "../../src/model/model.ts";
import { egress, ingress, securityGroups } from "./firewall.ts";
import { moves } from "./moves.ts";

/** The version of the AWS provider that the tree is tested with: exact, so that no plan changes by itself. */
const PROVIDER_VERSION = "5.100.0";

/** The agent that Session Manager speaks to; Debian's images do not bring it. */
const SSM_AGENT_VERSION = "3.3.4624.0";

/** How many days logs are kept. */
const LOG_DAYS = 365;

/** What the templates read: the model, its choices as booleans, and its parts in the shape of the files. */
export function terraformView(model: Model) {
  const { edge, network, access, registry } = model;
  const renamedNodes = model.nodes.filter((node) => node.renamedFrom !== null);
  return {
    ...model,
    providerVersion: PROVIDER_VERSION,
    ssmAgentVersion: SSM_AGENT_VERSION,
    state: stateOf(model),
    zones: network.zones,
    bastionZone: network.zones[0]?.letter,
    classes: protectionClasses(model.nodes),
    moves: moves(model.nodes),
    renamedNodes,
    hasRenamedNodes: renamedNodes.length > 0,
    securityGroups: securityGroups(model),
    ingress: ingress(model),
    egress: egress(model),
    routes: edge.routes.map((route) => ({ ...route, paths: pathPatterns(route) })),
    firstHost: edge.hosts[0],
    buckets: model.buckets.map((bucket) => bucketView(model, bucket)),
    logsBucket: bucketFor(model, "logs"),
    loggedBuckets: model.buckets.filter(({ purpose }) => purpose !== "logs").map(({ name }) => name),
    logDays: LOG_DAYS,
    hasNat: network.nat !== "none",
    usesSsm: access.via === "ssm",
    hasBastion: access.via === "bastion",
    hasEcr: registry.kind === "ecr",
    hasCdn: edge.cdn !== null,
    hasCdnBucket: edge.cdn !== null && edge.cdn.bucket !== null,
    hasApiOrigin: edge.cdn !== null && (edge.cdn.bucket === null || edge.cdn.paths.length > 0),
    hasApiPaths: edge.cdn !== null && edge.cdn.paths.length > 0,
    ownsLoadBalancer: edge.owner === "terraform",
    ...rightsView(model),
  };
}

function stateOf({ id, account, region }: Model) {
  const keyAlias = `alias/${id}-tfstate`;
  return { bucket: `${id}-${account}-tfstate`, keyAlias, keyArn: `arn:aws:kms:${region}:${account}:${keyAlias}` };
}

/** The two kinds of instances; `lifecycle` takes no expressions, so each has a block of its own. */
function protectionClasses(nodes: readonly Node[]) {
  const classOf = (name: string, isProtected: boolean) => ({
    name,
    protected: isProtected,
    disposable: !isProtected,
    nodes: nodes.filter((node) => node.protected === isProtected),
  });
  return [classOf("protected", true), classOf("unprotected", false)].filter((one) => one.nodes.length > 0);
}

/** What a listener rule compares a request's path with: the path itself, and everything below it. */
function pathPatterns({ path }: Route): readonly string[] {
  return path === null ? [] : [path, `${path}/*`];
}

function bucketView(model: Model, bucket: Bucket) {
  const backups = model.datastores.flatMap(({ name, backup }) =>
    backup?.bucket === bucket.fullName ? [{ name, prefix: backup.prefix, days: backup.keepDays }] : [],
  );
  const { prefix, keepDays } = model.kubernetes.snapshots;
  const snapshots = bucket.purpose === "backups" ? [{ name: "etcd", prefix, days: keepDays }] : [];
  const isLogs = bucket.purpose === "logs";
  return {
    ...bucket,
    // Load balancers write their logs to no bucket that is encrypted otherwise.
    encryption: isLogs ? "AES256" : "aws:kms",
    expiries: isLogs ? [{ name: "logs", prefix: "", days: LOG_DAYS }] : [...snapshots, ...backups],
  };
}

function bucketFor({ buckets }: Model, purpose: Bucket["purpose"]): string | undefined {
  return buckets.find((bucket) => bucket.purpose === purpose)?.name;
}

/** Who has which right, by right. */
function rightsView(model: Model) {
  const { roles, buckets, platform } = model;
  const granted = (has: (rights: Rights) => boolean) => {
    const names = roles.filter((role) => has(role.rights)).map((role) => role.name);
    return { granted: names.length > 0, roles: names };
  };
  const named = (purpose: Bucket["purpose"]) =>
    buckets.filter((bucket) => bucket.purpose === purpose).map(({ name }) => name);
  const files = named("files");
  const [backups] = named("backups");
  return {
    pullImages: granted((rights) => rights.pullImages),
    readSecrets: granted((rights) => rights.readSecrets),
    volumes: granted((rights) => rights.volumes),
    loadBalancerController: granted((rights) => rights.loadBalancerController),
    atlantis: granted((rights) => rights.atlantis),
    atlantisRoleName: platform.atlantisRole?.name,
    backups: { ...backupWriters(model, backups ?? ""), bucket: backups },
    files: fileUsers(roles, files),
  };
}

/** Each role with the beginnings of the keys that it writes: etcd's snapshots hold keys that no datastore is to read. */
function backupWriters({ roles, datastores, kubernetes }: Model, bucket: string) {
  const writers = roles
    .filter(({ rights }) => rights.buckets.includes(bucket))
    .map(({ name, controlPlane }) => {
      const own = datastores.flatMap(({ group, backup }) =>
        backup && group.role.name === name ? [backup.prefix] : [],
      );
      return { name, prefixes: controlPlane ? [kubernetes.snapshots.prefix, ...own] : own };
    });
  return { granted: writers.length > 0, roles: writers };
}

function fileUsers(roles: readonly Role[], files: readonly string[]) {
  const users = roles
    .map(({ name, rights }) => ({ name, buckets: rights.buckets.filter((bucket) => files.includes(bucket)) }))
    .filter((user) => user.buckets.length > 0);
  return { granted: users.length > 0, roles: users };
}
