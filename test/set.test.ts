import { readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { gen } from "../src/commands/gen.ts";
import type { Outcome } from "../src/commands/outcome.ts";
import { set } from "../src/commands/set.ts";
import { compile } from "../src/compile.ts";
import { edited, type Setting, text } from "./plan-of.ts";
import { contents, inTemporaryFolder, put } from "./temporary.ts";

const test = suite("set, and the gate before what would destroy");

const runner = { id: 1, isRunning: () => true, wait: () => {} };

/** A folder with the 14 nodes and their generated files. */
function inRepository<Result>(action: (root: string) => Result): Result {
  return inTemporaryFolder((root) => {
    put(root, "topology.yaml", text);
    assert.ok(generate(root, text).isClean);
    return action(root);
  });
}

function generate(root: string, topology: string, ...allowDestroy: readonly string[]): Outcome {
  return gen({ root, runner, force: false, allowDestroy }, compile("topology.yaml", topology));
}

function setIn(root: string, path: string, value: string, ...allowDestroy: readonly string[]): Outcome {
  return set({ root, runner, force: false, allowDestroy }, join(root, "topology.yaml"), { path, value });
}

function topologyIn(root: string): string {
  return readFileSync(join(root, "topology.yaml"), "utf8");
}

const accepted: readonly (readonly [path: string, word: string, Setting])[] = [
  ["services.auth.image", "v1.3.0", ["services.auth.image", "v1.3.0"]],
  ["services.auth.image", "1.10", ["services.auth.image", "1.10"]],
  ["services.auth.image", "7", ["services.auth.image", "7"]],
  ["services.auth.env.RATIO", "1.50", ["services.auth.env.RATIO", "1.50"]],
  ["services.auth.env.RATIO", "15", ["services.auth.env.RATIO", 15]],
  ["nodes.scan-worker.count", "3", ["nodes.scan-worker.count", 3]],
  ["platform.monitoring", "false", ["platform.monitoring", false]],
  ["services.chat.uses", "[postgres]", ["services.chat.uses", ["postgres"]]],
];

test("a word is the value that it looks like, unless that loses a part of it or is not valid there", () => {
  inRepository((root) => {
    let expected = text;
    for (const [path, word, setting] of accepted) {
      expected = edited(expected, setting);
      const outcome = setIn(root, path, word);
      assert.ok(outcome.isClean, `${path} ${word}: ${outcome.summary}`);
      assert.is(topologyIn(root), expected);
    }
    assert.is(generate(root, expected).changes?.written.length, 0, "everything was generated as well");
  });
});

const refused: readonly (readonly [path: string, word: string, reason: RegExp])[] = [
  [
    "services.auht.image",
    "v1",
    /^services\.auht\.image cannot be "v1"\. Did you mean services\.auth\.image\? Nothing was written\.$/,
  ],
  ["services.auth.imgae", "v1", /Did you mean services\.auth\.image\?/],
  ["services.auth.image.tag", "v1", /^services\.auth\.image is a single value: it has no tag\. Nothing was written\.$/],
  ["services.auth.secrets.7", "A", /^services\.auth\.secrets has no item 7\./],
  ["services.auth.image", "latest", /^services\.auth\.image cannot be "latest"\./],
  ["nodes.auth.address", "10.9.9.9", /cannot be/],
  ["nodes.auth.count", "many", /cannot be/],
];

test("bad paths and values are refused with the reason, and nothing is written", () => {
  inRepository((root) => {
    const before = contents(root);
    for (const [path, word, reason] of refused) {
      const outcome = setIn(root, path, word);
      assert.not(outcome.isClean, `${path} ${word}`);
      assert.match(outcome.summary, reason);
    }
    assert.equal(contents(root), before);
  });
});

test("of a symbolic link, the file that it leads to is written", () => {
  inTemporaryFolder((root) => {
    put(root, "shared/real.yaml", text);
    symlinkSync("shared/real.yaml", join(root, "topology.yaml"));
    assert.ok(setIn(root, "services.auth.image", "v2").isClean);
    assert.is(readlinkSync(join(root, "topology.yaml")), "shared/real.yaml");
    assert.is(topologyIn(root), edited(text, ["services.auth.image", "v2"]));
    assert.equal(readdirSync(join(root, "shared")), ["real.yaml"]);
  });
});

test("a byte order mark stays, and a topology with mistakes in its syntax is not touched", () => {
  inRepository((root) => {
    put(root, "topology.yaml", `\ufeff${text}`);
    assert.ok(setIn(root, "services.auth.image", "v2").isClean);
    assert.is(topologyIn(root), `\ufeff${edited(text, ["services.auth.image", "v2"])}`);
    put(root, "topology.yaml", "topology: [");
    assert.not(setIn(root, "services.auth.image", "v3").isClean);
    assert.is(topologyIn(root), "topology: [");
  });
});

test("a node that is active may not vanish: it drains first", () => {
  inRepository((root) => {
    const before = contents(root);
    const outcome = setIn(root, "nodes.scan-worker.count", "1");
    assert.equal(
      outcome.diagnostics.map(({ code, line, message }) => [code, line, message]),
      [["node-not-drained", 42, "The node `scan-worker-2` is active, and would be destroyed with what runs on it."]],
    );
    assert.equal(contents(root), before);
    assert.ok(setIn(root, "nodes.scan-worker.members.2.state", "draining").isClean);
    const drained = edited(text, ["nodes.scan-worker.count", 1]);
    assert.ok(generate(root, drained).isClean);
  });
});

test("a renamed group does not vanish", () => {
  const renamed = text
    .replace("  user: { role: api,", "  person: { renamedFrom: user, role: api,")
    .replace("on: user\n", "on: person\n");
  inRepository((root) => {
    assert.ok(generate(root, renamed).isClean);
  });
});

test("what Terraform protects is refused with the attribute, unless it is named", () => {
  inRepository((root) => {
    const outcome = setIn(root, "nodes.redis.address", "10.0.3.61");
    const [diagnostic] = outcome.diagnostics;
    assert.is(diagnostic?.code, "protected");
    assert.match(diagnostic?.message ?? "", 'aws_instance.protected["redis-1"]: private_ip 10.0.3.60 -> 10.0.3.61');
    assert.match(diagnostic?.remedy ?? "", "--allow-destroy redis-1");
    assert.is(topologyIn(root), text);
    assert.not(setIn(root, "nodes.redis.address", "10.0.3.61", "postgres-1").isClean);
    assert.ok(setIn(root, "nodes.redis.address", "10.0.3.61", "redis-1").isClean);
  });
});

test("a datastore that could not read its data, and a disk that AWS does not make smaller, are refused", () => {
  const cases: readonly (readonly [path: string, value: string, name: string, message: string])[] = [
    ["datastores.postgres.version", "17.2", "postgres", "postgres 17.2 does not read what postgres 16.15 has written"],
    [
      "datastores.rabbitmq.version",
      "3.13.7",
      "rabbitmq",
      "rabbitmq 3.13.7 does not read what rabbitmq 4.2.9 has written",
    ],
    ["datastores.redis.version", "7.2.4", "redis", "redis 7.2.4 does not read what redis 7.4.11 has written"],
    ["datastores.postgres.storage", "40Gi", "postgres", "a volume never becomes smaller"],
    [
      "nodes.scan.disk",
      "10Gi",
      "scan-1",
      "The disk of the node `scan-1` has 20 GiB, and AWS makes none smaller (10 GiB).",
    ],
  ];
  inRepository((root) => {
    for (const [path, value, name, message] of cases) {
      const { diagnostics } = setIn(root, path, value);
      assert.is(diagnostics.length, 1, path);
      assert.match(diagnostics[0]?.message ?? "", message);
      assert.match(diagnostics[0]?.remedy ?? "", `--allow-destroy ${name}.`);
      assert.is(topologyIn(root), text);
    }
    assert.ok(setIn(root, "datastores.postgres.storage", "60Gi").isClean);
    assert.ok(setIn(root, "datastores.postgres.version", "16.16").isClean);
    assert.ok(setIn(root, "datastores.redis.version", "8.2.1").isClean);
    assert.ok(setIn(root, "datastores.redis.version", "7.4.11", "redis").isClean);
  });
});

test("a datastore and a service do not leave their namespace in one step, whichever way they are led to another", () => {
  const moves: readonly (readonly [path: string, value: string, refused: readonly string[]])[] = [
    [
      "roles.data.namespace",
      "stores",
      ["data-left-behind postgres", "data-left-behind rabbitmq", "data-left-behind redis"],
    ],
    ["datastores.redis.on", "storage", ["data-left-behind redis"]],
    ["services.user.on", "storage", ["service-left-behind user"]],
    ["roles.worker.namespace", "jobs", ["service-left-behind scan-worker"]],
  ];
  inRepository((root) => {
    for (const [path, value, refused] of moves) {
      const before = contents(root);
      const { diagnostics } = setIn(root, path, value);
      assert.equal(
        diagnostics.map(({ code, message }) => `${code} ${/`(.*?)`/.exec(message)?.[1]}`),
        refused,
        path,
      );
      assert.equal(contents(root), before);
    }
    assert.match(setIn(root, "services.user.on", "storage").diagnostics[0]?.message ?? "", /node port \d+ .* `api`/);
    assert.match(setIn(root, "roles.worker.namespace", "jobs").diagnostics[0]?.message ?? "", "no role has");
    assert.ok(setIn(root, "roles.worker.namespace", "jobs", "scan-worker").isClean);
    assert.ok(
      setIn(root, "services.scan-worker.on", "scan").isClean,
      "both namespaces are admitted, and it has no port",
    );
  });
});

test("Kubernetes goes up by one minor version at a time, and never down", () => {
  const newer = ["platform.versions", { "argo-cd": "9.5.11" }] as const;
  const at = (version: string): string => edited(text, ["kubernetes.version", version], newer);
  inTemporaryFolder((root) => {
    assert.ok(generate(root, at("1.33.4")).isClean);
    assert.ok(generate(root, at("1.34.2")).isClean);
    assert.equal(
      generate(root, at("1.32.2")).diagnostics.map(({ code, line, message }) => [code, line, message]),
      [["version-jump", 23, "The cluster has Kubernetes 1.34, and no playbook brings it to 1.32."]],
    );
    assert.ok(generate(root, at("1.32.2"), "kubernetes").isClean);
    assert.not(generate(root, at("1.34.2")).isClean);
    assert.ok(generate(root, at("1.32.9")).isClean);
  });
});

test("a datastore and the platform stay in the zone of their volumes", () => {
  inRepository((root) => {
    const far = setIn(root, "datastores.redis.on", "postgres").diagnostics;
    assert.equal(
      far.map(({ code, line, message }) => [code, line, message]),
      [
        [
          "data-left-behind",
          58,
          "The data of `redis` would be left behind: its volume stays in the zone `ap-northeast-2c`, and its nodes are in `ap-northeast-2a`.",
        ],
      ],
    );
    const platform = edited(text, ["nodes.monitoring.address", "10.0.2.80"], ["nodes.monitoring.zone", "b"]);
    assert.equal(
      generate(root, platform).diagnostics.map(({ code, path }) => [code, path.join(".")]),
      [["data-left-behind", "platform.on"]],
    );
    assert.ok(setIn(root, "datastores.redis.on", "postgres", "redis").isClean);
    assert.ok(generate(root, platform, "platform", "redis").isClean);
  });
});

test("a tree that another version has written, or a person, does not keep gen from its work", () => {
  inRepository((root) => {
    put(root, "out/terraform/ec2.tf", 'resource "aws_unheard_of" "x" {\n');
    const outcome = gen({ root, runner, force: true, allowDestroy: [] }, compile("topology.yaml", text));
    assert.ok(outcome.isClean, outcome.summary);
  });
});

test("gen says who acts next, and nothing of it where all files are new", () => {
  inTemporaryFolder((root) => {
    assert.equal(generate(root, text).next, []);
    const { next } = generate(root, edited(text, ["services.auth.image", "v2"]));
    assert.equal(next, [
      "1. Images, in the registry before the merge: GitHub Actions pushes only the tags that it writes itself",
      "2. Argo CD, by itself after the merge: 1 Application to sync",
    ]);
  });
});

test("who restores a file that was deleted gives nobody anything to do", () => {
  inRepository((root) => {
    rmSync(join(root, "out/terraform/ec2.tf"));
    rmSync(join(root, "out/ansible/inventory/host_vars/auth-1.yml"));
    const { changes, next } = generate(root, text);
    assert.equal(changes?.written, ["out/ansible/inventory/host_vars/auth-1.yml", "out/terraform/ec2.tf"]);
    assert.equal(next, []);
  });
});

test.run();
