// Bundles the sources. `node build.mjs` writes the program: dist/program.js, and dist/topogen.js, which starts it; and
// dist/index.js, what other programs import. With `--test` it writes the tests to dist/test/ as well.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { browserScripts, folders, lateChildProcess, schemaValidator } from "./build/plugins.mjs";
import { templates } from "./build/templates.mjs";

const root = import.meta.dirname;
const dist = join(root, "dist");

const common = {
  absWorkingDir: root,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  charset: "ascii",
  logLevel: "warning",
  loader: { ".yml": "text", ".yaml": "text", ".sh": "text", ".py": "text", ".css": "text", ".lua": "text" },
  // The build of `yaml` that is made of ES modules: esbuild leaves out what nobody calls.
  alias: { yaml: `${root}/node_modules/yaml/browser/dist/index.js` },
  plugins: [templates, schemaValidator, browserScripts, folders],
};

/** One function of `require`, for build/start.mjs to call; its first line names what V8 has compiled of it. */
async function buildProgram() {
  const { outputFiles } = await build({
    ...common,
    plugins: [...common.plugins, lateChildProcess],
    entryPoints: ["src/cli.ts"],
    format: "cjs",
    minify: true,
    write: false,
  });
  const code = `(function (require) {${outputFiles[0].text}})`;
  const id = createHash("sha256").update(code).digest("hex").slice(0, 16);
  mkdirSync(dist, { recursive: true });
  replaceFile("program.js", `// ${id}\n${code}`, 0o644);
  replaceFile("topogen.js", readFileSync(join(root, "build/start.mjs")), 0o755);
  removeAllBut(dist, (name) => !name.endsWith(".cache") || name.includes(id));
  execFileSync(process.execPath, ["build/code-cache.mjs"], { cwd: root, stdio: "inherit" });
}

/** Whole or not at all, since the program may run at this moment. */
function replaceFile(name, content, mode) {
  const temporary = join(dist, `${name}.${process.pid}`);
  writeFileSync(temporary, content, { mode });
  renameSync(temporary, join(dist, name));
}

async function buildLibrary() {
  await build({ ...common, entryPoints: ["src/index.ts"], outfile: "dist/index.js" });
}

async function buildTests() {
  const { metafile } = await build({
    ...common,
    entryPoints: ["test/**/*.test.ts"],
    outdir: "dist/test",
    outbase: "test",
    splitting: true,
    sourcemap: "inline",
    metafile: true,
    external: [
      "uvu",
      "uvu/*",
      "kubernetes-models",
      "@kubernetes-models/*",
      "prettier",
      "esbuild",
      "playwright-core",
      "axe-core",
    ],
  });
  removeAllBut(join(dist, "test"), (name) => !name.endsWith(".js") || `dist/test/${name}` in metafile.outputs);
}

/** Removes files of earlier builds. */
function removeAllBut(folder, isWanted) {
  const names = readdirSync(folder, { recursive: true });
  for (const name of names.filter((name) => !isWanted(name)))
    rmSync(join(folder, name), { recursive: true, force: true });
}

await Promise.all([buildProgram(), buildLibrary()]);
if (process.argv.includes("--test")) await buildTests();
