// Runs test files, each in a process of its own: `npm test`, `npm run test:tools`; `-- NAME...` runs those of some names. There
// is one more at a time than there are processors, as many of them wait for others' programs. A file that says nothing of its
// tests, or takes more than half an hour, counts as one failure.
import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";

const [tier, ...wanted] = process.argv.slice(2);
const folder = join(import.meta.dirname, "../dist/test", tier === "tools" ? "tools" : ".");
const env = { ...process.env, NO_COLOR: "1" }; // the counts are read from the output
const sum = { passed: 0, failed: 0, skipped: 0 };
const failures = []; // what the files that failed say of it
const names = readdirSync(folder)
  .filter((file) => file.endsWith(".test.js"))
  .map((file) => basename(file, ".test.js"))
  .filter((name) => wanted.length === 0 || wanted.includes(name));

/** They measure how long something takes, or have an etcd that wants its disk in time: nothing runs beside them. */
const alone = ["progress", "rehearsal", "view"];

/** They take longest, so they begin first: no lane ends long after the others. */
const long = ["terraform", "argocd", "terraform-shapes", "kubernetes-capacity", "plan", "atlantis-server"];

const others = names.filter((name) => !alone.includes(name) && !long.includes(name));
await runAll(among(alone), 1);
await runAll([...among(long), ...others.sort()], availableParallelism() + 1);

for (const failure of failures) console.log(failure); // again, at the end, where it is looked for
console.log(`\n${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped`);
if (sum.failed > 0 || sum.passed + sum.skipped === 0) process.exitCode = 1;

/** Those of the list that are wanted. */
function among(list) {
  return list.filter((name) => names.includes(name));
}

/** Runs files in so many lanes. What a lone lane's files print is seen at once, that of several when a file has ended. */
async function runAll(waiting, lanes) {
  const isShown = lanes === 1 || waiting.length === 1;
  const lane = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift()) {
      const title = `\n== ${name}\n`;
      if (isShown) process.stdout.write(title);
      const run = await ended(join(folder, `${name}.test.js`), isShown);
      if (!isShown) process.stdout.write(`${title}${run.output}`);
      const counts = countsOf(run);
      if (counts.failed > 0) failures.push(`\n== ${name}: ${counts.failed} failed\n${failureOf(run)}`);
      for (const key of Object.keys(sum)) sum[key] += counts[key];
    }
  };
  await Promise.all(Array.from({ length: lanes }, lane));
}

/** Runs a test file, and resolves to what it prints and its exit code. */
function ended(path, isShown) {
  const child = spawn(process.execPath, [path], { stdio: ["ignore", "pipe", "pipe"], detached: true, env });
  const timer = setTimeout(() => process.kill(-child.pid, "SIGKILL"), 30 * 60_000);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => {
      output += text;
      if (isShown) process.stdout.write(text);
    });
  }
  return new Promise((resolve) => {
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code, output });
    });
  });
}

/** What uvu says of the tests that failed; if none did, what the file said last. Marked, so that no count is read twice. */
function failureOf({ code, output }) {
  const [failures] = /^ *FAIL [^]*?(?=^ *Total: |$(?![^]))/m.exec(output) ?? [];
  const said = failures?.trimEnd() ?? `${output.trimEnd().split("\n").slice(-10).join("\n")}\nexit code ${code}`;
  return said.replaceAll(/^/gm, "| ");
}

/** Reads uvu's summary. A file that fails without a failed test failed outside of its tests: that is one failure. */
function countsOf({ code, output }) {
  const [total = 0, passed = 0, skipped = 0] = ["Total", "Passed", "Skipped"].map((word) => {
    return Number(new RegExp(`^ *${word}: +(\\d+)`, "m").exec(output)?.[1] ?? 0);
  });
  const failed = total - passed;
  return { passed, skipped, failed: failed === 0 && (code !== 0 || !output.includes("Total:")) ? 1 : failed };
}
