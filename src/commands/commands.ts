import type { OptionName } from "./options.ts";

export type CommandName =
  "init" | "gen" | "check" | "validate" | "plan" | "set" | "explain" | "show" | "view" | "completion";

export interface Command {
  /** In a list of commands. */
  readonly does: string;
  /** In its own help. */
  readonly says: string;
  /** `<path>` must be given, `[path]` may be. */
  readonly parameters: readonly string[];
  readonly options: readonly OptionName[];
  readonly examples: readonly (readonly [line: string, meaning: string])[];
}

/** Every command, in the order in which a platform meets them. */
export const commands: Readonly<Record<CommandName, Command>> = {
  init: {
    does: "begin a platform: topology.yaml, npm's scripts, a Git hook",
    says: `Writes a topology that is valid and says what its values mean, the scripts of package.json, a .gitignore, and a hook
that refuses a commit whose generated files are not up to date. On a terminal it asks for what no option says. What is
there already is never overwritten.`,
    parameters: [],
    options: ["file", "template", "name", "domain", "account", "region", "repository", "key"],
    examples: [
      ["topogen init", "three nodes and one service, in this folder"],
      ["topogen init --template 14-nodes --name shop --domain shop.example", "the larger example"],
    ],
  },
  gen: {
    does: "write the generated files",
    says: `Writes what differs from the topology, and removes files that it generated and no longer does. A file that was
changed by hand is not overwritten without --force, a file that topogen did not generate never.`,
    parameters: [],
    options: ["file", "force", "allow-destroy", "watch", "json"],
    examples: [
      ["topogen gen", "bring the tree up to date"],
      ["topogen gen --force", "the same, and drop changes made by hand or left by a merge"],
    ],
  },
  check: {
    does: "compare the tree with the topology",
    says: "Says which generated files are missing, outdated, changed by hand or left over, with a diff. Writes nothing.",
    parameters: [],
    options: ["file", "json"],
    examples: [
      ["topogen check", "exit code 1 if anything differs"],
      ["topogen check --json", "the same for machines"],
    ],
  },
  validate: {
    does: "check the topology alone",
    says: `Says what is wrong with the topology, where, and what to do about it. Reads no other file. With --fix, what can
have only one meaning is put right in place, and every other byte stays as it is.`,
    parameters: [],
    options: ["file", "fix", "json"],
    examples: [
      ["topogen validate --file staging/topology.yaml", "check another topology than topology.yaml"],
      ["topogen validate --fix", "put right what is certain, and say what remains"],
    ],
  },
  plan: {
    does: "say who must act on an edit, in which order",
    says: `Compares the topology with an earlier one: what Atlantis, Ansible, GitHub Actions and Argo CD do about the
difference, what of it stops something or cannot be undone, and which files differ. Writes nothing.`,
    parameters: [],
    options: ["file", "from", "markdown", "json"],
    examples: [
      ["topogen plan", "what the edits of this branch lead to"],
      ["topogen plan --from HEAD~1 --json", "the last commit's, for machines"],
    ],
  },
  set: {
    does: "set one value of the topology, and generate",
    says: `Changes one value and leaves every other byte of the topology as it is, then generates. Where the value is not
valid, or gen would refuse, nothing is written.`,
    parameters: ["<path>", "<value>"],
    options: ["file", "force", "allow-destroy", "json"],
    examples: [
      ["topogen set services.auth.image v1.3.0", "deploy another version"],
      ["topogen set nodes.scan-worker.count 3", "add a node"],
    ],
  },
  explain: {
    does: "say what can stand at a path of the topology, or what a code means",
    says: `Says the type, the default and an example of a value, what the topology says there now, and which tools act when it
changes. In a path, * stands for any name: services.*.image. A key that does not exist is answered with the nearest
one. Of the code of a diagnostic, it says which rule it stands for, and why there is one.`,
    parameters: ["<path>"],
    options: ["file"],
    examples: [
      ["topogen explain nodes.scan-worker.count", "a value of your own topology"],
      ["topogen explain volume-zone", "why a diagnostic of this code is one"],
    ],
  },
  show: {
    does: "print what the topology means",
    says: `Prints the model that the outputs are made from, every default filled in, or the part of it at a path. Other programs
read it as JSON: docs/show.md describes it.`,
    parameters: ["[path]"],
    options: ["file", "origin", "json"],
    examples: [
      ["topogen show nodes.scan-worker-2", "one node: its address, labels, taints and pods"],
      ["topogen show services.auth --origin", "and where each value comes from"],
    ],
  },
  view: {
    does: "write a page that shows the platform",
    says: `Writes one HTML file that asks for nothing else: zones, nodes and what they carry, the way of a request, and for each
thing its facts and every line of the outputs that would be gone or another one without it.`,
    parameters: [],
    options: ["file", "to"],
    examples: [
      ["topogen view", "writes topology.html"],
      ["topogen view --to shop.html", "writes it elsewhere"],
    ],
  },
  completion: {
    does: "print the completion of a shell",
    says: "Prints what makes a shell complete commands and options: bash, zsh or fish.",
    parameters: ["<shell>"],
    options: [],
    examples: [
      ["source <(topogen completion bash)", "for this shell; put the line into ~/.bashrc to keep it"],
      ["topogen completion fish > ~/.config/fish/completions/topogen.fish", "for fish"],
    ],
  },
};
