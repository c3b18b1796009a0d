/** A network of its own for a test whose server listens on every address: nothing leads into it, and nothing out. */
import { spawnSync } from "node:child_process";
import type { Requirement } from "./tool.ts";

const mark = "TOPOGEN_LONE_NETWORK";
const rights = process.getuid?.() === 0 ? [] : ["--user", "--map-root-user"];
/** With processes of its own, none of which outlives it. */
const unshare = [
  ...rights,
  "--net",
  "--pid",
  "--fork",
  "--kill-child",
  "sh",
  "-c",
  'ip link set lo up && exec "$@"',
  "sh",
];

export const loneNetwork: Requirement = {
  name: "unshare",
  present: spawnSync("unshare", [...unshare, "true"]).status === 0,
};

/** Goes there with the program that runs, by starting it once more in the network. What follows runs there only. */
export function enterLoneNetwork(): void {
  if (!loneNetwork.present || process.env[mark] !== undefined) return;
  const env = { ...process.env, [mark]: "1" };
  const [, file = ""] = process.argv;
  const { status } = spawnSync("unshare", [...unshare, process.execPath, file], { stdio: "inherit", env });
  process.exit(status ?? 1);
}
