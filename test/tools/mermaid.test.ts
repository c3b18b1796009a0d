/** The drawings of docs/topology.md, by Mermaid itself. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { docs } from "../../generators/docs/index.ts";
import type { Model } from "../../src/model/model.ts";
import { fourteenNodes, modelWith } from "../fourteen-nodes.ts";
import { startBrowser } from "./browser.ts";
import { findTool, needs, toolsCache } from "./tool.ts";

const script = join(toolsCache, "mermaid", "mermaid.min.js");
const mermaid = { name: "mermaid", present: existsSync(script) };
const test = suite("mermaid");
const withMermaid = needs(test, "chromium", mermaid);
let browser: Browser;

test.before(async () => {
  if (findTool("chromium") && mermaid.present) browser = await startBrowser();
});
test.after(() => browser?.close());

function markdown(model: Model): string {
  return docs(model).find(({ path }) => path.endsWith("topology.md"))?.text ?? "";
}

/** What the drawings of a text show as words, one drawing after the other. Rejects on a drawing that Mermaid refuses. */
async function drawings(text: string): Promise<readonly string[]> {
  const sources = [...text.matchAll(/```mermaid\n(.*?)```/gs)].map(([, source]) => source);
  const page = await browser.newPage();
  await page.addScriptTag({ path: script });
  await page.evaluate("mermaid.initialize({ startOnLoad: false })");
  const words: string[] = [];
  for (const source of sources) {
    const svg = `mermaid.render("drawing", ${JSON.stringify(source)}).then(({ svg }) => (document.body.innerHTML = svg))`;
    await page.evaluate(svg);
    words.push(await page.evaluate<string>("document.body.innerText"));
  }
  await page.close();
  return words;
}

withMermaid("the 14 nodes: every service and every node is drawn", async () => {
  const model = modelWith();
  const [flow = "", zones = ""] = await drawings(markdown(model));
  for (const { name } of [...model.services, ...model.datastores]) assert.ok(flow.includes(name), name);
  for (const { name, address } of model.nodes) assert.ok(zones.includes(name) && zones.includes(address), name);
});

withMermaid("names that mean something to Mermaid are drawn as names", async () => {
  const service = { on: "auth", image: "v1" };
  const names = ["end", "graph", "a--b", "x", "o", "subgraph", "default", "style"];
  const services = Object.fromEntries(
    names.map((name) => [name, { ...service, uses: names.filter((other) => other !== name) }]),
  );
  const [flow = ""] = await drawings(markdown(modelWith({ services, datastores: {} })));
  for (const name of names) assert.ok(flow.split("\n").includes(name), name);
});

withMermaid("what is too large to draw is said in words", async () => {
  const uses = Object.keys(fourteenNodes.datastores ?? {});
  const names = Array.from({ length: 200 }, (_, number) => [`app-${number}`, { on: "auth", image: "v1", uses }]);
  const text = markdown(modelWith({ services: Object.fromEntries(names) }));
  assert.match(text, "larger than Mermaid draws");
  assert.is((await drawings(text)).length, 1);
});

test.run();
