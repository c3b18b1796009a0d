/** `topogen init` with a person who takes their time, on a terminal that script(1) makes. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { inTemporaryFolderUntil } from "../temporary.ts";
import { needs, run } from "./tool.ts";

const test = suite("terminal-answers");

const program = `"${process.execPath}" "${resolve("dist/topogen.js")}"`;

/** What is typed, each line half a second after the one before; at its end, script(1) types Ctrl-D. */
function typed(lines: readonly string[]): string {
  return lines.map((line) => `sleep 0.5; echo '${line}'`).join("; ");
}

/** Begins a platform on a terminal of its own. */
function init(root: string, lines: readonly string[], before = "") {
  const command = `(${typed(lines)}; sleep 0.5) | script -qefc '${before}${program} init' /dev/null`;
  return run("sh", ["-c", command], { cwd: root, env: { TERM: "xterm", CI: "" } });
}

needs(test, "script")("it waits for the answers, and asks again where one is wrong", async () => {
  await inTemporaryFolderUntil(async (root) => {
    const { code, stdout } = await init(root, ["parcels", "parcels.example", "12", "111122223333", "", "", ""]);
    assert.is(code, 0, stdout);
    assert.match(stdout, /account's number[^]*`12`[^]*account's number[^]*Written:/);
    assert.match(readFileSync(join(root, "topology.yaml"), "utf8"), 'account: "111122223333"');
  });
});

needs(
  test,
  "script",
  "python3",
)("where reading the terminal does not wait, it waits itself", async () => {
  await inTemporaryFolderUntil(async (root) => {
    const unwaiting = 'python3 -c "import os; os.set_blocking(0, False)"; ';
    const { code, stdout } = await init(root, ["parcels", "", "", "", "", ""], unwaiting);
    assert.is(code, 0, stdout);
    assert.match(readFileSync(join(root, "topology.yaml"), "utf8"), "name: parcels");
  });
});

needs(test, "script")("Ctrl-D is no answer: it ends, and nothing is written", async () => {
  await inTemporaryFolderUntil(async (root) => {
    const { code, stdout } = await init(root, ["parcels"]);
    assert.is(code, 1, stdout);
    assert.match(stdout, /Nothing was written\./);
    assert.not.ok(existsSync(join(root, "topology.yaml")));
  });
});

test.run();
