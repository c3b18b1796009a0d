/** bin/connect.sh: the way to a node that it takes, and the bytes that it carries. */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { modelOf, textOf } from "../ansible-tree.ts";
import { put, setMode } from "../temporary.ts";
import { needs, run, type RunResult } from "./tool.ts";

const test = suite<{ folder: string }>("ansible: connect.sh");

/** Stands in for the programs that lead elsewhere: it says how it was called. */
const echo = '#!/bin/sh\necho "$(basename "$0") $*"\n';

test.before.each((context) => {
  context.folder = mkdtempSync(`${tmpdir()}/connect-`);
  put(context.folder, "connect.sh", textOf(modelOf("the 14 nodes"), "bin/connect.sh"));
  put(context.folder, "bin/ssh", echo);
  put(context.folder, "bin/aws", echo);
  for (const path of ["connect.sh", "bin/ssh", "bin/aws"]) setMode(context.folder, path, 0o755);
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true }));

needs(
  test,
  "bash",
  "timeout",
)("a node that can be reached is reached straight, and bytes go both ways", async ({ folder }) => {
  const server = await listening((socket) => socket.on("data", (data) => socket.end(data.reverse())));
  const { code, stdout } = await connect(folder, "127.0.0.1", portOf(server), [], "abc\0def");
  server.close();
  assert.is(stdout, "fed\0cba");
  assert.is(code, 0);
});

needs(
  test,
  "bash",
  "timeout",
)("it ends when the node hangs up", async ({ folder }) => {
  const server = await listening((socket) => socket.end("bye"));
  const { stdout } = await connect(folder, "127.0.0.1", portOf(server), []);
  server.close();
  assert.is(stdout, "bye");
});

needs(
  test,
  "bash",
  "timeout",
)("otherwise the bastion leads there, if there is one", async ({ folder }) => {
  const { stdout } = await connect(folder, "127.0.0.1", 1, ["admin@bastion.example.app"]);
  assert.is(stdout, "ssh -o StrictHostKeyChecking=accept-new -W 127.0.0.1:1 admin@bastion.example.app\n");
});

needs(
  test,
  "bash",
  "timeout",
)("otherwise Systems Manager, to the instance that has the address", async ({ folder }) => {
  put(folder, "bin/aws", '#!/bin/sh\ncase $1 in ec2) echo i-0abc ;; *) echo "$*" ;; esac\n');
  const { stdout } = await connect(folder, "127.0.0.1", 1, []);
  const document = "--document-name AWS-StartSSHSession --parameters portNumber=1";
  assert.is(stdout, `ssm start-session --region ap-northeast-2 --target i-0abc ${document}\n`);
});

needs(
  test,
  "bash",
  "timeout",
)("where no instance has the address, it says so", async ({ folder }) => {
  put(folder, "bin/aws", "#!/bin/sh\n");
  const { code, stderr } = await connect(folder, "127.0.0.1", 1, []);
  assert.is(stderr, "connect.sh: no running instance of backend-prod has the address 127.0.0.1\n");
  assert.is(code, 1);
});

needs(test, "shellcheck")("shellcheck finds nothing in the tree's scripts", async ({ folder }) => {
  put(folder, "run.sh", textOf(modelOf("the 14 nodes"), "hook/run.sh"));
  const { stdout } = await run("shellcheck", ["connect.sh", "run.sh"], { cwd: folder });
  assert.is(stdout, "");
});

function connect(
  folder: string,
  address: string,
  port: number,
  more: readonly string[],
  input = "",
): Promise<RunResult> {
  const env = { PATH: `${folder}/bin:${process.env["PATH"]}` };
  const args = [address, String(port), "backend-prod", "ap-northeast-2", ...more];
  return run(`${folder}/connect.sh`, args, { env, input, seconds: 20 });
}

/** A server of some port. The script's first look at it hangs up without a word, and may so reset the connection. */
async function listening(answer: (socket: Socket) => void): Promise<Server> {
  const server = createServer((socket) => answer(socket.on("error", () => {})));
  await once(server.listen(0, "127.0.0.1"), "listening");
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

test.run();
