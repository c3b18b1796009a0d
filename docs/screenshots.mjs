// Pictures of the page for the README: `npm run screenshots`. Asks for Chromium in PATH.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const root = join(import.meta.dirname, "..");
const pictures = join(root, "docs", "pictures");
const folder = mkdtempSync(join(tmpdir(), "topogen-screenshots-"));
const html = join(folder, "topology.html");
mkdirSync(pictures, { recursive: true });
execFileSync(process.execPath, [
  join(root, "dist/topogen.js"),
  "view",
  "--file",
  join(root, "topology.yaml"),
  "--to",
  html,
]);

/** What each picture shows: the screen, and the thing that is chosen. */
const shots = {
  "topology-light": { colorScheme: "light", viewport: { width: 1440, height: 900 }, chosen: "service/scan" },
  "topology-dark": { colorScheme: "dark", viewport: { width: 1440, height: 900 }, chosen: "service/scan" },
  "topology-narrow": { colorScheme: "light", viewport: { width: 390, height: 844 }, chosen: null },
};

const executablePath = execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim();
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
for (const [name, { chosen, ...screen }] of Object.entries(shots)) {
  const context = await browser.newContext(screen);
  const page = await context.newPage();
  await page.goto(`${pathToFileURL(html)}${chosen ? `#${chosen}` : ""}`);
  await page.waitForSelector("#lines:not(.moving)", { state: "attached" });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
  await context.close();
}
await browser.close();
rmSync(folder, { recursive: true });
