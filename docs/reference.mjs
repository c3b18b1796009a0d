// The language's reference, made from the schema: `npm run docs` writes docs/reference.md, and a test compares.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { format } from "prettier";
import { stringify } from "yaml";

/** The schema as Markdown: tables of all that can stand in topology.yaml, one for each of its sections. */
export async function reference(schema) {
  const lookup = (node) => (node.$ref ? { ...schema.$defs[node.$ref.split("/").at(-1)], ...node } : node);
  const members = Object.entries(schema.properties).map(([name, member]) => {
    return { name, node: lookup(member), isRequired: schema.required.includes(name) };
  });
  const facts = members.filter(({ node }) => node.type !== "object");
  const sections = members.filter(({ node }) => node.type === "object");
  const parts = [
    "# topology.yaml",
    introduction(schema),
    "## The platform",
    table(facts.flatMap(({ name, node, isRequired }) => rows(name, node, isRequired, lookup))),
    ...sections.flatMap((member) => section(member, lookup)),
  ];
  return format(`${parts.join("\n\n")}\n`, { parser: "markdown" });
}

function introduction(schema) {
  const required = schema.required.map(code).join(", ");
  return [
    `${schema.description} Required are ${required}; all else has a default.`,
    "In the tables, `<name>` stands for a name that you choose, and `[]` for each item of a list.",
    "",
    "This page is made from `schema/topology.schema.json` by `npm run docs`. An editor with a YAML language server shows the",
    "same while you type.",
  ].join("\n");
}

function section({ name, node, isRequired }, lookup) {
  const example = stringify({ [name]: node.examples?.[0] ?? leastOf(node, lookup) }, { lineWidth: 0 });
  const description = `${node.description}${isRequired ? " Required." : ""}`;
  return [`## ${name}`, description, `\`\`\`yaml\n${example}\`\`\``, table(below(name, node, lookup))];
}

/** The required members, with their own examples. */
function leastOf({ properties, required }, lookup) {
  return Object.fromEntries(required.map((key) => [key, lookup(properties[key]).examples[0]]));
}

/** One row for a key, and the rows of everything below it. */
function rows(path, given, isRequired, lookup) {
  const node = lookup(given);
  const row = [`\`${path}\``, valueOf(node, lookup), defaultOf(node, isRequired), node.description ?? ""];
  return [row, ...below(path, node, lookup)];
}

function below(path, node, lookup) {
  const { properties = {}, required = [], additionalProperties, items, oneOf = [] } = node;
  const members = Object.entries(properties).flatMap(([key, member]) => {
    return rows(`${path}.${key}`, member, required.includes(key), lookup);
  });
  const named = additionalProperties ? under(`${path}.<name>`, additionalProperties, lookup) : [];
  const listed = items ? under(`${path}[]`, items, lookup).slice(lookup(items).properties ? 0 : 1) : [];
  return [...members, ...named, ...listed, ...oneOf.flatMap((choice) => below(path, lookup(choice), lookup))];
}

/** The rows of a map's values or of a list's items: what is in them, or themselves where nothing is in them. */
function under(path, given, lookup) {
  const node = lookup(given);
  return node.properties ? below(path, node, lookup) : rows(path, node, false, lookup);
}

function valueOf(node, lookup) {
  const { type, oneOf, minimum, maximum, examples } = node;
  if (node.const) return code(node.const);
  if (node.enum) return node.enum.map(code).join(" or ");
  if (oneOf) return oneOf.map((choice) => valueOf(lookup(choice), lookup)).join(", or ");
  if (type === "array") return `list of ${valueOf(lookup(node.items), lookup)}`;
  if (type === "object") return node.properties ? "settings" : "map";
  if (type === "boolean") return "`true` or `false`";
  if (type === "integer") return Number.isSafeInteger(maximum + 1) ? `number, ${minimum} to ${maximum}` : "number";
  return `text, such as ${code(examples[0])}`;
}

function defaultOf(node, isRequired) {
  if (isRequired) return "**required**";
  const isEmpty = node.default === undefined || Object.keys(Object(node.default)).length === 0;
  return isEmpty && typeof node.default !== "boolean" && typeof node.default !== "number" ? "" : code(node.default);
}

function code(value) {
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

function table(lines) {
  const all = [["Key", "Value", "Default", "Meaning"], ["---", "---", "---", "---"], ...lines];
  return all.map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`).join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const schema = JSON.parse(readFileSync("schema/topology.schema.json", "utf8"));
  writeFileSync("docs/reference.md", await reference(schema));
}
