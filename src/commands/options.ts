/** Every option of the command line, as `parseArgs` of Node.js takes them. A command's entry says which are its own. */
export const options = {
  file: { type: "string", short: "f", default: "topology.yaml" },
  force: { type: "boolean", default: false },
  fix: { type: "boolean", default: false },
  watch: { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  markdown: { type: "boolean", default: false },
  from: { type: "string" },
  "allow-destroy": { type: "string", multiple: true, default: [] as string[] },
  to: { type: "string" },
  origin: { type: "boolean", default: false },
  template: { type: "string", default: "minimal" },
  name: { type: "string" },
  domain: { type: "string" },
  account: { type: "string" },
  region: { type: "string" },
  repository: { type: "string" },
  key: { type: "string" },
  help: { type: "boolean", short: "h", default: false },
  version: { type: "boolean", short: "v", default: false },
} as const;

export type OptionName = keyof typeof options;

/** What stands behind an option, and what it means. */
export const optionTexts: Readonly<Record<OptionName, readonly [value: string, meaning: string]>> = {
  file: ["<path>", "the topology (default: topology.yaml); its folder is the root of all outputs"],
  force: ["", "overwrite generated files that were changed by hand"],
  fix: ["", "put right what is certain, such as a misspelt key, and write the topology"],
  watch: ["", "go on, and generate each time that the topology is written"],
  json: ["", "print JSON"],
  markdown: ["", "print Markdown, for a comment on a pull request"],
  from: ["<commit>", "compare with this commit (default: where the branch has left the main branch)"],
  "allow-destroy": ["<name>", "generate although this node is active, or this resource protected (may be repeated)"],
  to: ["<path>", "the file to write (default: topology.html)"],
  origin: ["", "say behind each value where it comes from"],
  template: ["<name>", "minimal (the default), or 14-nodes"],
  name: ["<name>", "the platform's name"],
  domain: ["<domain>", "its domain, a Route53 zone of the account"],
  account: ["<number>", "the AWS account's number"],
  region: ["<region>", "the AWS region"],
  repository: ["<owner/name>", "the GitHub repository"],
  key: ["<key>", "a public SSH key that may log in"],
  help: ["", "print this"],
  version: ["", "print the version"],
};
