/** Real datastores on loopback, with the configuration that is generated for them. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, cpSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePorts } from "./cluster.ts";
import { findTool, killGroup, run, succeed, toolEnvironment } from "./tool.ts";

/** A server with an empty folder of its own. */
export interface Running {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** Whom PostgreSQL runs as where the tests run as root, which it refuses. */
const NOBODY = 65534;
const isRoot = process.getuid?.() === 0;

/** Starts a new PostgreSQL that reads `configuration`. The user of this name has this password. */
export async function startPostgres(
  folder: string,
  configuration: string,
  [user, password]: readonly [string, string],
): Promise<Running> {
  const programs = programsFor(folder);
  const data = join(folder, "data");
  const file = join(folder, "postgresql.conf");
  writeFileSync(file, configuration);
  writeFileSync(join(folder, "password"), password);
  if (isRoot) for (const path of [folder, file, join(folder, "password")]) chownSync(path, NOBODY, NOBODY);
  const auth = [
    "--auth-host=scram-sha-256",
    "--data-checksums",
    `--username=${user}`,
    `--pwfile=${join(folder, "password")}`,
  ];
  await succeed("setpriv", [...asNobody(), join(programs, "initdb"), "--pgdata", data, ...auth], { cwd: folder });
  const port = await freePort();
  const args = [
    "-D",
    data,
    "-c",
    `config_file=${file}`,
    "-c",
    `data_directory=${data}`,
    "-p",
    String(port),
    "-k",
    folder,
  ];
  const child = launch("setpriv", [...asNobody(), join(programs, "postgres"), ...args]);
  await until(
    "PostgreSQL",
    child,
    async () => (await run("pg_isready", ["--host=127.0.0.1", `--port=${port}`])).code === 0,
  );
  return { port, stop: () => end(child) };
}

/** A copy that anybody may run, for root's folders are closed to others: the wheel's package, and its libraries beside it. */
function programsFor(folder: string): string {
  const package_ = join(realpathSync(findTool("initdb") ?? ""), "../../..");
  for (const path of [package_, `${package_}.libs`]) cpSync(path, join(folder, basename(path)), { recursive: true });
  return join(folder, basename(package_), "pginstall/bin");
}

function asNobody(): string[] {
  return isRoot ? [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"] : ["--"];
}

/** Starts Redis on the folder `data`, which may hold what an earlier one has left. */
export async function startRedis(folder: string, configuration: string, password: string): Promise<Running> {
  const port = await freePort();
  const file = join(folder, "redis.conf");
  mkdirSync(join(folder, "data"), { recursive: true });
  writeFileSync(file, configuration.replace(/^port .*$/m, `port ${port}`).replace(/^bind .*$/m, "bind 127.0.0.1"));
  const child = launch("redis-server", [file]);
  const ping = () => run("redis-cli", ["-p", String(port), "ping"], { env: { REDISCLI_AUTH: password } });
  await until("Redis", child, async () => (await ping()).stdout === "PONG\n");
  return { port, stop: () => end(child) };
}

/** Starts RabbitMQ with its management plugin, as the image has it; `port` is that of the plugin. */
export async function startRabbit(
  folder: string,
  configuration: string,
  [user, password]: readonly [string, string],
): Promise<Running> {
  const [amqp, port, distribution, names] = await freePorts(4);
  writeFileSync(
    join(folder, "rabbitmq.conf"),
    `${configuration.replace(/^(listeners\.tcp\.default) .*$/m, `$1 = 127.0.0.1:${amqp}`)}
management.tcp.ip = 127.0.0.1
management.tcp.port = ${port}
`,
  );
  writeFileSync(join(folder, "enabled_plugins"), "[rabbitmq_management].\n");
  const env = {
    HOME: folder,
    ERL_EPMD_ADDRESS: "127.0.0.1",
    ERL_EPMD_PORT: String(names),
    RABBITMQ_CONFIG_FILE: join(folder, "rabbitmq.conf"),
    RABBITMQ_DEFAULT_PASS: password,
    RABBITMQ_DEFAULT_USER: user,
    RABBITMQ_DIST_PORT: String(distribution),
    RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, "enabled_plugins"),
    RABBITMQ_LOGS: "-",
    RABBITMQ_LOG_BASE: join(folder, "log"),
    RABBITMQ_MNESIA_BASE: join(folder, "data"),
    RABBITMQ_NODENAME: "rabbit@localhost",
  };
  const registry = launch("epmd", ["-port", String(names), "-address", "127.0.0.1"]);
  const child = launch("rabbitmq-server", [], env);
  await until("RabbitMQ", child, () => answers(`http://127.0.0.1:${port}/`));
  const stop = async () => {
    killGroup(child.pid); // its own script ends before Erlang does
    killGroup(registry.pid);
  };
  return { port: port ?? 0, stop };
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    () => true,
    () => false,
  );
}

function launch(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(findTool(program) ?? program, args, {
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: toolEnvironment(env),
  });
}

async function until(what: string, child: ChildProcess, condition: () => Promise<boolean>): Promise<void> {
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (text) => (said += text));
  for (let tries = 0; tries < 300 && child.exitCode === null; tries++) {
    if (await condition()) return;
    await sleep(200);
  }
  killGroup(child.pid);
  throw new Error(`${what} does not answer:\n${said}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const closed = once(child, "close");
  child.kill("SIGINT"); // both take it for a wish to end in good order
  await closed;
}

async function freePort(): Promise<number> {
  const [port = 0] = await freePorts(1);
  return port;
}
