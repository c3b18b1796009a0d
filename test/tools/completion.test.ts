/** The completions, by the shells themselves. */
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Command, commands } from "../../src/commands/commands.ts";
import { shells } from "../../src/completion.ts";
import { needs, run } from "./tool.ts";

const names = Object.keys(commands);
const optionsOf = ({ options }: Command) => [...options, "help"].map((option) => `--${option}`).toSorted();

async function words(shell: string, script: string): Promise<readonly string[]> {
  const { code, stdout, stderr } = await run(shell, ["-c", script]);
  assert.is(code, 0, stderr);
  return stdout.split(/\s+/).filter(Boolean).toSorted();
}

function inBash(...typed: readonly string[]): Promise<readonly string[]> {
  const list = typed.map((word) => `'${word}'`).join(" ");
  return words(
    "bash",
    `${shells.bash()}\nCOMP_WORDS=(${list}); COMP_CWORD=${typed.length - 1}; _topogen; echo "\${COMPREPLY[@]}"`,
  );
}

needs(test, "bash")("bash: commands, and each command's options", async () => {
  assert.equal(await inBash("topogen", "v"), ["validate", "view"]);
  assert.equal(await inBash("topogen", ""), [...names, "--help", "--version"].toSorted());
  for (const [name, command] of Object.entries(commands))
    assert.equal(await inBash("topogen", name, "--"), optionsOf(command), name);
});

needs(test, "bash")("bash: files behind --file", async () => {
  assert.equal(await inBash("topogen", "gen", "--file", "topology.y"), ["topology.yaml"]);
});

needs(test, "fish")("fish: commands, and each command's options", async () => {
  const inFish = async (typed: string) => {
    const lines = await run("fish", ["-c", `${shells.fish()}\ncomplete -C'${typed}'`]);
    return lines.stdout
      .split("\n")
      .flatMap((line) => line.split("\t")[0] || [])
      .toSorted();
  };
  assert.equal(await inFish("topogen "), names.toSorted());
  for (const [name, { options }] of Object.entries(commands)) {
    assert.equal(await inFish(`topogen ${name} --`), options.map((option) => `--${option}`).toSorted(), name);
  }
});

needs(test, "zsh")("zsh: the script is read without a complaint, and defines the completion", async () => {
  const script = `autoload -Uz compinit; compinit -u -D; ${shells.zsh()}\nprint $_comps[topogen]`;
  assert.equal(await words("zsh", script), ["_topogen"]);
});

test.run();
