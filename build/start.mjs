#!/usr/bin/env node
// Starts dist/program.js. Compiling it would take longer than running it; V8 takes over what it has compiled of it during the
// build, from the file beside it (the code cache). Without that, or with that of another version of Node, V8 compiles as usual.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { Script } from "node:vm";

// A run is over before most functions are worth optimising, which would cost a sixth of its time. Loops that run long are.
setFlagsFromString("--interrupt-budget=2000000");

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
