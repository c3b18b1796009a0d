// Handlebars templates, compiled at build time: the program carries only what renders them.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { build } from "esbuild";
import Handlebars from "handlebars";

const root = join(import.meta.dirname, "..");
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
export const templates = {
  name: "templates",
  async setup({ onLoad }) {
    const helpers = await helperNames();
    onLoad({ filter: /\.hbs$/ }, ({ path }) => ({
      contents: precompile(readFileSync(path, "utf8"), basename(path), helpers),
      resolveDir: root,
    }));
  },
};
