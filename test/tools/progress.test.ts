/** What is said while a run takes its time, on a terminal that script(1) makes. */
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { inTemporaryFolderUntil } from "../temporary.ts";
import { needs, run } from "./tool.ts";

const test = suite("progress");

const program = `"${process.execPath}" "${resolve("dist/topogen.js")}"`;

/** More than a second's work on any machine of today. */
async function largeTopology(): Promise<string> {
  const path = String(pathToFileURL("bench/large-topology.mjs"));
  const module = (await import(path)) as { largeTopology: (nodes: number) => string };
  return module.largeTopology(2500);
}

/** Runs a command of a shell on a terminal of its own; resolves to all that it shows, `<erased>` where a line is. */
async function onTerminal(root: string, command: string, env: Readonly<Record<string, string>>): Promise<string> {
  const options = { cwd: root, seconds: 600, env: { TERM: "xterm", CI: "", GITHUB_ACTIONS: "", ...env } };
  const { code, stdout, stderr } = await run("script", ["-qefc", command, "/dev/null"], options);
  assert.is(code, 0, stdout + stderr);
  return stdout.replaceAll("\x1b[K", "<erased>");
}

const validate = `${program} validate`;
const step = /\r<erased>[a-z][a-z ]+.* \.\.\./;

needs(test, "script")("a line that is taken away again, on a terminal and nowhere else", async () => {
  await inTemporaryFolderUntil(async (root) => {
    writeFileSync(join(root, "topology.yaml"), await largeTopology());
    const shown = await onTerminal(root, validate, {});
    assert.match(shown, step);
    assert.match(shown, /\r<erased>topology\.yaml is valid: 2500 nodes/);
    assert.not.match(await onTerminal(root, validate, { CI: "true" }), step);
    assert.not.match(await onTerminal(root, validate, { TERM: "dumb" }), step);
    assert.not.match(await onTerminal(root, `${validate} 2>errors && cat errors`, {}), step);
    assert.match(await onTerminal(root, `${validate} >answer`, {}), step);
  });
});

test.run();
