import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";
import { init, type Initialization } from "../src/commands/init.ts";
import { compile } from "../src/compile.ts";
import { contents, inTemporaryFolder, mode, put } from "./temporary.ts";

const answers = {
  name: "parcels",
  domain: "parcels.example",
  account: "111122223333",
  region: "eu-central-1",
  repository: "acme/parcels",
  key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGtQ8rXtE0q1cFT1aXbZl0p6dF1c2n5o0mS5m1c3b2aF me@parcels.example",
};

function begin(root: string, request: Partial<Initialization> = {}) {
  return init({ file: join(root, "topology.yaml"), template: "minimal", answers: {}, ask: null, ...request });
}

for (const template of ["minimal", "14-nodes"]) {
  test(`${template}: a topology that is valid as it is, with the schema's line`, () => {
    inTemporaryFolder((root) => {
      assert.ok(begin(root, { template }).isClean);
      const text = contents(root)["topology.yaml"] ?? "";
      assert.match(
        text,
        /^# yaml-language-server: \$schema=\.\/node_modules\/topogen\/schema\/topology\.schema\.json\n/,
      );
      assert.equal(compile("topology.yaml", text).diagnostics, []);
    });
  });

  test(`${template}: every answer stands in it, and nobody else's key`, () => {
    inTemporaryFolder((root) => {
      begin(root, { template, answers });
      const { tree } = compile("topology.yaml", contents(root)["topology.yaml"] ?? "");
      const { name, domain, account, region, git, access } = tree?.model ?? ({} as never);
      assert.equal(
        { name, domain, account, region, repository: git.repository, key: access.keys },
        { ...answers, key: [answers.key] },
      );
    });
  });
}

test("comments stay where they are", () => {
  inTemporaryFolder((root) => {
    begin(root, { answers });
    assert.match(
      contents(root)["topology.yaml"] ?? "",
      "name: parcels # everything that is made in AWS begins with it",
    );
  });
});

test("npm's scripts, the hook and what Git ignores come with it", () => {
  inTemporaryFolder((root) => {
    begin(root);
    assert.equal(Object.keys(contents(root)), [".githooks/pre-commit", ".gitignore", "package.json", "topology.yaml"]);
    assert.is(contents(root)[".gitignore"], "node_modules/\n.terraform/\n*.tfstate*\n");
    assert.is(JSON.parse(contents(root)["package.json"] ?? "").scripts.gen, "topogen gen");
    assert.is(mode(root, ".githooks/pre-commit"), "755");
  });
});

test("a topology that is there is not overwritten, and nothing else is written", () => {
  inTemporaryFolder((root) => {
    put(root, "topology.yaml", "mine\n");
    const { isClean, summary } = begin(root);
    assert.not(isClean);
    assert.match(summary, "is there already");
    assert.equal(contents(root), { "topology.yaml": "mine\n" });
  });
});

test("a package.json, a hook and a .gitignore that are there keep what they say", () => {
  inTemporaryFolder((root) => {
    const mine = '{\n\t"name": "mine",\n\t"scripts": {\n\t\t"gen": "mine"\n\t}\n}\n';
    put(root, "package.json", mine);
    put(root, ".githooks/pre-commit", "mine\n");
    put(root, ".gitignore", "mine\n");
    begin(root);
    const { "package.json": text = "", ".githooks/pre-commit": hook, ".gitignore": ignored } = contents(root);
    assert.equal([hook, ignored], ["mine\n", "mine\n"]);
    assert.ok(text.startsWith('{\n\t"name": "mine",\n\t"scripts": {\n\t\t"gen": "mine",\n'));
    assert.is(JSON.parse(text).scripts.check, "topogen check");
    begin(root, { file: join(root, "other.yaml") });
    assert.is(readFileSync(join(root, "package.json"), "utf8"), text);
  });
});

test("a topology of another name is the one that npm's scripts and the hook are about", () => {
  inTemporaryFolder((root) => {
    const { summary } = begin(root, { file: join(root, "prod $1.yaml") });
    const { "package.json": text = "", ".githooks/pre-commit": hook } = contents(root);
    assert.is(JSON.parse(text).scripts.check, "topogen check --file 'prod $1.yaml'");
    assert.match(hook ?? "", `--file "$folder"/'prod $1.yaml'\n`);
    assert.match(summary, "npx topogen gen --file 'prod $1.yaml'");
    assert.match(summary, `  cd ${root}\n`);
  });
});

test("what is there for another topology is named, since it stays", () => {
  inTemporaryFolder((root) => {
    begin(root);
    const { summary } = begin(root, { file: join(root, "prod.yaml") });
    assert.match(
      summary,
      /^Left as it is, not for .*prod\.yaml:\n {2}package\.json: gen, check, validate, plan, set\n {2}\.githooks\/pre-commit\n\n/m,
    );
  });
});

test("below the top of a Git work tree nothing would find the tree, so nothing is written", () => {
  inTemporaryFolder((root) => {
    execFileSync("git", ["init", "--quiet"], { cwd: root });
    mkdirSync(join(root, "platform"));
    const { isClean, summary } = begin(root, { file: join(root, "platform/topology.yaml") });
    assert.not(isClean);
    assert.match(summary, /^platform\/ is not the top of its Git work tree/);
    assert.not(Object.keys(contents(root)).some((path) => path.startsWith("platform/")));
    assert.not.match(begin(root).summary, "git init", "at the top it begins");
  });
});

test("where there is no Git repository, it says that one is wanted", () => {
  inTemporaryFolder((root) => assert.match(begin(root).summary, /^ {2}git init /m));
});

test("where another machine would not find topogen, it says how to keep it", () => {
  const manifests: readonly (readonly [text: string, says: boolean])[] = [
    ["{}", true],
    ['{"devDependencies": {"topogen": "file:../topogen/topogen-0.1.0.tgz"}}', true],
    ['{"dependencies": {"topogen": "file:/tmp/topogen.tgz"}}', true],
    ['{"devDependencies": {"topogen": "file:vendor/topogen-0.1.0.tgz"}}', false],
    ['{"devDependencies": {"topogen": "^0.1.0"}}', false],
  ];
  for (const [manifest, says] of manifests) {
    inTemporaryFolder((root) => {
      put(root, "package.json", manifest);
      assert.is(/npm install --save-dev \.\/vendor\/topogen-\d/.test(begin(root).summary), says, manifest);
    });
  }
});

test("an answer that makes no valid topology is explained, and nothing is written", () => {
  inTemporaryFolder((root) => {
    const { isClean, diagnostics } = begin(root, { answers: { account: "12" } });
    assert.not(isClean);
    assert.equal(
      diagnostics.map(({ path }) => path),
      [["aws", "account"]],
    );
    assert.equal(contents(root), {});
  });
});

test("it asks for what no option says, and an empty answer is the example", () => {
  inTemporaryFolder((root) => {
    const asked: string[] = [];
    const ask = (question: string): string => {
      asked.push(question);
      return question.includes("domain") ? "asked.example" : "";
    };
    assert.ok(begin(root, { answers: { name: "parcels" }, ask }).isClean);
    assert.is(asked.length, 5);
    const { tree } = compile("topology.yaml", contents(root)["topology.yaml"] ?? "");
    assert.equal(
      [tree?.model.name, tree?.model.domain, tree?.model.region],
      ["parcels", "asked.example", "ap-northeast-2"],
    );
  });
});

/** Begins with a person who gives these answers, one after another, and then ends the input; and what they were asked. */
function beginAsking(root: string, given: readonly string[], request: Partial<Initialization> = {}) {
  const asked: string[] = [];
  const ask = (question: string): string | null => given[asked.push(question) - 1] ?? null;
  return { asked, ...begin(root, { ask, ...request }) };
}

test("an answer that makes no valid topology is asked for again at once, with the reason", () => {
  inTemporaryFolder((root) => {
    const { asked, isClean } = beginAsking(root, ["", "", "12", "111122223333", "", "", ""]);
    assert.ok(isClean);
    assert.match(asked[3] ?? "", /^ {2}.*`12`.*\nThe AWS account's number/);
    assert.match(asked[4] ?? "", /^The AWS region/);
    assert.match(contents(root)["topology.yaml"] ?? "", 'account: "111122223333"');
  });
});

test("an option that makes no valid topology is told before anything is asked", () => {
  inTemporaryFolder((root) => {
    const { asked, isClean } = beginAsking(root, [], { answers: { account: "12" } });
    assert.equal([asked, isClean], [[], false]);
  });
});

test("who ends the input has not answered, and nothing is written", () => {
  inTemporaryFolder((root) => {
    const { isClean, summary } = beginAsking(root, ["parcels", "parcels.example"]);
    assert.equal([isClean, summary], [false, "Nothing was written."]);
    assert.equal(contents(root), {});
  });
});

test("what was not answered is still to be replaced", () => {
  inTemporaryFolder((root) => {
    const { summary } = beginAsking(root, ["parcels", "parcels.example", "", "", "acme/parcels", ""]);
    assert.match(summary, "in the place of the examples: aws.account, aws.region, access.keys\n");
  });
});

for (const repository of [
  "https://github.com/acme/parcels",
  "https://github.com/acme/parcels.git",
  "https://github.com/acme/parcels/",
  "git@github.com:acme/parcels.git",
  "ssh://git@github.com/acme/parcels.git",
  "github.com/acme/parcels",
]) {
  test(`${repository} is the repository acme/parcels`, () => {
    inTemporaryFolder((root) => {
      assert.ok(begin(root, { answers: { repository } }).isClean);
      assert.match(contents(root)["topology.yaml"] ?? "", "git: { repository: acme/parcels,");
    });
  });
}

test("a template that does not exist is answered with those that do", () => {
  inTemporaryFolder((root) => assert.throws(() => begin(root, { template: "large" }), "only minimal and 14-nodes"));
});

test.run();
