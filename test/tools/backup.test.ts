import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IPodSpec } from "kubernetes-models/v1";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { fourteenNodes, modelWith } from "../fourteen-nodes.ts";
import { objectsOf } from "../kubernetes-tree.ts";
import { runContainer, type Surroundings } from "./container.ts";
import { type Running, startPostgres, startRabbit, startRedis } from "./datastores.ts";
import { type FakeAws, moto, startFakeAws } from "./fake-aws.ts";
import { needs, succeed } from "./tool.ts";

const test = suite("backup and restore");
const { postgres, rabbitmq, redis } = fourteenNodes.datastores ?? {};
if (!postgres || !rabbitmq || !redis) throw new Error("the 14 nodes have lost a datastore");
const model = modelWith({
  datastores: { postgres, rabbitmq: { ...rabbitmq, backup: "daily" }, redis: { ...redis, backup: "daily" } },
});
const found = objectsOf(model).map(({ object }) => object as any);

const PASSWORD = "p@ss w'rd";
const servers: Running[] = [];
let aws: FakeAws;
let folder: string;

test.before(async () => {
  folder = mkdtempSync(join(tmpdir(), "topogen-backup-"));
  chmodSync(folder, 0o755); // PostgreSQL runs as another user
  if (!moto.present) return;
  aws = await startFakeAws(model);
  const bucket = model.buckets.find(({ purpose }) => purpose === "backups")?.fullName;
  await succeed("aws", ["s3", "mb", `s3://${bucket}`], { env: aws.env });
});

test.after(async () => {
  for (const server of servers) await server.stop();
  aws?.stop();
  rmSync(folder, { recursive: true, force: true });
});

function named(kind: string, name: string | RegExp): any {
  return found.find((object) => object.kind === kind && object.metadata.name.match(name));
}

/** A backup and the way back, with the places of this machine. */
function copying(store: string, here: Pick<Surroundings, "env" | "places">) {
  const backup = join(folder, `${store}-backup`);
  const around: Surroundings = {
    places: { ...here.places, "/backup/": `${backup}/` },
    env: { ...aws.env, ...here.env },
    secrets: { password: PASSWORD, username: "owner" },
  };
  // The containers of a pod run side by side, in a folder that is empty at first.
  const runAll = async ({ containers }: IPodSpec) => {
    rmSync(backup, { recursive: true, force: true });
    mkdirSync(backup);
    const ends = await Promise.allSettled(containers.map((container) => runContainer(container, around)));
    for (const end of ends) if (end.status === "rejected") throw end.reason;
  };
  const copies = ["s3", "ls", "--recursive", `s3://${model.datastores[0]?.backup?.bucket}/${store}/`];
  return {
    save: () => runAll(named("CronJob", `${store}-backup`).spec.jobTemplate.spec.template.spec),
    restore: () => runAll(named("Job", `${store}-restore`).spec.template.spec),
    copies: () => succeed("aws", copies, { env: aws.env }),
  };
}

const postgresTools = ["initdb", "postgres", "pg_dump", "pg_isready", "pg_restore", "psql", "setpriv", "aws"];

needs(
  test,
  moto,
  ...postgresTools,
)("PostgreSQL comes back as it was, from its generated configuration and Jobs", async () => {
  const home = join(folder, "postgres");
  mkdirSync(home);
  const configuration = named("ConfigMap", /^postgres-config-/).data["postgresql.conf"];
  const server = await startPostgres(home, configuration, ["owner", PASSWORD]);
  servers.push(server);
  const env = { PGHOST: "127.0.0.1", PGPORT: String(server.port) };
  const psql = (database: string, ...statements: string[]) =>
    succeed(
      "psql",
      ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", ...statements.flatMap((text) => ["--command", text])],
      {
        env: { ...env, PGUSER: "owner", PGPASSWORD: PASSWORD, PGDATABASE: database },
      },
    );
  await psql("postgres", "create database backend");
  await psql("backend", "create table account (name text)", "insert into account values ('ada'), ('grace')");
  assert.is(await psql("backend", "show shared_buffers"), "256MB\n");
  const { save, restore, copies } = copying("postgres", { env, places: {} });
  await save();
  assert.match(await copies(), /postgres\/\d{4}-\d\d-\d\dT\d\d-\d\d-\d\dZ\.dump/);
  await psql("backend", "delete from account where name = 'ada'", "create table later (id int)");
  await restore();
  assert.is(await psql("backend", "select name from account order by name"), "ada\ngrace\n");
});

needs(
  test,
  moto,
  ...postgresTools,
)("a dump that breaks off leaves no copy, and a copy that breaks off restores nothing", async () => {
  const { save, restore, copies } = copying("postgres", { env: { PGHOST: "127.0.0.1", PGPORT: "9" }, places: {} });
  const before = await copies();
  await rejects(save());
  assert.is(await copies(), before);
  const cut = copying("redis", { env: {}, places: { "/data/": `${folder}/`, "aws s3 cp": "false" } });
  await rejects(cut.restore());
  assert.not(existsSync(join(folder, "appendonlydir")));
  await rejects(restore());
});

async function rejects(promise: Promise<unknown>): Promise<void> {
  await promise.then(
    () => assert.unreachable("it went well"),
    () => {},
  );
}

function cli(port: number, ...words: string[]): Promise<string> {
  return succeed("redis-cli", ["-p", String(port), ...words], { env: { REDISCLI_AUTH: PASSWORD } });
}

const redisTools = ["redis-server", "redis-cli", "aws"];

needs(
  test,
  moto,
  ...redisTools,
)("Redis comes back as it was, from its generated configuration and Jobs", async () => {
  const home = join(folder, "redis");
  mkdirSync(home);
  writeFileSync(join(home, "credentials.conf"), `requirepass ${JSON.stringify(PASSWORD)}\n`);
  const configuration: string = named("ConfigMap", /^redis-config-/)
    .data["redis.conf"].replace("/run/secrets/datastore/", `${home}/`)
    .replace("dir /data", `dir ${home}/data`);
  const first = await startRedis(home, configuration, PASSWORD);
  servers.push(first);
  const { save, restore } = copying("redis", {
    env: {},
    places: { "/data/": `${home}/data/`, "redis.data.svc.cluster.local": "127.0.0.1", "6379": String(first.port) },
  });
  await cli(first.port, "set", "session", "ada");
  await save();
  await cli(first.port, "set", "session", "nobody");
  await first.stop();
  await restore();
  const second = await startRedis(home, configuration, PASSWORD);
  servers.push(second);
  assert.is(await cli(second.port, "get", "session"), "ada\n");
});

needs(
  test,
  moto,
  "aws",
  "curl",
  "epmd",
  "rabbitmq-server",
)("RabbitMQ's definitions come back as they were, from its generated configuration and Jobs", async () => {
  const home = join(folder, "rabbitmq");
  mkdirSync(home);
  const configuration = named("ConfigMap", /^rabbitmq-config-/).data["90-platform.conf"];
  const server = await startRabbit(home, configuration, ["owner", PASSWORD]);
  servers.push(server);
  const authorization = `Basic ${Buffer.from(`owner:${PASSWORD}`).toString("base64")}`;
  const ask = async (method: string, path: string, body?: object) => {
    const headers = { authorization, "content-type": "application/json" };
    const url = `http://127.0.0.1:${server.port}/api/${path}`;
    return (await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) })).status;
  };
  assert.is(await ask("PUT", "queues/%2F/jobs", { durable: true }), 201);
  const places = { "rabbitmq.data.svc.cluster.local:15672": `127.0.0.1:${server.port}` };
  const { save, restore, copies } = copying("rabbitmq", { env: {}, places });
  await save();
  assert.match(await copies(), /rabbitmq\/.*\.json/);
  assert.is(await ask("DELETE", "queues/%2F/jobs"), 204);
  await restore();
  assert.is(await ask("GET", "queues/%2F/jobs"), 200);
});

test.run();
