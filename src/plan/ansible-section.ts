import type { AnsibleChange, Note, Phase } from "./ansible.ts";
import type { Section } from "./section.ts";
import type { Line } from "./severity.ts";

/** What Ansible does before the merge, with the tree as it is until then. */
export function earlySections({ folder, phases }: AnsibleChange): readonly Section[] {
  return phases.filter(({ isBefore }) => isBefore).map((phase) => phaseSection(folder, phase));
}

/** What it does after the merge, and what it leaves. */
export function lateSections({ folder, phases, notes }: AnsibleChange): readonly Section[] {
  const late = phases.filter(({ isBefore }) => !isBefore).map((phase) => phaseSection(folder, phase));
  const left: Section = { title: "Ansible: what no playbook does", commands: [], lines: noteLines(notes) };
  return notes.length > 0 ? [...late, left] : late;
}

function phaseSection(folder: string, phase: Phase): Section {
  const lines = noteLines(phase.runs.flatMap(({ effects }) => effects));
  return { title: `Ansible, ${whenOf(phase)}, in ${folder}`, commands: phase.commands, lines };
}

function whenOf({ isBefore, isByHand }: Phase): string {
  if (isBefore) return "by hand, before the merge, with the tree as it is until then";
  return isByHand ? "by hand" : "after the merge, by Argo CD's hook or by hand";
}

/** Each note once. */
function noteLines(notes: readonly Note[]): readonly Line[] {
  const lines = new Map(notes.map(({ subject, text, severity }) => [`${subject}: ${text}`, severity]));
  return [...lines].map(([text, severity]) => ({ text, severity }));
}
