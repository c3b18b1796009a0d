/** What `--help` prints. */

export type CommandName = "gen" | "check" | "validate" | "plan" | "set";

interface Command {
  readonly does: string;
  readonly says: string;
  readonly options: readonly string[];
  readonly examples: readonly (readonly [line: string, meaning: string])[];
}

const file = "  -f, --file <path>   the topology (default: topology.yaml); its folder is the root of all outputs";
const json = "  --json              print JSON";
const allowDestroy = `  --allow-destroy <name>
                      generate although this node is active, or this resource protected (may be repeated)`;
const help = "  -h, --help          print this";

/** Every command. */
export const commands: Readonly<Record<CommandName, Command>> = {
  gen: {
    does: "write the generated files",
    says: `Writes what differs from the topology, and removes files that it generated and no longer does. A file that was
changed by hand is not overwritten without --force, a file that topogen did not generate never.`,
    options: [
      file,
      "  --force             overwrite generated files that were changed by hand",
      allowDestroy,
      json,
      help,
    ],
    examples: [
      ["topogen gen", "bring the tree up to date"],
      ["topogen gen --force", "the same, and drop changes made by hand or left by a merge"],
    ],
  },
  check: {
    does: "compare the tree with the topology",
    says: "Says which generated files are missing, outdated, changed by hand or left over, with a diff. Writes nothing.",
    options: [file, json, help],
    examples: [
      ["topogen check", "exit code 1 if anything differs"],
      ["topogen check --json", "the same for machines"],
    ],
  },
  validate: {
    does: "check the topology alone",
    says: "Says what is wrong with the topology, where, and what to do about it. Reads no other file.",
    options: [file, json, help],
    examples: [
      ["topogen validate", "check topology.yaml"],
      ["topogen validate --file staging/topology.yaml", "check another one"],
    ],
  },
  plan: {
    does: "say who must act on an edit, in which order",
    says: `Compares the topology with an earlier one: what Atlantis, Ansible, GitHub Actions and Argo CD do about the
difference, what of it stops something or cannot be undone, and which files differ. Writes nothing.`,
    options: [
      file,
      "  --from <commit>     compare with this commit (default: where the branch has left the main branch)",
      "  --markdown          print Markdown, for a comment on a pull request",
      json,
      help,
    ],
    examples: [
      ["topogen plan", "what the edits of this branch lead to"],
      ["topogen plan --from HEAD~1 --json", "the last commit's, for machines"],
    ],
  },
  set: {
    does: "set one value of the topology, and generate",
    says: `Changes one value and leaves every other byte of the topology as it is, then generates. Where the value is not
valid, or gen would refuse, nothing is written. Usage: topogen set <path> <value>`,
    options: [file, "  --force             as for gen", allowDestroy, json, help],
    examples: [
      ["topogen set services.auth.image v1.3.0", "deploy another version"],
      ["topogen set nodes.scan-worker.count 3", "add a node"],
    ],
  },
};

/** The help of one command. */
export function helpOf(name: CommandName): string {
  const { says, options, examples } = commands[name];
  const lines = examples.map(([line, meaning]) => `  ${line}\n      ${meaning}`);
  return `Usage: topogen ${name} [options]\n\n${says}\n\nOptions:\n${options.join("\n")}\n\nExamples:\n${lines.join("\n")}\n`;
}

/** The help of the program. */
export function helpText(): string {
  const list = Object.entries(commands).map(([name, { does }]) => `  ${name.padEnd(10)}${does}`);
  return `Usage: topogen <command> [options]

Renders one topology.yaml into the files of Terraform, Ansible, Kubernetes, GitHub Actions and Atlantis.

Commands:
${list.join("\n")}

Options:
${help}
  --version           print the version

Exit codes: 0 clean, 1 the tree differs or the topology is not valid, 2 wrong usage.
\`topogen <command> --help\` says more.
`;
}
