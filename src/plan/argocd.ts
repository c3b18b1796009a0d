import type { Tree } from "../compile.ts";
import { byCodeUnit, distinct } from "../order.ts";
import { at, textAt, textsAt } from "../read/at.ts";
import { readYaml, type Data } from "../read/yaml.ts";
import type { FileChange } from "./files.ts";
import { obstacleOf } from "./obstacles.ts";
import type { Severity } from "./severity.ts";

/** An Application that syncs. */
export interface ApplicationChange {
  readonly application: string;
  readonly wave: number;
  /** Whether its hook runs Ansible's site.yml before it syncs. */
  readonly runsAnsible: boolean;
  /** Whether it goes and leaves all that it made, once a person has said that it may go. */
  readonly isReleased: boolean;
  readonly objects: readonly ObjectChange[];
}

export interface ObjectChange {
  readonly action: "create" | "update" | "delete";
  /** `Deployment` */
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** What becomes of its pods: none are touched, they are replaced one by one, or all end before new ones start. */
  readonly pods: "kept" | "rolled" | "stopped";
  /** How many pods there were and will be, where that changes. */
  readonly replicas: { readonly before: number; readonly after: number } | null;
  /** Whether Argo CD waits until a person has said that it may go. */
  readonly isConfirmed: boolean;
  /** Why its data does not survive this, or the API server refuses it. `gen` refuses it before. */
  readonly obstacle: string | null;
  readonly severity: Severity;
}

/** The Applications that own a changed file, in the order of their waves. Ansible's whole tree is one Application's. */
export function planApplications(
  files: readonly FileChange[],
  { files: tree, model }: Tree,
): readonly ApplicationChange[] {
  const folder = `${model.paths.kubernetes}/argocd/`;
  const present = tree.filter(({ path }) => path.startsWith(folder)).flatMap(({ text }) => applicationsIn(text));
  const former = files
    .filter(({ path }) => path.startsWith(folder))
    .flatMap(({ before }) => applicationsIn(before ?? ""));
  const applications = [...present, ...former];
  const changed = new Map<string, Omit<ApplicationChange, "objects"> & { readonly files: readonly FileChange[] }>();
  for (const file of files) {
    const runsAnsible = file.path.startsWith(`${model.paths.ansible}/`);
    const owner = applications.find((application) =>
      runsAnsible ? application.folder === model.paths.ansible : owns(application, file.path),
    );
    if (!owner) continue;
    const { name, wave, keepsObjects } = owner;
    const isReleased = keepsObjects && !present.some((application) => application.name === name);
    const known = changed.get(name) ?? { application: name, wave, runsAnsible, isReleased, files: [] };
    changed.set(name, { ...known, files: [...known.files, ...(runsAnsible || isReleased ? [] : [file])] });
  }
  return [...changed.values()]
    .map(({ files: own, ...change }) => ({ ...change, objects: objectChanges(own) }))
    .sort((one, other) => one.wave - other.wave || byCodeUnit(one.application, other.application));
}

interface Application {
  readonly name: string;
  readonly wave: number;
  readonly folder: string;
  readonly recurses: boolean;
  /** Whether what it made stays when it goes: only a finalizer takes that with it. */
  readonly keepsObjects: boolean;
  /** The files of the folder that are its own, or null for all. */
  readonly include: readonly string[] | null;
}

function applicationsIn(text: string): readonly Application[] {
  const objects = readYaml(text).filter((object) => textAt(object, "kind") === "Application");
  return objects.map((object) => ({
    name: textAt(object, "metadata.name"),
    wave: Number(annotationOf(object, "sync-wave")),
    folder: textAt(object, "spec.source.path"),
    keepsObjects: at(object, "metadata.finalizers") === undefined,
    recurses: at(object, "spec.source.directory.recurse") === true,
    include: included(textAt(object, "spec.source.directory.include")),
  }));
}

/** Argo CD's own, whose name has dots; empty where there is none. */
function annotationOf(object: Data | undefined, name: string): string {
  return textsAt(object, "metadata.annotations")[`argocd.argoproj.io/${name}`] ?? "";
}

/** `{a.yaml,b.yaml}`, or nothing. */
function included(pattern: string): readonly string[] | null {
  return pattern === "" ? null : pattern.replace(/^\{|\}$/g, "").split(",");
}

function owns({ folder, recurses, include }: Application, path: string): boolean {
  if (!path.startsWith(`${folder}/`) || !/\.(?:ya?ml|json)$/.test(path)) return false;
  const rest = path.slice(folder.length + 1);
  return (recurses || !rest.includes("/")) && (include === null || include.includes(rest));
}

/** Of all files of an Application together: an object may move from one to another. */
function objectChanges(files: readonly FileChange[]): readonly ObjectChange[] {
  const old = new Map(files.flatMap(({ before }) => objectsOf(before)));
  const now = new Map(files.flatMap(({ after }) => objectsOf(after)));
  const identities = distinct([...old.keys(), ...now.keys()]);
  return identities.flatMap((identity) => {
    const [before, after] = [old.get(identity), now.get(identity)];
    return objectChange(before, after, obstacleOf(before, after ?? namesake(before, [...now.values()])));
  });
}

/** What has an object's kind and name, in whatever namespace. */
function namesake(object: Data | undefined, objects: readonly Data[]): Data | undefined {
  const named = (it: Data | undefined) => ["kind", "metadata.name"].map((path) => textAt(it, path)).join(" ");
  return objects.find((other) => named(other) === named(object));
}

function objectsOf(text: string | null): readonly (readonly [identity: string, object: Data])[] {
  return readYaml(text ?? "").map((object) => [identityOf(object), object]);
}

/** An object whose name ends with a hash of its content is the same one with another content. */
function identityOf(object: Data): string {
  const identity = ["kind", "metadata.namespace", "metadata.name"].map((path) => textAt(object, path)).join(" ");
  return identity.replace(/^((?:ConfigMap|ExternalSecret) .*)-[0-9a-f]{10}$/, "$1");
}

function objectChange(
  before: Data | undefined,
  after: Data | undefined,
  obstacle: string | null,
): readonly ObjectChange[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const object = after ?? before;
  const kind = textAt(object, "kind");
  const pods = podsOf(before, after);
  const action = before === undefined ? "create" : after === undefined ? "delete" : "update";
  return [
    {
      action,
      kind,
      namespace: textAt(object, "metadata.namespace"),
      name: textAt(object, "metadata.name"),
      pods,
      replicas: replicasOf(before, after),
      isConfirmed: action === "delete" && annotationOf(object, "sync-options").includes("Prune=confirm"),
      obstacle,
      severity: obstacle === null ? severityOf(action, kind, pods) : "irreversible",
    },
  ];
}

function replicasOf(before: Data | undefined, after: Data | undefined): ObjectChange["replicas"] {
  const [old, now] = [at(before, "spec.replicas"), at(after, "spec.replicas")];
  return typeof old === "number" && typeof now === "number" && old !== now ? { before: old, after: now } : null;
}

/** What has pods that run until they are told to end. */
const runningOn = ["Deployment", "StatefulSet"];

/** Pods are replaced when their template differs, and at once where the strategy says so. */
function podsOf(before: Data | undefined, after: Data | undefined): ObjectChange["pods"] {
  if (!runningOn.includes(textAt(before, "kind"))) return "kept";
  const [old, now] = [before, after].map((object) => JSON.stringify(at(object, "spec.template")));
  if (before === undefined || old === undefined || old === now) return "kept";
  const isRolled = after !== undefined && textAt(after, "spec.strategy.type") !== "Recreate";
  return isRolled && textAt(after, "kind") !== "StatefulSet" ? "rolled" : "stopped";
}

/** What holds data does not come back. */
const holdingData = ["Namespace", "PersistentVolumeClaim", "StatefulSet"];

function severityOf(action: ObjectChange["action"], kind: string, pods: ObjectChange["pods"]): Severity {
  if (action === "delete" && holdingData.includes(kind)) return "irreversible";
  return pods === "stopped" || (action === "delete" && kind === "Deployment") ? "disruptive" : "quiet";
}
