import { readdirSync, readFileSync } from "node:fs";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { planJson } from "../src/plan/json.ts";
import { planMarkdown } from "../src/plan/markdown.ts";
import { type Plan, plan } from "../src/plan/plan.ts";
import { planText } from "../src/plan/text.ts";
import { compiled, edited, planBetween, planOf, text, type Setting } from "./plan-of.ts";

const test = suite("plan");

/** The resources that change, one a line. */
function resources({ terraform }: Plan): string {
  const changes = terraform.flatMap((root) => root.resources);
  return changes
    .map(({ action, address, movedFrom }) => `${action} ${address}${movedFrom === null ? "" : ` from ${movedFrom}`}`)
    .join("\n");
}

/** The commands for Ansible, those that the hook leaves to a person with a mark. */
function commands({ ansible }: Plan): string {
  return ansible.phases
    .flatMap(({ isByHand, commands: list }) => list.map((line) => `${isByHand ? "by hand: " : ""}${line}`))
    .join("\n");
}

/** The objects that Argo CD touches, one a line. */
function objects({ applications }: Plan): string {
  return applications
    .flatMap(({ application, objects: list }) => list.map((it) => `${application} ${it.action} ${it.kind} ${it.pods}`))
    .join("\n");
}

const terraformCases: readonly (readonly [what: string, settings: readonly Setting[], want: string])[] = [
  ["an image", [["services.auth.image", "v9"]], ""],
  [
    "a protected node's address",
    [["nodes.redis.address", "10.0.3.61"]],
    'replace aws_instance.protected["redis-1"]\nupdate aws_route53_record.node["redis-1"]',
  ],
  ["a node's disk", [["nodes.auth.disk", "30Gi"]], 'update aws_instance.unprotected["auth-1"]'],
  [
    "a node port",
    [["services.auth.http.nodePort", 30444]],
    'update aws_lb_listener_rule.route["auth"]\nupdate aws_lb_target_group.route["auth"]\nupdate aws_vpc_security_group_egress_rule.node-port-auth\nupdate aws_vpc_security_group_ingress_rule.node-port-auth',
  ],
  [
    "protection, which moves the node",
    [["roles.worker.protected", true]],
    'update aws_instance.protected["scan-worker-1"] from aws_instance.unprotected["scan-worker-1"]\nupdate aws_instance.protected["scan-worker-2"] from aws_instance.unprotected["scan-worker-2"]',
  ],
  [
    "a NAT gateway for each zone",
    [["network.nat", "per-zone"]],
    'create aws_eip.nat["b"]\ncreate aws_eip.nat["c"]\ncreate aws_nat_gateway.main["b"]\ncreate aws_nat_gateway.main["c"]\nupdate aws_route.nat["b"]\nupdate aws_route.nat["c"]',
  ],
];

for (const [what, settings, want] of terraformCases) {
  test(`terraform: ${what}`, () => {
    assert.is(resources(planOf(...settings)), want);
  });
}

test("terraform: every resource follows the tags of the provider", () => {
  const [root] = planOf(["git.repository", "acme/other"]).terraform.filter(({ isPlanned }) => isPlanned);
  const tagged = root?.resources.filter(({ arguments: list }) =>
    list.some(({ path }) => path === "tags_all.Repository"),
  );
  assert.ok((tagged?.length ?? 0) > 60);
});

test("terraform: what is protected is refused, and what holds data is lost", () => {
  const [change] = planOf(["nodes.redis.address", "10.0.3.61"]).terraform[0]?.resources ?? [];
  assert.ok(change?.isRefused && change.losesData && !change.createsFirst);
});

test("terraform: what comes first, and what comes again", () => {
  assert.match(
    planText(planOf(["nodes.auth.address", "10.0.1.99"])),
    "its node is drained before; the old one goes first",
  );
  assert.match(
    planText(planOf(["edge.loadBalancer", "controller"])),
    "again with `load_balancer_exists = true` in out/terraform/terraform.auto.tfvars, committed",
  );
  assert.match(planText(planOf(["environment", "stage"])), "first, the state moves: terraform init -migrate-state");
});

const byAdministrator: readonly (readonly [reason: string, ...settings: Setting[]])[] = [
  ["Atlantis may not change its own rights", ["platform.atlantis", false]],
  ["Atlantis loses the name under which GitHub calls it", ["edge.loadBalancer", "controller"]],
  ["Atlantis runs on a machine that stops", ["nodes.monitoring.instance", "t3.xlarge"]],
];

for (const [reason, ...settings] of byAdministrator) {
  test(`terraform: an administrator applies what Atlantis cannot, because ${reason}`, () => {
    const result = planOf(...settings);
    assert.ok(result.terraform[0]?.beyondAtlantis.includes(reason));
    assert.match(
      planText(result),
      /^1\. An administrator, before the merge, because .*\n {5}\$ terraform -chdir=out\/terraform apply$/m,
    );
    assert.not.match(planText(result), "atlantis apply");
  });
}

test("terraform: the tags of its role are Atlantis' to change", () => {
  const tagged = planOf(["git.repository", "acme/other"]).terraform.find(({ isPlanned }) => isPlanned);
  assert.ok(tagged?.resources.some(({ address }) => address === "aws_iam_role.atlantis"));
  assert.equal(tagged?.beyondAtlantis, []);
});

test("terraform: rights that a role loses are marked, and those that go with their role are not", () => {
  const without = edited(text, ["services.storage.uses", ["postgres", "rabbitmq"]]);
  const less = planText(planBetween(text, without));
  assert.match(less, '\n  !  - aws_iam_role_policy.files["storage"]: what runs loses these rights at once\n');
  assert.match(
    less,
    /\n {2}! {2}~ aws_instance.*http_put_response_hop_limit 2 -> 1; its pods lose the rights of their/,
  );
  const gone = text
    .replace(/^ {2}storage: \{ role: storage, address.*\n/m, "")
    .replace(/^ {2}storage:\n( {4}.*\n)+/m, "");
  const whole = planText(planBetween(text, gone));
  assert.match(whole, 'aws_iam_role_policy.files["storage"]\n');
  assert.not.match(whole, "what runs loses");
});

test("terraform: a security group that no longer lets in what it did stops something", () => {
  const moved = planText(planOf(["services.auth.http.nodePort", 30444]));
  assert.match(
    moved,
    /!  ~ aws_vpc_security_group_ingress_rule.node-port-auth: .*; what came in by it before is shut out/,
  );
  const other = planText(planOf(["kubernetes.encapsulation", "ipip"]));
  assert.match(other, "!  - aws_vpc_security_group_ingress_rule.vxlan-from-nodes");
  assert.match(
    other,
    "!  tigera-operator: from `atlantis apply` until this has run, no pod reaches one on another node",
  );
});

test("terraform: the other order of a map changes nothing at all", () => {
  const lines = text.split("\n");
  const auth = lines.findIndex((line) => line.startsWith("  auth: { role"));
  const reordered = lines.with(auth, lines[auth + 1] as string).with(auth + 1, lines[auth] as string);
  assert.equal(planBetween(text, reordered.join("\n")).files, []);
});

const renamed = text
  .replace("  user: { role: api,", "  person: { renamedFrom: user, role: api,")
  .replace("on: user\n", "on: person\n");

test("a renamed group: its machine stays, and goes by two names for a while", () => {
  const result = planBetween(text, renamed);
  assert.match(
    resources(result),
    'update aws_instance.unprotected["person-1"] from aws_instance.unprotected["user-1"]',
  );
  assert.not.match(resources(result), "destroy aws_instance");
});

test("ansible: what the hook leaves to a person comes in its place", () => {
  const draining: Setting = ["nodes.scan-worker.members", { 2: { state: "draining" } }];
  assert.is(
    commands(planOf(draining)),
    "ansible-playbook playbooks/05-label-nodes.yml --limit scan-worker-2\nby hand: ansible-playbook playbooks/remove-node.yml --limit scan-worker-2",
  );
  assert.is(
    commands(planOf(["nodes.auth.address", "10.0.1.99"])),
    "by hand: ansible-playbook playbooks/remove-node.yml --limit auth-1\nby hand: ansible-playbook playbooks/replace-node.yml --limit auth-1",
  );
  assert.is(
    commands(planOf(["kubernetes.version", "1.32.3"])),
    "by hand: ansible-playbook playbooks/upgrade-kubernetes.yml",
  );
});

test("ansible: a machine that is replaced is drained before Atlantis acts, and joins before others get labels", () => {
  const zones = edited(text, ["nodes.scan-worker.zones", ["a", "c"]], ["nodes.user.labels", { tier: "front" }]);
  const result = planBetween(text, zones);
  assert.is(
    commands(result),
    "by hand: ansible-playbook playbooks/remove-node.yml --limit scan-worker-2\n" +
      "by hand: ansible-playbook playbooks/replace-node.yml --limit scan-worker-2\n" +
      "ansible-playbook playbooks/05-label-nodes.yml --limit user-1",
  );
  const who = Array.from(planText(result).matchAll(/^\d\. (\w+), ([^,]*)/gm), ([, tool, when]) => `${tool} ${when}`);
  assert.equal(who, [
    "Ansible by hand",
    "Atlantis on the pull request",
    "Ansible after the merge",
    "Ansible after the merge",
  ]);
});

test("ansible: Kubernetes is upgraded before the merge, by the new tree, so that the hook finds what it asks for", () => {
  const newer = planText(planOf(["kubernetes.version", "1.32.3"]));
  assert.match(newer, /^1\. Ansible, by hand, before the merge, with the tree of this change, in out\/ansible$/m);
});

test("ansible: a renamed node leaves the cluster before the merge, and joins after it", () => {
  assert.is(
    commands(planBetween(text, renamed)),
    "by hand: ansible-playbook playbooks/remove-node.yml --limit user-1\n" +
      "ansible-playbook playbooks/01-prerequisites.yml playbooks/03-join-workers.yml playbooks/05-label-nodes.yml --limit person-1",
  );
  assert.match(
    planText(planBetween(text, renamed)),
    /^1\. Ansible, by hand, before Atlantis acts, with the tree as it is until the merge/m,
  );
});

test("a node is removed in two changes, and both say so", () => {
  const [draining, removed] = ["draining", "removed"].map((state) =>
    edited(text, ["nodes.scan-worker.members", { 2: { state } }]),
  ) as [string, string];
  const first = planText(planBetween(text, draining));
  assert.match(first, "scan-worker-2: the cluster forgets it; then take it out of the topology, in another change");
  const second = planText(planBetween(draining, removed));
  assert.match(second, "remove-node.yml has run for it while it was draining");
  assert.match(second, '!! - aws_instance.unprotected["scan-worker-2"]: its node is drained before');
  const jump = planText(planBetween(text, edited(text, ["nodes.scan-worker.count", 1])));
  assert.match(jump, "!! scan-worker-2: is active, and gen refuses this: set `state: draining` and let that act");
});

test("terraform: what carried traffic and goes is marked", () => {
  assert.match(planText(planOf(["edge.loadBalancer", "controller"])), "\n  !  - aws_lb.main\n");
});

test("ansible: playbooks for the same nodes are one command", () => {
  const result = planOf(["nodes.scan-worker.count", 3], ["kubernetes.calico", "v3.31.7"]);
  assert.is(
    commands(result),
    "ansible-playbook playbooks/01-prerequisites.yml playbooks/03-join-workers.yml --limit scan-worker-3\n" +
      "ansible-playbook playbooks/04-cni-install.yml\n" +
      "ansible-playbook playbooks/05-label-nodes.yml --limit scan-worker-3",
  );
});

test("ansible: a component that goes stays installed", () => {
  const { ansible } = planOf(["platform.monitoring", false]);
  assert.ok(
    ansible.notes.some(
      ({ subject, text: note }) => subject === "kube-prometheus-stack" && note.includes("helm uninstall"),
    ),
  );
});

test("ansible: playbooks of another version of topogen are run as a whole", () => {
  const { topology, tree } = compiled(text);
  const path = "out/ansible/inventory/group_vars/all/constants.yml";
  const files = tree.files.map((file) => (file.path === path ? { ...file, text: "---\nhelm_version: 3.0.0\n" } : file));
  const result = plan({ topology, files, output: tree.output }, { topology, tree });
  assert.is(commands(result), "ansible-playbook playbooks/site.yml");
});

test("argo cd: which pods restart, and how", () => {
  assert.is(
    objects(planOf(["services.chat.env", { A: "b" }])),
    "chat update ConfigMap kept\nchat update Deployment rolled",
  );
  assert.is(objects(planOf(["datastores.redis.storage", "20Gi"])), "redis update PersistentVolumeClaim kept");
});

test("secrets: a person gives new keys their values, before Argo CD asks for them", () => {
  const result = planOf(["services.auth.secrets", ["JWT_SECRET", "NEW"]], ["services.reward.secrets", ["TOKEN"]]);
  assert.equal(result.secrets, [
    { secret: "backend/prod/auth", added: ["NEW"], keys: ["JWT_SECRET", "NEW"] },
    { secret: "backend/prod/reward", added: ["TOKEN"], keys: ["TOKEN"] },
  ]);
  const order = Array.from(planText(result).matchAll(/^\d\. (\w+ \w+|\w+)/gm), ([, who]) => who);
  assert.equal(order, ["Atlantis", "A person", "Argo CD"]);
  assert.match(
    planText(result),
    "$ aws secretsmanager put-secret-value --secret-id backend/prod/auth --secret-string file",
  );
  assert.match(planText(result), "+ backend/prod/auth: NEW; the value is put as a whole, with JWT_SECRET again");
  assert.is(
    objects(result)
      .split("\n")
      .filter((line) => line === "auth update Deployment rolled").length,
    1,
  );
});

test("secrets: who reads what others read already, and what the platform itself asks for", () => {
  assert.equal(planOf(["services.reward.uses", ["auth", "postgres", "redis"]]).secrets, []);
  assert.equal(
    planOf(["platform.notifications", true]).secrets.map(({ secret }) => secret),
    ["backend/prod/notifications"],
  );
});

test("images: what a person writes must be in the registry, since no workflow pushes it", () => {
  const image = "123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/backend/scan:v3";
  const result = planOf(["services.scan.image", "v3"], ["services.scan-worker.image.tag", "v3"]);
  assert.equal(result.images, [{ image, workflow: "build-scan.yml", source: "services/scan", isFirst: false }]);
  assert.equal(result.workflows, []);
  assert.match(planText(result), /^1\. Images, in the registry before the merge: .*\n {5}> .*backend\/scan:v3;/m);
  assert.not.match(planText(result), "gh workflow run");
});

test("images: a service that takes the image of another asks for nothing new", () => {
  assert.equal(planOf(["services.auth.image", { repository: "user", tag: "v1.1.0" }]).images, []);
});

test("images: of what is new, renamed or in another registry, a person starts the first build", () => {
  const renamed = planOf(["services.auth.image", { repository: "login", tag: "v1.2.2" }]);
  const elsewhere = planOf(["images.registry", "ghcr/acme"]);
  for (const result of [renamed, elsewhere]) assert.ok(result.images.every(({ isFirst }) => isFirst));
  assert.match(planText(renamed), /\n {5}\$ gh workflow run build-login\.yml\n/);
  assert.match(
    planText(renamed),
    "\n  !  > 123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/backend/login:v1.2.2: no build has pushed it",
  );
  assert.is(planText(elsewhere).match(/\$ gh workflow run build-/g)?.length, 7);
  assert.not.match(planText(elsewhere), "before the merge: GitHub Actions");
});

test("nothing changes where nothing is edited", () => {
  const result = planBetween(text, text);
  assert.is(planText(result), "Nothing changes: no generated file differs.\n");
  assert.is(planMarkdown(result), "### topogen plan\n\nNothing changes: no generated file differs.\n");
});

test("the first plan of all: everything is new", () => {
  const { topology, tree } = compiled(text);
  const first = plan({ topology: {}, files: [], output: tree.output }, { topology, tree });
  const actions = first.terraform.flatMap((root) => root.resources.map(({ action }) => action));
  assert.ok(actions.length > 200 && actions.every((action) => action === "create"));
  assert.is(first.files.length, tree.files.length);
});

for (const name of readdirSync("test/golden")) {
  test(`every kind of resource of the golden ${name} is known`, () => {
    const golden = readFileSync(`test/golden/${name}/topology.yaml`, "utf8");
    const { terraform } = planBetween(golden, edited(golden, ["git.repository", "acme/another"]));
    assert.ok(terraform.some(({ resources: list }) => list.length > 20));
  });
}

test("another account or region is another platform", () => {
  assert.match(planText(planOf(["aws.region", "eu-central-1"])), /^1\. Nobody: in another account or region/m);
  assert.not.match(planText(planOf(["services.auth.image", "v9"])), "another account");
});

test("the folder of the outputs may move: what is in them stays", () => {
  const result = planOf(["output", "deploy"]);
  assert.match(planText(result), "     $ git mv out deploy\n     $ sed -i 's|  out/|  deploy/|' deploy/MANIFEST\n");
  assert.is(resources(result), "");
  assert.is(commands(result), "");
});

test("markdown: texts of the topology mean nothing in it", () => {
  const markdown = planMarkdown(planOf(["services.chat.env", { A: "`<b>` | *x*" }]));
  assert.match(markdown, '- ``services.chat.env: {"A":"`<b>` | *x*"} is new``');
});

test("markdown: marks, commands, and long lists that are folded", () => {
  const markdown = planMarkdown(planOf(["git.repository", "acme/other"], ["nodes.auth.address", "10.0.1.99"]));
  assert.match(markdown, ". Atlantis, on the pull request");
  assert.match(markdown, "⛔ `-/+ aws_instance");
  assert.match(markdown, /<details><summary>\d+ lines<\/summary>/);
  assert.match(markdown, "`ansible-playbook playbooks/replace-node.yml --limit auth-1`");
});

test("json: the files without their texts", () => {
  const result = planJson(planOf(["roles.control-plane.instance", "t3.large"])) as Record<string, unknown>;
  assert.equal(Object.keys(result), [
    "edits",
    "movedFrom",
    "output",
    "terraform",
    "ansible",
    "secrets",
    "images",
    "workflows",
    "stranded",
    "applications",
    "files",
  ]);
  assert.equal((result["files"] as readonly unknown[]).at(-1), {
    path: "out/terraform/ec2.tf",
    change: "changed",
    added: 1,
    removed: 1,
  });
});

test("setting a value that is there already plans to nothing", () => {
  assert.is(edited(text, ["services.auth.image", "v1.2.2"]), text);
});

test("a datastore that is gone is let go of when a person says so, and nothing of it is deleted", () => {
  const spare = {
    engine: "redis",
    version: "7.4",
    on: "redis",
    storage: "1Gi",
    resources: { cpu: "50m", memory: "64Mi" },
  };
  const change = planBetween(edited(text, ["datastores.spare", spare]), text);
  const gone = change.applications.find(({ application }) => application === "spare");
  assert.equal(gone && { ...gone, wave: undefined }, {
    application: "spare",
    wave: undefined,
    runsAnsible: false,
    isReleased: true,
    objects: [],
  });
  assert.match(planText(change), "- spare, once a person has confirmed it; all that it made stays, its data too");
});

test.run();
