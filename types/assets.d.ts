/** Files that the build turns into modules: see build.mjs. */

declare module "*.hbs" {
  /** The template, compiled at build time; throws on a value that is missing. */
  const render: (data: object) => string;
  export default render;
}

declare module "*.yaml" {
  const text: string;
  export default text;
}

declare module "*.yml" {
  const text: string;
  export default text;
}

declare module "*.sh" {
  const text: string;
  export default text;
}

declare module "*.lua" {
  const text: string;
  export default text;
}

declare module "*.py" {
  const text: string;
  export default text;
}

declare module "*.css" {
  const text: string;
  export default text;
}

declare module "*.ts?bundle" {
  /** The script and what it imports, as one text for a browser. */
  const text: string;
  export default text;
}

declare module "*?folder" {
  /** Every file below the folder, by path from there, with "/" between the parts. */
  const files: readonly { readonly path: string; readonly text: string }[];
  export default files;
}

declare module "#schema-validator" {
  import type { ValidateFunction } from "ajv";
  /** schema/topology.schema.json, compiled at build time. */
  const validate: ValidateFunction;
  export default validate;
}
