import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import check from "../../generators/kubernetes/service/check.sh";
import { needs, run, type RunResult } from "./tool.ts";

const test = suite("the check after a sync");
const withCurl = needs(test, "curl");

/** Runs the script against a server that gives these answers, one after the other, and the last for ever. */
async function checked(health: readonly number[], page: readonly number[] | null): Promise<RunResult> {
  const queues: Record<string, number[]> = { "/health": [...health], "/page": [...(page ?? [])] };
  const server = createServer(({ url = "" }, response) => {
    const queue = queues[url] ?? [404];
    response.writeHead((queue.length > 1 ? queue.shift() : queue[0]) ?? 500).end("a page\nof 2 lines");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    return await run("sh", ["-c", impatient(check)], { env: addresses(server, page !== null), seconds: 30 });
  } finally {
    server.close();
  }
}

/** Three tries within two seconds, in place of the minutes that a cluster is given. */
function impatient(script: string): string {
  return script.replace(/--retry \d+/g, "--retry 2").replace(/--retry-delay \d+/g, "--retry-delay 1");
}

function addresses(server: Server, isPublic: boolean): Record<string, string> {
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { HEALTH_URL: `${origin}/health`, ...(isPublic && { PUBLIC_URL: `${origin}/page` }) };
}

const cases: readonly [string, readonly number[], readonly number[] | null, boolean][] = [
  ["a healthy service that is not public passes", [200], null, true],
  ["a healthy public service passes", [200], [200], true],
  ["a bare path that asks for a login passes", [200], [401], true],
  ["a redirect passes", [200], [308], true],
  ["a service that becomes healthy passes", [503, 503, 200], null, true],
  ["a load balancer that finds its targets after a while passes", [200], [503, 502, 200], true],
  ["an unhealthy service fails", [503], null, false],
  ["a health path that does not exist fails", [404], [200], false],
  ["a load balancer without a working target fails", [200], [503], false],
];

for (const [name, health, page, passes] of cases) {
  withCurl(name, async () => {
    const { code, stdout, stderr } = await checked(health, page);
    assert.is(code === 0, passes, stdout + stderr);
    if (page !== null && !health.includes(404)) assert.match(stdout, new RegExp(`^answer: ${page.at(-1)}$`, "m"));
  });
}

withCurl("a service that does not answer at all fails", async () => {
  const env = { HEALTH_URL: "http://127.0.0.1:9/health" };
  assert.is.not((await run("sh", ["-c", impatient(check)], { env })).code, 0);
});

test.run();
