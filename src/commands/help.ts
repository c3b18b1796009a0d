/** What `--help` prints. */
import { type CommandName, commands } from "./commands.ts";
import { type OptionName, options, optionTexts } from "./options.ts";

/** `topogen explain <path> [options]` */
export function usageOf(name: CommandName): string {
  return ["topogen", name, ...commands[name].parameters, "[options]"].join(" ");
}

/** The help of one command. */
export function helpOf(name: CommandName): string {
  const { says, options: own, examples } = commands[name];
  const lines = examples.map(([line, meaning]) => `  ${line}\n      ${meaning}`);
  const list = [...own, "help" as const].map(optionText);
  return `Usage: ${usageOf(name)}\n\n${says}\n\nOptions:\n${list.join("\n")}\n\nExamples:\n${lines.join("\n")}\n`;
}

/** The help of the program. */
export function helpText(): string {
  const list = Object.entries(commands).map(([name, { does }]) => `  ${name.padEnd(12)}${does}`);
  return `Usage: topogen <command> [options]

Renders one topology.yaml into the files of Terraform, Ansible, Kubernetes, GitHub Actions and Atlantis.

Commands:
${list.join("\n")}

Options:
${optionText("help")}
${optionText("version")}

Exit codes: 0 clean, 1 the tree differs or the topology is not valid, 2 wrong usage.
\`topogen <command> --help\` says more.
`;
}

/** `  -f, --file <path>   the topology …`; where the left side is long, the meaning stands below it. */
function optionText(name: OptionName): string {
  const [value, meaning] = optionTexts[name];
  const option = options[name];
  const short = "short" in option ? `-${option.short}, ` : "";
  const left = `${short}--${name} ${value}`.trimEnd();
  return left.length > 18 ? `  ${left}\n${" ".repeat(22)}${meaning}` : `  ${left.padEnd(20)}${meaning}`;
}
