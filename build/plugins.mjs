// What esbuild bundles besides code.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import Ajv from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");

/** `import validate from "#schema-validator"` gives the schema, compiled to a function. */
export const schemaValidator = {
  name: "schema-validator",
  setup({ onResolve, onLoad }) {
    const schema = `${root}/schema/topology.schema.json`;
    onResolve({ filter: /^#schema-validator$/ }, () => ({ path: schema, namespace: "schema-validator" }));
    onLoad({ filter: /.*/, namespace: "schema-validator" }, () => {
      const ajv = new Ajv({
        allErrors: true,
        messages: false,
        strict: true,
        allowUnionTypes: true,
        code: { source: true, esm: true },
      });
      const validate = ajv.compile(JSON.parse(readFileSync(schema, "utf8")));
      return { contents: standaloneCode.default(ajv, validate), resolveDir: root, watchFiles: [schema] };
    });
  },
};

/** `import script from "./page/main.ts?bundle"` gives the text of a browser's script, with what it imports. */
export const browserScripts = {
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
export const folders = {
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

/** Loads what Node needs to run other programs when the first is run: most commands run none, and loading it takes time. */
export const lateChildProcess = {
  name: "late-child-process",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, () => ({ path: "node:child_process", namespace: "late" }));
    onLoad({ filter: /.*/, namespace: "late" }, () => ({
      contents: "export const execFileSync = (...parameters) => require('child_process').execFileSync(...parameters);",
    }));
  },
};
