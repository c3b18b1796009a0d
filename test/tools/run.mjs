// Runs the tests that need other programs, one file after the other: `npm run test:tools`, or `npm run test:tools -- NAME...`
// for those of some names. A file that says nothing of its tests, or takes more than half an hour, counts as one failure.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";

const folder = join(import.meta.dirname, "../../dist/test/tools");
const wanted = process.argv.slice(2);
const env = { ...process.env, NO_COLOR: "1" }; // the counts are read from the output
const sum = { passed: 0, failed: 0, skipped: 0 };

for (const file of readdirSync(folder).sort()) {
  const name = basename(file, ".test.js");
  if (!file.endsWith(".test.js") || (wanted.length > 0 && !wanted.includes(name))) continue;
  console.log(`\n== ${name}`);
  const counts = countsOf(await run(join(folder, file)));
  for (const key of Object.keys(sum)) sum[key] += counts[key];
}

console.log(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
if (sum.failed > 0 || sum.passed + sum.skipped === 0) process.exitCode = 1;

/** Runs a test file, shows what it prints, and resolves to that and its exit code. */
function run(path) {
  const child = spawn(process.execPath, [path], { stdio: ["ignore", "pipe", "inherit"], detached: true, env });
  const timer = setTimeout(() => process.kill(-child.pid, "SIGKILL"), 30 * 60_000);
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
    process.stdout.write(text);
  });
  return new Promise((resolve) => {
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code, output });
    });
  });
}

/** Reads uvu's summary. A file that fails without a failed test failed outside of its tests: that is one failure. */
function countsOf({ code, output }) {
  const [total = 0, passed = 0, skipped = 0] = ["Total", "Passed", "Skipped"].map((word) => {
    return Number(new RegExp(`^ *${word}: +(\\d+)`, "m").exec(output)?.[1] ?? 0);
  });
  const failed = total - passed;
  return { passed, skipped, failed: failed === 0 && (code !== 0 || !output.includes("Total:")) ? 1 : failed };
}
