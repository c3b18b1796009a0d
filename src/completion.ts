/** Scripts that make a shell complete the command line. They are made from the commands' own table. */
import { type Command, commands } from "./commands/commands.ts";
import { optionTexts } from "./commands/options.ts";
import { sh } from "./output/quote.ts";

const entries = Object.entries(commands) as [string, Command][];

export const shells = { bash, zsh, fish } as const;

export type Shell = keyof typeof shells;

function optionsOf({ options }: Command): readonly string[] {
  return [...options, "help"].map((option) => `--${option}`);
}

/** Options that take no value have no word for it in their text. */
function takesFile(option: string): boolean {
  return optionTexts[option as keyof typeof optionTexts][0] === "<path>";
}

function bash(): string {
  const cases = entries.map(([name, command]) => `    ${name}) words=${sh(optionsOf(command).join(" "))} ;;`);
  return `_topogen() {
  local words word=\${COMP_WORDS[COMP_CWORD]}
  case \${COMP_WORDS[COMP_CWORD-1]} in
    --file | -f | --to) mapfile -t COMPREPLY < <(compgen -f -- "$word"); return ;;
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
  const cases = entries.map(([name, { options }]) => {
    const specs = options.map((option) => {
      const [value, meaning] = optionTexts[option];
      const action = value === "" ? "" : takesFile(option) ? ":file:_files" : `:${option}: `;
      return sh(`--${option}[${meaning.replace(/[[\]:]/g, "\\$&")}]${action}`);
    });
    return `    ${name}) _arguments ${[...specs, "'--help[print the help]'"].join(" ")} ;;`;
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
  case $words[2] in
${cases.join("\n")}
  esac
}
compdef _topogen topogen
`;
}

function fish(): string {
  const lines = entries.flatMap(([name, { does, options }]) => [
    `complete -c topogen -n __fish_use_subcommand -a ${name} -d ${sh(does)}`,
    ...options.map((option) => {
      const [value, meaning] = optionTexts[option];
      const argument = value === "" ? "" : takesFile(option) ? " -r -F" : " -r";
      return `complete -c topogen -n "__fish_seen_subcommand_from ${name}" -l ${option}${argument} -d ${sh(meaning)}`;
    }),
  ]);
  return `complete -c topogen -f\n${lines.join("\n")}\n`;
}
