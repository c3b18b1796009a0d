/** Scripts that make a shell complete the command line. They are made from the commands' own table. */
import { type Command, commands } from "./commands/commands.ts";
import { type OptionName, optionTexts } from "./commands/options.ts";
import { templates } from "./init/topology-text.ts";
import { sh } from "./output/quote.ts";

const entries = Object.entries(commands) as [string, Command][];

export const shells = { bash, zsh, fish } as const;

export type Shell = keyof typeof shells;

function optionsOf({ options }: Command): readonly string[] {
  return [...options, "help"].map((option) => `--${option}`);
}

/** The words that can stand behind an option. */
function choicesOf(option: OptionName): readonly string[] {
  return option === "template" ? Object.keys(templates) : [];
}

/** The words that can stand in the place of a command's parameter. */
function parametersOf({ parameters }: Command): readonly string[] {
  return parameters.includes("<shell>") ? Object.keys(shells) : [];
}

/** Options that take no value have no word for it in their text. */
function takesFile(option: OptionName): boolean {
  return optionTexts[option][0] === "<path>";
}

function bash(): string {
  const cases = entries.map(
    ([name, command]) => `    ${name}) words=${sh([...parametersOf(command), ...optionsOf(command)].join(" "))} ;;`,
  );
  return `_topogen() {
  local words word=\${COMP_WORDS[COMP_CWORD]}
  case \${COMP_WORDS[COMP_CWORD-1]} in
    --file | -f | --to) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
    --template) mapfile -t COMPREPLY < <(compgen -W ${sh(choicesOf("template").join(" "))} -- "$word"); return ;;
  esac
  case \${COMP_WORDS[1]} in
${cases.join("\n")}
    *) words=${sh(["--help", "--version"].join(" "))} ;;
  esac
  [ "$COMP_CWORD" -gt 1 ] || words="${entries.map(([name]) => name).join(" ")} --help --version"
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}
complete -F _topogen topogen
`;
}

function zsh(): string {
  const names = entries.map(([name, { does }]) => `    ${sh(`${name}:${does.replaceAll(":", "\\:")}`)}`);
  const cases = entries.map(([name, command]) => {
    const specs = [...command.options.map(zshOption), ...command.parameters.map(() => zshParameter(command))];
    return `    ${name}) _arguments ${[...specs, "--help[print the help]"].map(sh).join(" ")} ;;`;
  });
  return `#compdef topogen
_topogen() {
  local -a commands=(
${names.join("\n")}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  shift words
  ((CURRENT--))
  case $words[1] in
${cases.join("\n")}
  esac
}
compdef _topogen topogen
`;
}

function zshOption(option: OptionName): string {
  const [value, meaning] = optionTexts[option];
  const choices = choicesOf(option);
  const action = takesFile(option) ? "_files" : choices.length > 0 ? `(${choices.join(" ")})` : " ";
  return `--${option}[${meaning.replace(/[[\]:]/g, "\\$&")}]${value === "" ? "" : `:${option}:${action}`}`;
}

/** Without one for each parameter, zsh would offer nothing any more behind what is typed there. */
function zshParameter(command: Command): string {
  const words = parametersOf(command);
  return words.length > 0 ? `: :(${words.join(" ")})` : ": : ";
}

function fish(): string {
  const lines = entries.flatMap(([name, command]) => [
    `complete -c topogen -n __fish_use_subcommand -a ${name} -d ${sh(command.does)}`,
    ...parametersOf(command).map((word) => `${fishWithin(name)} -a ${word}`),
    ...command.options.map((option) => `${fishWithin(name)} -l ${option}${fishArgument(option)}`),
  ]);
  return `complete -c topogen -f\n${lines.join("\n")}\n`;
}

function fishWithin(name: string): string {
  return `complete -c topogen -n "__fish_seen_subcommand_from ${name}"`;
}

function fishArgument(option: OptionName): string {
  const [value, meaning] = optionTexts[option];
  const choices = choicesOf(option);
  const argument = value === "" ? "" : takesFile(option) ? " -r -F" : " -x";
  const words = choices.length > 0 ? ` -a ${sh(choices.join(" "))}` : "";
  return `${argument}${words} -d ${sh(meaning)}`;
}
