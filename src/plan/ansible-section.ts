import type { AnsibleChange, Note, Phase } from "./ansible.ts";
import type { Stage } from "./ansible-rules.ts";
import type { Section } from "./section.ts";
import type { Line } from "./severity.ts";

/** What Ansible does at a stage. */
export function ansibleSections({ folder, phases }: AnsibleChange, stage: Stage): readonly Section[] {
  return phases.filter((phase) => phase.stage === stage).map((phase) => phaseSection(folder, phase));
}

/** What it leaves to people. */
export function ansibleNotes({ notes }: AnsibleChange): readonly Section[] {
  const left: Section = { title: "Ansible: what no playbook does", commands: [], lines: noteLines(notes) };
  return notes.length > 0 ? [left] : [];
}

function phaseSection(folder: string, phase: Phase): Section {
  const lines = noteLines(phase.runs.flatMap(({ effects }) => effects));
  return { title: `Ansible, ${whenOf(phase)}, in ${folder}`, commands: phase.commands, lines };
}

const when: Readonly<Record<Stage, string>> = {
  first: "by hand, before Atlantis acts, with the tree as it is until the merge",
  early: "by hand, before the merge, with the tree of this change",
  late: "after the merge, by hand",
};

function whenOf({ stage, isByHand }: Phase): string {
  return isByHand ? when[stage] : "after the merge, by Argo CD's hook or by hand";
}

/** Each note once. */
function noteLines(notes: readonly Note[]): readonly Line[] {
  const lines = new Map(notes.map(({ subject, text, severity }) => [`${subject}: ${text}`, severity]));
  return [...lines].map(([text, severity]) => ({ text, severity }));
}
