import { readFileSync, writeFileSync } from "node:fs";
import { format } from "prettier";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { limits } from "../src/plan/administrator.ts";
import * as ansible from "../src/plan/ansible-rules.ts";
import type { AnsibleRule } from "../src/plan/ansible-rules.ts";
import type { Severity } from "../src/plan/severity.ts";
import { type ResourceFacts, resourceTypes } from "../src/plan/terraform/provider.ts";

const test = suite("docs/plan-rules.md");

const path = "docs/plan-rules.md";

type Row = readonly string[];

const marks: Readonly<Record<Severity, string>> = { quiet: "", disruptive: "!", irreversible: "!!" };

function table(head: Row, rows: readonly Row[]): string {
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`)
    .join("\n");
}

function ansibleRow(what: string, { playbooks, effect, severity, stage = "late" }: AnsibleRule): Row {
  const files = playbooks.map((name) => `\`${name}.yml\``).join(", ");
  const isByHand = playbooks.some((name) => ansible.playbooksByHand.includes(name));
  const owner = playbooks.length === 0 ? "nobody" : isByHand ? "a person, by Ansible" : "Argo CD's hook, by Ansible";
  return [what, owner, files, playbooks.length === 0 ? "" : stage, marks[severity], effect];
}

function ansibleRows(): readonly Row[] {
  const named = (prefix: string, rules: Readonly<Record<string, AnsibleRule>>) =>
    Object.entries(rules).map(([name, rule]) => ansibleRow(`${prefix} \`${name}\``, rule));
  const states = Object.entries(ansible.nodeStates).flatMap(([state, rules]) =>
    rules.map((rule) => ansibleRow(`a node's \`state\`: \`${state}\``, rule)),
  );
  return [
    ansibleRow("a node comes", ansible.newNode),
    ansibleRow("a control-plane node comes", ansible.newControlPlaneNode),
    ansibleRow("a node goes that was draining", ansible.goneNode),
    ansibleRow("a node goes that was active", ansible.goneActiveNode),
    ansibleRow("a node gets another name", ansible.renamedNode),
    ...ansible.replacedNode.map((rule) => ansibleRow("Terraform replaces a node's machine", rule)),
    ...states,
    ...named("a node's", ansible.nodeVariables),
    ...named("the cluster's", ansible.clusterVariables),
    ...named("the component", ansible.componentRules),
    ansibleRow("the component `tigera-operator`, with another encapsulation", ansible.otherEncapsulation),
    ...named("the manifests of", ansible.manifestRules),
    ansibleRow("a playbook, task, template or constant", ansible.ownFiles),
  ];
}

const consequences: readonly (readonly [fact: keyof ResourceFacts, text: string])[] = [
  ["stopping", "the machine stops and starts"],
  ["diverting", "what came in by it before is shut out"],
  ["growing", "grows, and never becomes smaller"],
  ["limiting", "what runs loses rights when it becomes smaller"],
];

function resourceRow([type, facts]: readonly [string, ResourceFacts]): Row {
  const effects = consequences.flatMap(([fact, text]) =>
    facts[fact] ? [`\`${(facts[fact] as readonly string[]).join("`, `")}\`: ${text}`] : [],
  );
  const ends = [
    ...(facts.holdsData ? ["data is lost (!!)"] : []),
    ...(facts.carriesTraffic ? ["traffic stops (!)"] : []),
    ...(facts.givesRights ? ["what runs loses rights (!)"] : []),
  ];
  const replacing = [
    ...facts.replacing,
    ...Object.keys(facts.replacingIf ?? {}).map((name) => `${name} (some changes)`),
  ];
  return [`\`${type}\``, replacing.join(", "), effects.join("; "), ends.join(", ")];
}

const page = await format(
  `# The rules of \`topogen plan\`

The plan compares two generated trees, so that an edit has every consequence that its files have: no table of paths says what
an edit leads to, and none can be wrong about it. What the tools then do about a file, a variable or an argument that differs
is data, and stands here as it does in the source (\`src/plan/\`). This page is written by \`npm run docs\`. \`topogen explain
<path>\` says for a path of your own topology who acts. \`!\` is what stops something for a while, \`!!\` that there is no way back.

## Ansible

${table(["what differs", "who acts", "by", "when", "", "effect, and why"], ansibleRows())}

\`first\` is before Atlantis acts, in the tree as it is until the merge; \`early\` before the merge, in the tree that comes with
it; \`late\` after the merge.

## Terraform

Atlantis applies, on the pull request and before the merge. An administrator does instead where:

${limits.map(({ reason }) => `- ${reason}.`).join("\n")}

${table(
  ["resources of the type", "are replaced when these differ", "other arguments", "when one goes"],
  Object.entries(resourceTypes).map(resourceRow),
)}

## Argo CD, GitHub Actions, people

Argo CD syncs each Application of which a file differs. Pods are replaced when their template differs: one by one, or all at
once where the strategy is \`Recreate\` and for a StatefulSet (!). A Namespace, a PersistentVolumeClaim or a StatefulSet that goes
does not come back (!!). An image that services ask for and none asked for before is in the registry before the merge, and a
person starts the first build of a new repository. A key that an ExternalSecret asks for and none did before gets its value from
a person, before the merge.
`,
  { parser: "markdown", printWidth: 120 },
);

// `npm run docs` writes it: TOPOGEN_UPDATE=1.
if (process.env.TOPOGEN_UPDATE === "1") writeFileSync(path, page);

test("it is what the rules in the source say", () => {
  assert.is(readFileSync(path, "utf8"), page);
});

test("every rule that is exported has a row", () => {
  const effects = Object.values(ansible).flatMap(effectsOf);
  assert.ok(effects.length > 40);
  for (const effect of effects) assert.ok(page.includes(effect), effect);
});

function effectsOf(exported: unknown): readonly string[] {
  if (typeof exported !== "object" || exported === null) return [];
  if ("effect" in exported) return [String(exported.effect)];
  return Object.values(exported).flatMap(effectsOf);
}

test.run();
