import { join } from "node:path";
import { ansible } from "../../generators/ansible/index.ts";
import type { Model } from "../../src/model/model.ts";
import { withHeader } from "../../src/output/header.ts";
import { put, setMode } from "../temporary.ts";
import type { RunOptions } from "./tool.ts";

/** Writes the Ansible tree, header lines and all, into the folder; the path that Ansible runs in. */
export function writeAnsible(folder: string, model: Model): string {
  for (const file of ansible(model)) {
    const { path, text, executable } = withHeader(file, "topology.yaml");
    put(folder, path, text);
    if (executable) setMode(folder, path, 0o755);
  }
  return join(folder, model.paths.ansible);
}

export function ansibleIn(tree: string): RunOptions {
  return { cwd: tree, env: { ANSIBLE_NOCOLOR: "1", ANSIBLE_HOME: join(tree, ".ansible") } };
}
