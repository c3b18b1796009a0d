// `npm run bench`: what topogen costs beside a bare start of node, measured in turns in one run so that both see the same
// machine. CPU is user and system time. `node bench/bench.mjs --large` measures 1,000 and 5,000 nodes as well.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { largeTopology } from "./large-topology.mjs";

const topology = resolve(import.meta.dirname, "../topology.yaml");
const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "topogen-bench-"));
const program = join(folder, "dist/topogen.js");
const rounds = 21;

/** Runs node once. Returns milliseconds. */
function run(parameters) {
  const script = 'TIMEFORMAT="%R %U %S"; time "$@" >/dev/null';
  const { status, stderr } = spawnSync("bash", ["-c", script, "bash", process.execPath, ...parameters], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`node ${parameters.join(" ")} ended with ${status}:\n${stderr}`);
  const [wall, user, system] = stderr.trim().split("\n").at(-1).split(" ").map(Number);
  return { wall: wall * 1000, cpu: (user + system) * 1000 };
}

function newRoot(name, text) {
  const root = join(folder, name);
  rmSync(root, { recursive: true, force: true });
  cpSync(text, join(root, "topology.yaml"));
  return join(root, "topology.yaml");
}

/** Measures every command in turns. */
function measure(commands) {
  const results = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, parameters] of Object.entries(commands)) results[name].push(run(parameters()));
  }
  return results;
}

function statistics(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  return { min: sorted[0], median: sorted[sorted.length >> 1], max: sorted.at(-1) };
}

function print(results, reference) {
  const base = statistics(results[reference].map(({ cpu }) => cpu));
  console.log(
    `${rounds} rounds, ms     CPU min/median/max        wall min/median/max       CPU to a bare start: min, median`,
  );
  for (const [name, runs] of Object.entries(results)) {
    const [cpu, wall] = [statistics(runs.map(({ cpu }) => cpu)), statistics(runs.map(({ wall }) => wall))];
    const row = [cpu, wall].map(({ min, median, max }) =>
      [min, median, max].map((ms) => ms.toFixed(0).padStart(7)).join(" "),
    );
    console.log(
      `${name.padEnd(16)} ${row.join("   ")}   ${(cpu.min / base.min).toFixed(2)} ${(cpu.median / base.median).toFixed(2)}`,
    );
  }
}

function measureLarge(nodes) {
  const text = join(folder, `${nodes}.yaml`);
  writeFileSync(text, largeTopology(nodes));
  const memory = join(folder, "memory");
  const note = `process.on("exit", () => require("fs").writeFileSync(${JSON.stringify(memory)}, String(process.resourceUsage().maxRSS)))`;
  writeFileSync(join(folder, "note.cjs"), note);
  const file = newRoot(`large-${nodes}`, text);
  const { wall, cpu } = run(["--require", join(folder, "note.cjs"), program, "gen", "--file", file]);
  const megabytes = Number(readFileSync(memory, "utf8")) / 1024;
  console.log(
    `gen of ${nodes} nodes: ${(wall / 1000).toFixed(2)} s wall, ${(cpu / 1000).toFixed(2)} s CPU, ${megabytes.toFixed(0)} MB`,
  );
  return cpu;
}

try {
  cpSync(resolve(import.meta.dirname, "../dist"), join(folder, "dist"), { recursive: true });
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const generated = newRoot("generated", topology);
  run([program, "gen", "--file", generated]);
  const results = measure({
    "node -e 0": () => ["-e", "0"],
    check: () => [program, "check", "--file", generated],
    "gen, all new": () => [program, "gen", "--file", newRoot("new", topology)],
    "gen, no change": () => [program, "gen", "--file", generated],
  });
  print(results, "node -e 0");
  if (process.argv.includes("--large")) {
    const [thousand, fiveThousand] = [1000, 5000].map(measureLarge);
    console.log(`5,000 nodes take ${(fiveThousand / thousand).toFixed(1)} times the CPU of 1,000`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
