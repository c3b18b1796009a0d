import { lookup } from "../lookup.ts";
import type { Model } from "../model/model.ts";
import { byCodeUnit, distinct } from "../order.ts";
import { readYaml, type Data } from "../read/yaml.ts";
import {
  clusterVariables,
  componentRules,
  goneActiveNode,
  goneNode,
  manifestRules,
  newControlPlaneNode,
  newNode,
  nodeStates,
  nodeVariables,
  otherEncapsulation,
  ownFiles,
  playbooks,
  playbooksByHand,
  renamedNode,
  replaced,
  replacedNode,
  type AnsibleRule,
  type Stage,
} from "./ansible-rules.ts";
import type { FileChange } from "./files.ts";
import type { Severity } from "./severity.ts";
import type { RootChange } from "./terraform.ts";

/** What is Ansible's to do. */
export interface AnsibleChange {
  /** Where its commands are run, `out/ansible`. */
  readonly folder: string;
  /** In the order in which they run. */
  readonly phases: readonly Phase[];
  /** What no playbook does. */
  readonly notes: readonly Note[];
}

/** Runs that follow each other. */
export interface Phase {
  readonly stage: Stage;
  /** Whether Argo CD's hook leaves them to a person. */
  readonly isByHand: boolean;
  readonly runs: readonly PlaybookRun[];
  /** The same for a terminal: runs with the same nodes are one command. */
  readonly commands: readonly string[];
}

export interface PlaybookRun {
  /** `05-label-nodes` */
  readonly playbook: string;
  /** The nodes that it is limited to, or null for all. */
  readonly nodes: readonly string[] | null;
  readonly effects: readonly Note[];
}

export interface Note {
  /** What it is about: a node, a component, a variable. */
  readonly subject: string;
  readonly text: string;
  readonly severity: Severity;
}

/** A rule that applies, to one node or to all. */
interface Finding {
  readonly subject: string;
  readonly node: string | null;
  readonly rule: AnsibleRule;
}

/** The nodes of the topology, and those among them whose machines Terraform replaces. */
interface Nodes {
  readonly all: Model["nodes"];
  readonly replaced: readonly string[];
}

/** What follows from the files that changed below Ansible's folder, and from what Terraform does to machines. */
export function planAnsible(
  files: readonly FileChange[],
  { paths, nodes: all }: Model,
  roots: readonly RootChange[],
): AnsibleChange {
  const prefix = `${paths.ansible}/`;
  const own = files
    .filter(({ path }) => path.startsWith(prefix))
    .map((file) => ({ ...file, path: file.path.slice(prefix.length) }));
  const nodes = { all, replaced: replacedNodes(roots) };
  const findings = [...own.flatMap((file) => findingsOf(file, nodes)), ...nodes.replaced.flatMap(replacement)];
  const notes = findings.filter(({ rule }) => rule.playbooks.length === 0).map(note);
  return { folder: paths.ansible, phases: stages.flatMap((stage) => phasesOf(findings, stage)), notes };
}

const stages: readonly Stage[] = ["first", "early", "late"];

/** A node that also gets another name leaves and joins by that. */
function replacedNodes(roots: readonly RootChange[]): readonly string[] {
  const changes = roots.flatMap(({ resources }) => resources).filter(({ action }) => action === "replace");
  const same = changes.filter(({ address, movedFrom }) => nodeOf(movedFrom ?? address) === nodeOf(address));
  return same.flatMap(({ address }) => nodeOf(address) ?? []);
}

/** `auth-1` of `aws_instance.unprotected["auth-1"]` */
function nodeOf(address: string): string | undefined {
  return /^aws_instance\.\w+\["(.*)"\]$/.exec(address)?.[1];
}

function replacement(node: string): readonly Finding[] {
  return replacedNode.map((rule) => ({ subject: node, node, rule }));
}

function note({ subject, rule }: Finding): Note {
  return { subject, text: rule.effect, severity: rule.severity };
}

function findingsOf(file: FileChange, nodes: Nodes): readonly Finding[] {
  const [, folder, name = ""] = /^(.*)\/(.*)\.yml$/.exec(file.path) ?? [];
  if (folder === "inventory/host_vars") return nodeFindings(name, file, nodes);
  if (file.path === "inventory/group_vars/all/topology.yml") return clusterFindings(file);
  if (folder === "values") return componentFindings(name, file);
  if (folder === "manifests" && file.after !== null) return known(name, lookup(manifestRules, name));
  // All other files are topogen's own, and change with its version; site.yml lists the plays, and runs nothing by itself.
  const isOwn =
    file.before !== null && /\.(?:j2|py|sh|yml)$/.test(file.path) && !/^(?:hook|manifests)\//.test(file.path);
  return isOwn && name !== "site" ? known("playbooks", ownFiles) : [];
}

/** A new machine gets all that its variables say when it joins. */
function nodeFindings(node: string, { before, after }: FileChange, nodes: Nodes): readonly Finding[] {
  if (nodes.replaced.includes(node)) return [];
  return nodeRules(node, { before, after }, nodes).map((rule) => ({ subject: node, node, rule }));
}

function nodeRules(
  node: string,
  { before, after }: Pick<FileChange, "before" | "after">,
  { all: nodes }: Nodes,
): readonly AnsibleRule[] {
  if (before === null) return [nodes.find(({ name }) => name === node)?.controlPlane ? newControlPlaneNode : newNode];
  if (after === null) {
    if (nodes.some(({ renamedFrom }) => renamedFrom === node)) return [renamedNode];
    return [variablesOf(before)["node_state"] === "active" ? goneActiveNode : goneNode];
  }
  const state = String(variablesOf(after)["node_state"]);
  const rules = changedVariables(before, after).flatMap((variable) =>
    variable === "node_state" ? (lookup(nodeStates, state) ?? []) : (lookup(nodeVariables, variable) ?? []),
  );
  return rules.includes(replaced) ? replacedNode : rules;
}

function clusterFindings({ before, after }: FileChange): readonly Finding[] {
  const variables = changedVariables(before ?? "", after ?? "");
  const releases = variables.includes("helm_releases") ? changedReleases(before ?? "", after ?? "") : [];
  const others = variables.filter((variable) => variable !== "helm_releases");
  return [
    ...others.flatMap((variable) => known(variable, lookup(clusterVariables, variable))),
    ...releases.flatMap((component) => known(component, lookup(componentRules, component))),
  ];
}

function componentFindings(component: string, { before, after }: FileChange): readonly Finding[] {
  const stays = {
    playbooks: [],
    effect: "stays installed until `helm uninstall`: no playbook removes it",
    severity: "quiet",
  } as const;
  const [old, now] = [before, after].map((text) => /^ *encapsulation: (.*)$/m.exec(text ?? "")?.[1]);
  const isOtherWay = old !== undefined && now !== undefined && old !== now;
  return [
    ...(isOtherWay ? known(component, otherEncapsulation) : []),
    ...known(component, after === null ? stays : lookup(componentRules, component)),
  ];
}

function known(subject: string, rule: AnsibleRule | undefined): readonly Finding[] {
  return rule ? [{ subject, node: null, rule }] : [];
}

type Variables = Readonly<Record<string, Data>>;

function variablesOf(text: string): Variables {
  const [variables] = readYaml(text);
  return typeof variables === "object" && variables !== null && !Array.isArray(variables) ? variables : {};
}

function changedVariables(before: string, after: string): readonly string[] {
  return changedKeys(variablesOf(before), variablesOf(after));
}

function changedReleases(before: string, after: string): readonly string[] {
  const [old, now] = [before, after].map((text) => (variablesOf(text)["helm_releases"] ?? {}) as Variables);
  return changedKeys(old ?? {}, now ?? {}).filter((component) => lookup(now, component) !== undefined);
}

function changedKeys(before: Variables, after: Variables): readonly string[] {
  const keys = distinct([...Object.keys(before), ...Object.keys(after)]);
  return keys.filter((key) => JSON.stringify(lookup(before, key)) !== JSON.stringify(lookup(after, key)));
}

/** One run of each playbook: on every node, if any rule asks for that, else on those that rules name. */
function playbookRuns(findings: readonly Finding[]): readonly PlaybookRun[] {
  const needed = playbooks.filter((playbook) => findings.some(({ rule }) => rule.playbooks.includes(playbook)));
  return needed.map((playbook) => {
    const own = findings.filter(({ rule }) => rule.playbooks.includes(playbook));
    const nodes = own.map(({ node }) => node).filter((node) => node !== null);
    return { playbook, nodes: nodes.length < own.length ? null : distinct(nodes), effects: effectsOf(own) };
  });
}

function effectsOf(findings: readonly Finding[]): readonly Note[] {
  const effects = new Map(findings.map((finding) => [`${finding.subject} ${finding.rule.effect}`, note(finding)]));
  return [...effects.values()].sort((one, other) => byCodeUnit(one.subject, other.subject));
}

function phasesOf(findings: readonly Finding[], stage: Stage): readonly Phase[] {
  const runs = playbookRuns(findings.filter(({ rule }) => (rule.stage ?? "late") === stage));
  return groupBy(runs, ({ playbook }) => playbooksByHand.includes(playbook)).map((group) => ({
    stage,
    isByHand: playbooksByHand.includes(group[0]?.playbook ?? ""),
    runs: group,
    commands: groupBy(group, ({ nodes }) => nodes?.join(",") ?? "").map(commandOf),
  }));
}

function commandOf(runs: readonly PlaybookRun[]): string {
  const nodes = runs[0]?.nodes ?? null;
  const files = runs.map(({ playbook }) => `playbooks/${playbook}.yml`);
  return ["ansible-playbook", ...files, ...(nodes === null ? [] : ["--limit", nodes.join(",")])].join(" ");
}

/** Groups of items that follow each other and have the same key. */
function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string | boolean): readonly (readonly Item[])[] {
  const groups: Item[][] = [];
  for (const item of items) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && keyOf(last[0]) === keyOf(item)) last.push(item);
    else groups.push([item]);
  }
  return groups;
}
