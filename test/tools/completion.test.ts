/** The completions, by the shells themselves. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { type Command, commands } from "../../src/commands/commands.ts";
import { shells } from "../../src/completion.ts";
import { inTemporaryFolderUntil } from "../temporary.ts";
import { needs, run, succeed } from "./tool.ts";

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

needs(test, "bash")("bash: the templates behind --template, and the shells", async () => {
  assert.equal(await inBash("topogen", "init", "--template", ""), ["14-nodes", "minimal"]);
  assert.equal(await inBash("topogen", "completion", ""), ["--help", "bash", "fish", "zsh"]);
});

needs(test, "bash")("bash: files behind --file", async () => {
  assert.equal(await inBash("topogen", "gen", "--file", "topology.y"), ["topology.yaml"]);
});

/** What fish offers behind a line. */
async function inFish(typed: string): Promise<readonly string[]> {
  const lines = await run("fish", ["-c", `${shells.fish()}\ncomplete -C'${typed}'`]);
  return lines.stdout
    .split("\n")
    .flatMap((line) => line.split("\t")[0] || [])
    .toSorted();
}

needs(test, "fish")("fish: commands, and each command's options", async () => {
  assert.equal(await inFish("topogen "), names.toSorted());
  for (const [name, { options }] of Object.entries(commands)) {
    assert.equal(await inFish(`topogen ${name} --`), options.map((option) => `--${option}`).toSorted(), name);
  }
});

needs(test, "fish")("fish: the templates behind --template, and the shells", async () => {
  assert.equal(await inFish("topogen init --template "), ["14-nodes", "minimal"]);
  assert.equal(await inFish("topogen completion "), ["bash", "fish", "zsh"]);
});

needs(test, "zsh")("zsh: the script is read without a complaint, and defines the completion", async () => {
  const script = `autoload -Uz compinit; compinit -u -D; ${shells.zsh()}\nprint $_comps[topogen]`;
  assert.equal(await words("zsh", script), ["_topogen"]);
});

/** What zsh shows at a Tab behind a line. It completes on a terminal alone, which its module zpty makes. */
async function inZsh(folder: string, typed: string): Promise<readonly string[]> {
  writeFileSync(join(folder, "completion"), shells.zsh());
  const script = `zmodload zsh/zpty
zpty shell 'TERM=dumb zsh -f -i'
zpty -w shell 'autoload -Uz compinit; compinit -u -D; source ${folder}/completion; zstyle ":completion:*" verbose no; PS1=">""> "'
zpty -r shell shown '*>> *'
zpty -w -n shell '${typed}'$'\\t\\t'
zpty -w shell $'\\x15print do""ne'
zpty -r shell shown '*done*'
print -r -- $shown`;
  const [, list = ""] = (await succeed("zsh", ["-fc", script])).split("\r\r\n");
  return (list.split(">> ")[0] ?? "").split(/\s+/).filter(Boolean).toSorted();
}

needs(test, "zsh")("zsh: commands, and each command's options", async () => {
  await inTemporaryFolderUntil(async (folder) => {
    assert.equal(await inZsh(folder, "topogen "), names.toSorted());
    for (const [name, command] of Object.entries(commands)) {
      if (command.options.length > 0) assert.equal(await inZsh(folder, `topogen ${name} --`), optionsOf(command), name);
    }
    assert.equal(await inZsh(folder, "topogen explain name --"), ["--file", "--help"]);
  });
});

needs(test, "zsh")("zsh: the templates behind --template, and the shells", async () => {
  await inTemporaryFolderUntil(async (folder) => {
    assert.equal(await inZsh(folder, "topogen init --template "), ["14-nodes", "minimal"]);
    assert.equal(await inZsh(folder, "topogen completion "), ["bash", "fish", "zsh"]);
  });
});

test.run();
