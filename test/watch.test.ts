/** `topogen gen --watch`, as a person runs it. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";

const test = suite<{ root: string; process: ChildProcess; output: () => string }>("watch");
const text = readFileSync("test/golden/minimal/topology.yaml", "utf8");

test.before.each((context) => {
  context.root = mkdtempSync(join(tmpdir(), "topogen-watch-"));
  writeFileSync(join(context.root, "topology.yaml"), text);
  context.process = spawn(process.execPath, [join(process.cwd(), "dist/topogen.js"), "gen", "--watch"], {
    cwd: context.root,
  });
  let output = "";
  for (const stream of [context.process.stdout, context.process.stderr])
    stream?.on("data", (bytes) => (output += String(bytes)));
  context.output = () => output;
});
test.after.each(({ root, process: { pid } }) => {
  if (pid !== undefined) process.kill(pid);
  rmSync(root, { recursive: true });
});

/** Waits until the output says so, at most 20 seconds. */
async function until(output: () => string, pattern: RegExp): Promise<void> {
  for (let attempt = 0; attempt < 400 && !pattern.test(output()); attempt++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  assert.match(output(), pattern);
}

test("an edit is generated, a mistake is explained, and its correction is generated", async ({ root, output }) => {
  const write = (edited: string) => writeFileSync(join(root, "topology.yaml"), edited);
  await until(output, /files written, 0 removed/);
  write(text.replace("port: 8000", "port: 8001"));
  await until(output, /written.*[1-9]\d* unchanged/s);
  write(text.replace("on: web", "on: wbe"));
  await until(output, /there is no .*wbe|wbe/s);
  write(text.replace("port: 8000", "port: 8002"));
  await until(output, /wbe.*written.*unchanged/s);
  assert.match(readFileSync(join(root, "out/docs/topology.html"), "utf8"), '["Port","8002"]');
});

test.run();
