/** What an editor shows while topology.yaml is typed: the real yaml-language-server with our schema. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { LanguageServer, type Position } from "./language-server.ts";

const test = suite("editor");
const schema = join(process.cwd(), "schema", "topology.schema.json");
const folder = mkdtempSync(join(tmpdir(), "topogen-editor-"));
const server = new LanguageServer(process.execPath, [
  "node_modules/yaml-language-server/bin/yaml-language-server",
  "--stdio",
]);
let documents = 0;

test.before(async () => {
  const markup = { documentationFormat: ["markdown"], snippetSupport: true };
  const textDocument = {
    completion: { completionItem: markup },
    hover: { contentFormat: ["markdown"] },
    publishDiagnostics: {},
  };
  const capabilities = { textDocument, workspace: { configuration: true } };
  await server.request("initialize", { processId: process.pid, rootUri: pathToFileURL(folder).href, capabilities });
  server.notify("initialized", {});
});
test.after(() => {
  server.stop();
  rmSync(folder, { recursive: true });
});

interface Diagnostic {
  readonly message: string;
  readonly range: { readonly start: Position; readonly end: Position };
}

interface Completion {
  readonly label: string;
  readonly documentation?: string | { readonly value: string };
}

interface Opened {
  readonly textDocument: { readonly uri: string };
  readonly position: Position;
  readonly diagnostics: readonly Diagnostic[];
}

/** Opens a text in which `|` marks the cursor, and waits for what the server has to say of it. */
async function open(marked: string): Promise<Opened> {
  const text = `# yaml-language-server: $schema=${schema}\n${marked.replace("|", "")}`;
  const before = `# the schema's line\n${marked}`.split("|")[0] ?? "";
  const uri = pathToFileURL(join(folder, `topology-${++documents}.yaml`)).href;
  const published = server.next<{ readonly diagnostics: readonly Diagnostic[] }>("textDocument/publishDiagnostics");
  server.notify("textDocument/didOpen", { textDocument: { uri, languageId: "yaml", version: 1, text } });
  const { diagnostics } = await published;
  const lines = before.split("\n");
  return {
    textDocument: { uri },
    position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
    diagnostics,
  };
}

/** What the server offers at the cursor: label, and what it says of it. */
async function completions(marked: string): Promise<ReadonlyMap<string, string>> {
  const { textDocument, position } = await open(marked);
  const { items } = await server.request<{ readonly items: readonly Completion[] }>("textDocument/completion", {
    textDocument,
    position,
  });
  return new Map(
    items.map(({ label, documentation = "" }) => [
      label,
      typeof documentation === "string" ? documentation : documentation.value,
    ]),
  );
}

async function hover(marked: string): Promise<string> {
  const { textDocument, position } = await open(marked);
  const answer = await server.request<{ readonly contents: { readonly value: string } } | null>("textDocument/hover", {
    textDocument,
    position,
  });
  return answer?.contents.value ?? "";
}

const node = "nodes:\n  web:\n    role: api\n    ";
const service = "services:\n  web:\n    on: web\n    ";

test("the committed topology.yaml has nothing underlined", async () => {
  const { diagnostics } = await open(readFileSync("topology.yaml", "utf8"));
  assert.equal(diagnostics, []);
});

test("in a node: its keys, each with its description", async () => {
  const found = await completions(`${node}|`);
  for (const key of ["address", "count", "zones", "instance", "disk", "labels", "taints", "state"])
    assert.ok(found.has(key), key);
  assert.match(found.get("count") ?? "", "How many nodes it has");
  assert.not(found.has("image"));
});

test("in a service: its keys, each with its description", async () => {
  const found = await completions(`${service}|`);
  for (const key of ["image", "http", "replicas", "resources", "uses", "env", "secrets"])
    assert.ok(found.has(key), key);
  assert.match(found.get("uses") ?? "", /\w{4}/);
  assert.not(found.has("role"));
});

test("in a taint: its effects", async () => {
  const found = await completions(`${node}taints:\n      - key: gpu\n        effect: |`);
  for (const effect of ["NoSchedule", "PreferNoSchedule", "NoExecute"]) assert.ok(found.has(effect), effect);
});

test("a key that is typed in part is completed", async () => {
  assert.ok((await completions(`${node}addr|`)).has("address"));
});

test("an engine, a registry and a switch: the values that there are", async () => {
  const engines = await completions("datastores:\n  db:\n    engine: |");
  for (const engine of ["postgresql", "redis", "rabbitmq"]) assert.ok(engines.has(engine), engine);
  const nat = await completions("network:\n  nat: |");
  for (const way of ["none", "single", "per-zone"]) assert.ok(nat.has(way), way);
});

test("hovering over a key explains it", async () => {
  assert.match(await hover(`${node}co|unt: 2`), "How many nodes it has");
  assert.match(await hover("aws:\n  reg|ion: eu-central-1"), "The region's code");
});

test("a misspelt key is underlined where it stands", async () => {
  const { diagnostics } = await open(`${node}adress: 10.0.1.20\n`);
  const found = diagnostics.find(({ message }) => message.includes("adress"));
  assert.equal(found?.range, { start: { line: 4, character: 4 }, end: { line: 4, character: 10 } });
});

test("a value of the wrong kind is underlined where it stands", async () => {
  const { diagnostics } = await open(`${node}address: 10.0.1.20\n    count: many\n`);
  const [found] = diagnostics.filter(({ range }) => range.start.line === 5);
  assert.equal(found?.range, { start: { line: 5, character: 11 }, end: { line: 5, character: 15 } });
});

test.run();
