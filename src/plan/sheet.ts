/** A plan in words, before it is known who reads them: a terminal or a pull request. */
import { ansibleNotes, ansibleSections } from "./ansible-section.ts";
import { applicationSection } from "./application-section.ts";
import type { TopologyEdit } from "./edits.ts";
import type { FileChange } from "./files.ts";
import { imageSections, workflowSections } from "./image-sections.ts";
import type { Plan } from "./plan.ts";
import { resourceLine, rootTitle } from "./resource-line.ts";
import type { Section } from "./section.ts";
import type { SecretChange } from "./secrets.ts";
import type { Stranded } from "./stranded.ts";
import type { Line } from "./severity.ts";
import type { RootChange } from "./terraform.ts";

export interface Sheet {
  readonly edits: readonly string[];
  /** In the order in which the tools act. */
  readonly sections: readonly Section[];
  /** The tools that have nothing to do. */
  readonly idle: readonly string[];
  readonly files: readonly string[];
}

type Tool = "Atlantis" | "Ansible" | "GitHub Actions" | "Argo CD";

/** What the plan says, in its order: first all that is to be done before the merge. */
export function sheetOf(plan: Plan): Sheet {
  const parts: readonly (readonly [tool: Tool | null, sections: readonly Section[]])[] = [
    [null, [...elsewhereSections(plan.edits), ...moveSections(plan)]],
    ["Ansible", ansibleSections(plan.ansible, "first")],
    ["Atlantis", plan.terraform.map(terraformSection)],
    [null, [...secretSections(plan.secrets), ...imageSections(plan.images)]],
    ["Ansible", ansibleSections(plan.ansible, "early")],
    ["Ansible", [...ansibleSections(plan.ansible, "late"), ...ansibleNotes(plan.ansible)]],
    ["GitHub Actions", workflowSections(plan)],
    [null, strandedSections(plan.stranded)],
    ["Argo CD", plan.applications.length > 0 ? [applicationSection(plan.applications)] : []],
  ];
  const busy = parts.filter(([, sections]) => sections.length > 0).map(([tool]) => tool);
  return {
    edits: plan.edits.map(editText),
    sections: parts.flatMap(([, sections]) => sections),
    idle: tools.filter((tool) => !busy.includes(tool)),
    files: plan.files.map(fileText),
  };
}

const tools: readonly Tool[] = ["Atlantis", "Ansible", "GitHub Actions", "Argo CD"];

/** What AWS keeps in one account and region comes to no other one. */
function elsewhereSections(edits: readonly TopologyEdit[]): readonly Section[] {
  const places = ["aws.account", "aws.region"];
  if (!edits.some(({ path, before }) => places.includes(path) && before !== undefined)) return [];
  const title = "Nobody: in another account or region it is another platform, which is made beside the old one";
  return [{ title, commands: [], lines: [{ text: "what there is stays, with its data", severity: "irreversible" }] }];
}

/** With the folder moves what others keep in it, such as Terraform's lock file. */
function moveSections({ movedFrom, output }: Plan): readonly Section[] {
  const title = "Whoever makes this change, before gen: the folder of the generated files moves, and its list with it";
  const commands = [`git mv ${movedFrom} ${output}`, `sed -i 's|  ${movedFrom}/|  ${output}/|' ${output}/MANIFEST`];
  return movedFrom === null ? [] : [{ title, commands, lines: [] }];
}

function secretSections(secrets: readonly SecretChange[]): readonly Section[] {
  const title = "A person, before the merge: values for AWS Secrets Manager, without which no new pod starts";
  const commands = secrets.map(({ secret }) => {
    const file = `${secret.slice(secret.lastIndexOf("/") + 1)}.json`;
    return `aws secretsmanager put-secret-value --secret-id ${secret} --secret-string file://${file}`;
  });
  return secrets.length > 0 ? [{ title, commands, lines: secrets.map(secretLine) }] : [];
}

function secretLine({ secret, added, keys }: SecretChange): Line {
  const others = keys.filter((key) => !added.includes(key));
  const rest = others.length > 0 ? `; the value is put as a whole, with ${others.join(", ")} again` : "";
  return { text: `+ ${secret}: ${added.join(", ")}${rest}`, severity: "quiet" };
}

function strandedSections(stranded: readonly Stranded[]): readonly Section[] {
  const title = "Nobody: volumes stay in the zone in which they were made";
  const lines = stranded.map(({ owner, from, to }): Line => {
    return {
      text: `${owner}: its data stays in ${from.join(", ")}, and its nodes are in ${to.join(", ")}; gen refuses this`,
      severity: "irreversible",
    };
  });
  return lines.length > 0 ? [{ title, commands: [], lines }] : [];
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
    commands:
      root.isPlanned && root.beyondAtlantis.length === 0
        ? ["atlantis apply"]
        : [`terraform -chdir=${root.folder} apply`],
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
