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

const wide = { width: 1440, height: 900 };
const narrow = { width: 390, height: 844 };

/** What each picture shows: the screen, the thing that is chosen, and the heading that stands at the top. */
const shots = {
  "topology-light": { colorScheme: "light", viewport: wide, chosen: "service/scan" },
  "topology-dark": { colorScheme: "dark", viewport: wide, chosen: "service/scan" },
  "nodes-light": { colorScheme: "light", viewport: wide, chosen: "node/postgres-1", top: "#zones-title" },
  "nodes-dark": { colorScheme: "dark", viewport: wide, chosen: "node/postgres-1", top: "#zones-title" },
  "narrow-light": { colorScheme: "light", viewport: narrow },
  "narrow-dark": { colorScheme: "dark", viewport: narrow, top: "#zones-title" },
};

const executablePath = execFileSync("sh", ["-c", "command -v chromium"], { encoding: "utf8" }).trim();
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
for (const [name, { chosen, top, ...screen }] of Object.entries(shots)) {
  const context = await browser.newContext(screen);
  const page = await context.newPage();
  await page.goto(`${pathToFileURL(html)}${chosen ? `#${chosen}` : ""}`);
  await page.locator("#lines:not(.moving) path[d]").first().waitFor({ state: "attached" });
  // Below the search, which stays at the top.
  const scroll = (heading) => {
    window.scrollBy(0, heading.getBoundingClientRect().top - document.querySelector("#tools").offsetHeight - 20);
  };
  if (top) await page.locator(top).evaluate(scroll);
  await page.waitForTimeout(300); // what comes into sight is drawn then
  await page.screenshot({ path: join(pictures, `${name}.png`) });
  await context.close();
}
await browser.close();
rmSync(folder, { recursive: true });
