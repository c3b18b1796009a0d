/** A stand-in of AWS on loopback: moto's server, as fake-aws.py starts it. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Model } from "../../src/model/model.ts";
import { killGroup, type Requirement, toolEnvironment, toolsCache } from "./tool.ts";

/** The Python that has moto: install.sh gives it one of its own. */
const installed = join(toolsCache, "moto/bin/python");
const python = existsSync(installed) ? installed : "python3";

export const moto: Requirement = {
  name: "moto_server",
  present: spawnSync(python, ["-c", "import moto.server"], { env: toolEnvironment() }).status === 0,
};

export interface FakeAws {
  /** What leads Terraform's AWS provider and its S3 backend there, and nowhere else. */
  readonly env: Readonly<Record<string, string>>;
  readonly stop: () => void;
}

/** Starts an empty account of the model's number, with its public zone and Debian's image. */
export async function startFakeAws({ account, region, domain }: Model): Promise<FakeAws> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(python, ["test/tools/fake-aws.py", String(port), region, domain], {
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
    env: toolEnvironment({
      MOTO_ACCOUNT_ID: account,
      MOTO_ACM_VALIDATION_WAIT: "0",
      MOTO_IAM_LOAD_MANAGED_POLICIES: "true",
    }),
  });
  await answering(url, child);
  return {
    env: {
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: region,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_MAX_ATTEMPTS: "2",
    },
    stop: () => killGroup(child.pid),
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  let log = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (log = (log + text).slice(-4000)));
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(100)) {
    if (child.exitCode !== null) throw new Error(`the stand-in of AWS ended:\n${log}`);
    const response = await fetch(`${url}/moto-api/data.json`).catch(() => null);
    if (response?.ok) return;
  }
  killGroup(child.pid);
  throw new Error(`the stand-in of AWS does not answer:\n${log}`);
}
