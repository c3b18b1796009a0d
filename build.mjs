// Bundles the sources: `node build.mjs` writes dist/topogen.js, the one file that runs, and with `--test` the tests as well.
// What can be compiled ahead of time is compiled here: the templates, and the validator of the schema.
import { chmodSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import Ajv from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import { build } from "esbuild";
import Handlebars from "handlebars";

const root = import.meta.dirname;
const templateModule = `${root}/src/output/template.ts`;

/** The names in `helpers` of src/output/template.ts: a template that uses any other name does not build. */
async function helperNames() {
  const bundle = await build({
    entryPoints: [templateModule],
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
  });
  const { helpers } = await import(
    `data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].contents).toString("base64")}`
  );
  return Object.keys(helpers);
}

/** Sends every plain `{{x}}` through the helper `identifier` and every `{{{x}}}` through `verbatim`, which check the value. */
class PlainValues extends Handlebars.Visitor {
  constructor(helpers) {
    super();
    this.mutating = true;
    this.helpers = helpers;
  }

  MustacheStatement(statement) {
    if (statement.params.length > 0 || this.helpers.includes(statement.path.original)) return undefined;
    const name = statement.escaped ? "identifier" : "verbatim";
    const path = { ...statement.path, data: false, depth: 0, parts: [name], original: name };
    return { ...statement, path, params: [statement.path] };
  }
}

/** The source of a module that renders the template. */
function precompile(text, name, helpers) {
  const program = new PlainValues(helpers).accept(Handlebars.parse(text));
  const known = Object.fromEntries(helpers.map((helper) => [helper, true]));
  const code = Handlebars.precompile(program, {
    strict: true,
    noEscape: true,
    preventIndent: true,
    knownHelpersOnly: true,
    knownHelpers: { with: false, lookup: false, log: false, ...known },
  });
  return `import { template } from ${JSON.stringify(templateModule)};\nexport default template(${JSON.stringify(name)}, ${code});`;
}

/** `import render from "./main.tf.hbs"` gives the function that renders the template. */
const templates = {
  name: "templates",
  async setup({ onLoad }) {
    const helpers = await helperNames();
    onLoad({ filter: /\.hbs$/ }, ({ path }) => ({
      contents: precompile(readFileSync(path, "utf8"), basename(path), helpers),
      resolveDir: root,
    }));
  },
};

/** `import validate from "#schema-validator"` gives the schema, compiled to a function. */
const schemaValidator = {
  name: "schema-validator",
  setup({ onResolve, onLoad }) {
    const schema = `${root}/schema/topology.schema.json`;
    onResolve({ filter: /^#schema-validator$/ }, () => ({ path: schema, namespace: "schema-validator" }));
    onLoad({ filter: /.*/, namespace: "schema-validator" }, () => {
      const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, code: { source: true, esm: true } });
      const validate = ajv.compile(JSON.parse(readFileSync(schema, "utf8")));
      return { contents: standaloneCode.default(ajv, validate), resolveDir: root, watchFiles: [schema] };
    });
  },
};

/** `import script from "./page/main.ts?bundle"` gives the text of a browser's script, with what it imports. */
const browserScripts = {
  name: "browser-scripts",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\?bundle$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path.replace(/\?bundle$/, "")),
      namespace: "browser-script",
    }));
    onLoad({ filter: /.*/, namespace: "browser-script" }, async ({ path }) => {
      const options = {
        absWorkingDir: root,
        entryPoints: [path],
        bundle: true,
        format: "iife",
        target: "es2023",
        charset: "utf8",
      };
      const { outputFiles } = await build({ ...options, write: false });
      return { contents: outputFiles[0].text, loader: "text" };
    });
  },
};

/** `import tree from "./tree?folder"` gives every file below the folder: its path from there, and its text. */
const folders = {
  name: "folders",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\?folder$/ }, ({ path, resolveDir }) => ({
      path: resolve(resolveDir, path.replace(/\?folder$/, "")),
      namespace: "folder",
    }));
    onLoad({ filter: /.*/, namespace: "folder" }, ({ path: folder }) => {
      const paths = readdirSync(folder, { recursive: true }).filter((path) => statSync(join(folder, path)).isFile());
      const files = paths.sort().map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));
      return { contents: JSON.stringify(files), loader: "json", watchFiles: paths.map((path) => join(folder, path)) };
    });
  },
};

const common = {
  absWorkingDir: root,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  charset: "utf8",
  logLevel: "warning",
  loader: { ".yml": "text", ".yaml": "text", ".sh": "text", ".py": "text", ".css": "text", ".lua": "text" },
  // The build of `yaml` that is made of ES modules: esbuild leaves out what nobody calls.
  alias: { yaml: `${root}/node_modules/yaml/browser/dist/index.js` },
  plugins: [templates, schemaValidator, browserScripts, folders],
};

/** The program, and what other programs import. */
async function buildProgram() {
  const banner = { js: "#!/usr/bin/env node" };
  const small = { minifySyntax: true, minifyWhitespace: true };
  await Promise.all([
    build({ ...common, ...small, entryPoints: ["src/cli.ts"], outfile: "dist/topogen.js", banner }),
    build({ ...common, entryPoints: ["src/index.ts"], outfile: "dist/index.js" }),
  ]);
  chmodSync(`${root}/dist/topogen.js`, 0o755);
}

async function buildTests() {
  rmSync(`${root}/dist/test`, { recursive: true, force: true });
  await build({
    ...common,
    entryPoints: ["test/**/*.test.ts"],
    outdir: "dist/test",
    outbase: "test",
    splitting: true,
    sourcemap: "inline",
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
}

if (!process.argv.includes("--tests-only")) await buildProgram();
if (process.argv.some((argument) => argument.startsWith("--test"))) await buildTests();
