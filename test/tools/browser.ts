import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { findTool } from "./tool.ts";

/** Chromium without the connections that it opens for itself. Its sandbox asks for a user that is not root. */
export function startBrowser(): Promise<Browser> {
  const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];
  return chromium.launch({
    executablePath: findTool("chromium") ?? "chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", ...quiet],
    timeout: 60_000,
  });
}

export interface OpenPage {
  readonly page: Page;
  /** Everything on its console, uncaught errors too. */
  readonly messages: readonly string[];
  /** Addresses that it has asked for, its own file not among them. */
  readonly requests: readonly string[];
}

/** Opens an HTML file for as long as the action takes, as a person who got it by mail would. */
export async function withPage(
  browser: Browser,
  html: string,
  action: (open: OpenPage) => Promise<void>,
  options: BrowserContextOptions & { readonly hash?: string } = {},
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "topogen-page-"));
  const file = join(folder, "topology.html");
  writeFileSync(file, html);
  const { hash = "", ...contextOptions } = options;
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, ...contextOptions });
  const page = await context.newPage();
  page.setDefaultTimeout(20_000);
  const messages: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(error.message));
  page.on("request", (request) => requests.push(request.url()));
  try {
    await page.goto(`file://${file}${hash}`);
    await action({ page, messages, requests: requests.slice(1) });
  } finally {
    await context.close();
    rmSync(folder, { recursive: true });
  }
}
