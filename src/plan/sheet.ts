/** A plan in words, before it is known who reads them: a terminal or a pull request. */
import { count } from "../count.ts";
import type { AnsibleChange, Note } from "./ansible.ts";
import type { ApplicationChange, ObjectChange } from "./argocd.ts";
import type { TopologyEdit } from "./edits.ts";
import type { FileChange } from "./files.ts";
import type { Plan } from "./plan.ts";
import { resourceLine, rootTitle } from "./resource-line.ts";
import type { Line } from "./severity.ts";
import type { RootChange } from "./terraform.ts";
import type { WorkflowChange } from "./workflows.ts";

/** What one tool does. */
export interface Section {
  readonly title: string;
  /** What a person types, if it is not left to the tool. */
  readonly commands: readonly string[];
  readonly lines: readonly Line[];
}

export interface Sheet {
  readonly edits: readonly string[];
  /** In the order in which the tools act. */
  readonly sections: readonly Section[];
  /** The tools that have nothing to do. */
  readonly idle: readonly string[];
  readonly files: readonly string[];
}

/** What the plan says, in its order. */
export function sheetOf(plan: Plan): Sheet {
  const parts: readonly (readonly [tool: string, sections: readonly Section[]])[] = [
    ["Atlantis", plan.terraform.map(terraformSection)],
    ["Ansible", ansibleSections(plan.ansible)],
    ["GitHub Actions", plan.workflows.length > 0 ? [workflowSection(plan.workflows)] : []],
    ["Argo CD", plan.applications.length > 0 ? [applicationSection(plan.applications)] : []],
  ];
  return {
    edits: plan.edits.map(editText),
    sections: parts.flatMap(([, sections]) => sections),
    idle: parts.filter(([, sections]) => sections.length === 0).map(([tool]) => tool),
    files: plan.files.map(fileText),
  };
}

function editText({ path, before, after }: TopologyEdit): string {
  if (before === undefined) return `${path}: ${valueText(after)} is new`;
  return after === undefined
    ? `${path}: ${valueText(before)} is gone`
    : `${path}: ${valueText(before)} -> ${valueText(after)}`;
}

function valueText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function fileText({ path, before, after, added, removed }: FileChange): string {
  const state = before === null ? " (new)" : after === null ? " (gone)" : "";
  return `${path} +${added} -${removed}${state}`;
}

function terraformSection(root: RootChange): Section {
  return {
    title: rootTitle(root),
    commands: root.isPlanned ? ["atlantis apply"] : [`terraform -chdir=${root.folder} apply`],
    lines: [...rootLines(root), ...root.resources.map(resourceLine)],
  };
}

function rootLines({ folder, movesState, runsAgain }: RootChange): readonly Line[] {
  const state: Line = { text: "first, the state moves: terraform init -migrate-state", severity: "disruptive" };
  const again: Line = {
    text: `again with \`load_balancer_exists = true\` in ${folder}/terraform.auto.tfvars, committed, when the controller has built the load balancer: then the public names lead to it`,
    severity: "disruptive",
  };
  return [...(movesState ? [state] : []), ...(runsAgain ? [again] : [])];
}

const afterMerge = "after the merge, by Argo CD's hook or by hand";

function ansibleSections({ folder, phases, notes }: AnsibleChange): readonly Section[] {
  const sections = phases.map(({ isBefore, isByHand, commands, runs }) => {
    const when = isBefore
      ? "by hand, before the merge, with the tree as it is until then"
      : isByHand
        ? "by hand"
        : afterMerge;
    const lines = noteLines(runs.flatMap(({ effects }) => effects));
    return { title: `Ansible, ${when}, in ${folder}`, commands, lines };
  });
  return notes.length > 0
    ? [...sections, { title: "Ansible: what no playbook does", commands: [], lines: noteLines(notes) }]
    : sections;
}

/** Each note once. */
function noteLines(notes: readonly Note[]): readonly Line[] {
  const lines = new Map(notes.map(({ subject, text, severity }) => [`${subject}: ${text}`, severity]));
  return [...lines].map(([text, severity]) => ({ text, severity }));
}

function workflowSection(workflows: readonly WorkflowChange[]): Section {
  return {
    title: "GitHub Actions: images are in the registry before Argo CD asks for them",
    commands: [],
    lines: workflows.flatMap(workflowLines),
  };
}

const workflowSigns = { new: "+", changed: "~", removed: "-", image: ">" };

function workflowLines({ workflow, reason, images }: WorkflowChange): readonly Line[] {
  const pushes = images.map((image) => ` pushes ${image}`).join(",");
  return [{ text: `${workflowSigns[reason]} ${workflow}${pushes}`, severity: "quiet" }];
}

function applicationSection(applications: readonly ApplicationChange[]): Section {
  const lines = applications.flatMap(applicationLines);
  return {
    title: `Argo CD, by itself after the merge: ${count(applications.length, "Application")} to sync`,
    commands: [],
    lines,
  };
}

function applicationLines({ application, runsAnsible, isReleased, objects }: ApplicationChange): readonly Line[] {
  const hook: Line = { text: `${application}: its hook runs Ansible's site.yml`, severity: "quiet" };
  const release: Line = {
    text: `- ${application}, once a person has confirmed it; all that it made stays, its data too`,
    severity: "quiet",
  };
  return [
    ...(runsAnsible ? [hook] : []),
    ...(isReleased ? [release] : []),
    ...objects.map((object) => objectLine(application, object)),
  ];
}

const objectSigns = { create: "+", update: "~", delete: "-" };
const podsText = {
  kept: "",
  rolled: "; its pods are replaced one by one",
  stopped: "; its pods stop before new ones start",
};

function objectLine(application: string, change: ObjectChange): Line {
  const { action, kind, namespace, name, pods, replicas, isConfirmed, obstacle, severity } = change;
  const place = namespace === "" ? name : `${namespace}/${name}`;
  const scaled = replicas === null ? "" : `; ${replicas.before} -> ${replicas.after} pods`;
  const details = [
    scaled,
    action === "delete" ? "" : podsText[pods],
    isConfirmed ? "; once a person has confirmed it" : "",
    obstacle === null ? "" : `; ${obstacle}, and gen refuses this`,
  ];
  return { text: `${application}: ${objectSigns[action]} ${kind} ${place}${details.join("")}`, severity };
}
