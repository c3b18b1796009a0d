import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { findTool, needs, run, succeed } from "./tools/tool.ts";

const test = suite("tools");

test("a program is found in PATH, a missing one is not", () => {
  assert.match(findTool("node") ?? "", /^\/.*\/node$/);
  assert.is(findTool("no-such-program"), null);
});

test("run gives the exit code and both outputs, and hands on the input", async () => {
  const result = await run("sh", ["-c", "cat; echo oops >&2; exit 3"], { input: "hello" });
  assert.equal(result, { code: 3, stdout: "hello", stderr: "oops\n" });
});

test("beyond its time limit a program is killed with its children", async () => {
  const folder = mkdtempSync(join(tmpdir(), "tool-"));
  const program = "echo started; (sleep 0.6; touch survived) & wait";
  const error = await failure(run("sh", ["-c", program], { cwd: folder, seconds: 0.3 }));
  assert.match(error.message, /^sh -c .*: not done after 0\.3 s\nstarted\n$/);
  await new Promise((resolve) => setTimeout(resolve, 600));
  assert.equal(readdirSync(folder), []);
  rmSync(folder, { recursive: true });
});

test("succeed rejects with what the program said", async () => {
  const error = await failure(succeed("sh", ["-c", "echo refused >&2; exit 1"]));
  assert.match(error.message, /exit code 1\nrefused/);
});

test("a test that needs a missing tool is skipped by name, or fails where the tool is required", async () => {
  const skipped = { failed: 0, skipped: 1, said: "skipped: a test (missing: no-such-program)" };
  const refused = { failed: 1, skipped: 0, said: "" };
  assert.equal(await declared(""), skipped);
  assert.equal(await declared("terraform,ansible"), skipped);
  assert.equal(await declared("terraform,no-such-program"), refused);
  assert.equal(await declared("1"), refused);
});

/** Declares a test that needs a missing program, in a suite that only counts, while TOPOGEN_REQUIRE_TOOLS is `required`. */
async function declared(required: string) {
  const result = { failed: 0, skipped: 0, said: "" };
  const bodies: (() => Promise<void>)[] = [];
  const counting = Object.assign((_: string, body: () => Promise<void>) => bodies.push(body), {
    skip: () => result.skipped++,
  });
  const before = { log: console.log, required: process.env["TOPOGEN_REQUIRE_TOOLS"] };
  console.log = (line: string) => (result.said += line);
  process.env["TOPOGEN_REQUIRE_TOOLS"] = required;
  needs(counting as never, "sh", "no-such-program")("a test", () => assert.unreachable());
  console.log = before.log;
  if (before.required === undefined) delete process.env["TOPOGEN_REQUIRE_TOOLS"];
  else process.env["TOPOGEN_REQUIRE_TOOLS"] = before.required;
  for (const body of bodies) await body().catch(() => result.failed++);
  return result;
}

async function failure(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => assert.unreachable() as never,
    (error: Error) => error,
  );
}

test.run();
