import { commentBeside } from "../../src/output/yaml.ts";
import lock from "./actions.lock.json";

/** What a step `uses`: the action at the locked commit, its version in a comment. A tag can be moved, a commit cannot. */
export function action(name: keyof typeof lock) {
  const { version, commit } = lock[name];
  return commentBeside(version, `${name}@${commit}`);
}

/** What every job runs on. */
export const runner = "ubuntu-24.04";

/** The repository's files. The job's token is not left behind in them. */
export function checkout(options: { readonly ref?: string; readonly "fetch-depth"?: number } = {}) {
  return { uses: action("actions/checkout"), with: { ...options, "persist-credentials": false } };
}

/** Node and this repository's packages, topogen among them. No cache: a job that pushes takes nothing from other runs. */
export const installTopogen = [
  { uses: action("actions/setup-node"), with: { "node-version": 24, "package-manager-cache": false } },
  { name: "Install topogen", run: "npm ci" },
];
