/** The package as npm would deliver it, in a folder that has nothing of this repository around it. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { commands } from "../../src/commands/commands.ts";
import { findTool, needs, run, succeed } from "./tool.ts";

const test = suite("package");
const withNpm = needs(test, "npm");
const repository = process.cwd();
const folder = realpathSync(mkdtempSync(join(tmpdir(), "topogen-package-")));
let tarball = "";
let installation = "";

test.before(async () => {
  if (!findTool("npm")) return;
  mkdirSync(join(folder, "vendor"));
  await succeed("npm", ["pack", "--silent", "--pack-destination", join(folder, "vendor")], { seconds: 180 });
  writeFileSync(join(folder, "package.json"), '{\n    "name": "shop",\n    "private": true\n}\n');
  const [name = ""] = readdirSync(join(folder, "vendor"));
  tarball = join(folder, "vendor", name);
  const install = ["install", "--save-dev", "--offline", "--no-audit", "--no-fund", `./vendor/${name}`];
  const { code, stdout, stderr } = await run("npm", install, { cwd: folder, seconds: 180 });
  installation = stdout + stderr;
  assert.is(code, 0, installation);
});
test.after(() => rmSync(folder, { recursive: true }));

const topogen = (...args: readonly string[]) => run("npx", ["topogen", ...args], { cwd: folder });
const read = (path: string) => readFileSync(join(folder, path), "utf8");

withNpm("it brings no other package, and no file of the sources", () => {
  assert.equal(
    readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith(".")),
    ["topogen"],
  );
  const installed = readdirSync(join(folder, "node_modules/topogen")).toSorted();
  assert.equal(installed, ["CHANGELOG.md", "LICENSE", "README.md", "dist", "docs", "package.json", "schema"]);
});

withNpm("npm has nothing to warn of, and runs nothing of it", () => {
  assert.not.match(installation, /warn/i);
  const { scripts } = JSON.parse(read("node_modules/topogen/package.json")) as { scripts: Record<string, string> };
  const run = ["preinstall", "install", "postinstall", "prepare"];
  assert.equal(
    Object.keys(scripts).filter((name) => run.includes(name)),
    [],
  );
});

withNpm("every page that its help names is there", async () => {
  for (const name of Object.keys(commands)) {
    const { stdout } = await topogen(name, "--help");
    for (const [page] of stdout.matchAll(/docs\/[a-z-]+\.md/g)) assert.ok(read(`node_modules/topogen/${page}`), page);
  }
  assert.match(read("node_modules/topogen/docs/show.md"), "# topogen show");
});

withNpm("init, gen, check, view and explain work there", async () => {
  const init = await topogen("init", "--name", "shop", "--domain", "shop.example");
  assert.is(init.code, 0, init.stdout + init.stderr);
  assert.not.match(init.stdout, "npm install");
  assert.match(read("topology.yaml"), "name: shop");
  for (const command of ["gen", "check", "view"]) {
    const { code, stdout, stderr } = await topogen(command);
    assert.is(code, 0, stdout + stderr);
  }
  assert.match(read("out/docs/topology.html"), "shop-prod");
  assert.match((await topogen("explain", "nodes.web.count")).stdout, "integer, 1 to 200");
  const [, page = ""] = /^(docs\/\S+) shows it\.$/m.exec((await topogen("explain", "volume-zone")).stdout) ?? [];
  assert.match(read(`node_modules/topogen/${page}`), "# volume-zone");
});

withNpm("npm's scripts are there, and package.json keeps its layout", async () => {
  assert.match(read("package.json"), '\n    "name": "shop"');
  assert.is((await run("npm", ["run", "--silent", "check"], { cwd: folder })).code, 0);
});

needs(
  test,
  "npm",
  "git",
)("the hook refuses a commit whose generated files are not up to date", async () => {
  const git = (...args: readonly string[]) =>
    run("git", ["-c", "user.name=t", "-c", "user.email=t@example.app", "-c", "core.hooksPath=.githooks", ...args], {
      cwd: folder,
    });
  await git("init", "--quiet");
  await git("add", "--all");
  assert.is((await git("ls-files", "node_modules")).stdout, "");
  assert.is((await git("commit", "--quiet", "-m", "one")).code, 0);
  assert.is(statSync(join(folder, ".githooks/pre-commit")).mode & 0o777, 0o755);
  writeFileSync(join(folder, "topology.yaml"), read("topology.yaml").replace("port: 8000", "port: 8001"));
  assert.is((await git("commit", "--quiet", "--all", "-m", "two")).code, 1);
});

needs(
  test,
  "npm",
  "git",
)("a clone on another machine installs it, and finds its tree up to date", async () => {
  const clone = join(folder, "clone");
  await succeed("git", ["clone", "--quiet", folder, clone]);
  await succeed("npm", ["ci", "--offline", "--no-audit", "--no-fund"], { cwd: clone, seconds: 180 });
  assert.is((await run("npm", ["run", "--silent", "check"], { cwd: clone })).code, 0);
});

withNpm("init overwrites nothing", async () => {
  const before = read("topology.yaml");
  const { code, stdout } = await topogen("init");
  assert.is(code, 1);
  assert.match(stdout, "topology.yaml is there already");
  assert.is(read("topology.yaml"), before);
});

withNpm("the schema that the topology names is there", () => {
  const [, path = ""] = /\$schema=(\S+)/.exec(read("topology.yaml")) ?? [];
  assert.is(read(path), readFileSync("schema/topology.schema.json", "utf8"));
});

withNpm("other programs import it, and TypeScript knows its types", async () => {
  writeFileSync(
    join(folder, "use.ts"),
    `import { readFileSync } from "node:fs";
import { render, type Diagnostic, type GeneratedFile } from "topogen";
const { diagnostics, files, model } = render("topology.yaml", readFileSync("topology.yaml", "utf8"));
const problems: readonly Diagnostic[] = diagnostics;
const written: readonly GeneratedFile[] = files ?? [];
const cpu: number | undefined = model?.nodes[0]?.allocatable.cpu;
// @ts-expect-error a misspelt name is an error
model?.nodez;
console.log(problems.length, written.length > 50, (cpu ?? 0) > 0);
`,
  );
  const options = [
    "--strict",
    "--target",
    "es2022",
    "--module",
    "nodenext",
    "--types",
    "node",
    "--typeRoots",
    `${repository}/node_modules/@types`,
  ];
  await succeed(`${repository}/node_modules/.bin/tsc`, [...options, "--ignoreConfig", "use.ts"], { cwd: folder });
  assert.is(await succeed("node", ["use.js"], { cwd: folder }), "0 true true\n");
});

withNpm("publint and Are The Types Wrong find nothing", async () => {
  const publint = await run("npx", ["publint", "--strict", tarball]);
  assert.match(publint.stdout, "All good!", publint.stdout);
  const attw = await run("npx", ["attw", tarball, "--profile", "esm-only", "--format", "json"], { seconds: 120 });
  assert.is(attw.code, 0, attw.stdout);
});

test.run();
