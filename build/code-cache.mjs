// Run by the build: checks the 14 nodes, and keeps what V8 has compiled to do so.
import { writeFileSync } from "node:fs";

process.argv.splice(2, Infinity, "check");
process.stdout.write = () => true;
const { script, cachePath } = await import("../dist/topogen.js");
writeFileSync(cachePath, script.createCachedData());
process.exitCode = 0;
