/** What `--help` prints. */

export type CommandName = "gen" | "check" | "validate";

interface Command {
  readonly does: string;
  readonly says: string;
  readonly options: readonly string[];
  readonly examples: readonly (readonly [line: string, meaning: string])[];
}

const file = "  -f, --file <path>   the topology (default: topology.yaml); its folder is the root of all outputs";
const json = "  --json              print JSON";
const help = "  -h, --help          print this";

/** Every command. */
export const commands: Readonly<Record<CommandName, Command>> = {
  gen: {
    does: "write the generated files",
    says: `Writes what differs from the topology, and removes files that it generated and no longer does. A file that was
changed by hand is not overwritten without --force, a file that topogen did not generate never.`,
    options: [file, "  --force             overwrite generated files that were changed by hand", json, help],
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
