#!/usr/bin/env node
// Starts dist/program.js. Compiling it would take longer than running it; V8 takes over what it has compiled of it during the
// build, from the file beside it (the code cache). Without that, or with that of another version of Node, V8 compiles as usual.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";

// A run is over before most functions are worth optimising, which would cost a sixth of its time. Loops that run long are.
// The flags are those of V8 from 11 (Node 20) to 14; another version runs with its own habits.
const patience = ["--invocation-count-for-maglev=4000", "--invocation-count-for-turbofan=30000"];
const flags = { 11: ["--interrupt-budget=2000000"], 12: patience, 13: patience, 14: patience };
for (const flag of flags[Number.parseInt(process.versions.v8)] ?? []) setFlagsFromString(flag);

const path = fileURLToPath(new URL("program.js", import.meta.url));
const code = readFileSync(path, "latin1");

/** The cache of exactly this program: V8 itself compares no more than the length. */
export const cachePath = path.replace(/program\.js$/, `${code.slice(3, 19)}.cache`);

function readCache() {
  try {
    return readFileSync(cachePath);
  } catch {
    return undefined;
  }
}

export const script = new Script(code, { filename: path, cachedData: readCache() });

script.runInThisContext()(createRequire(import.meta.url));
