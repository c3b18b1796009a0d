/** The Ansible tree, read by Ansible itself, by its linters, and by the programs that its templates are for. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { parse, parseAllDocuments } from "yaml";
import { ansible } from "../../generators/ansible/index.ts";
import { modelOf, shapes } from "../ansible-tree.ts";
import { fourteenNodes, modelWith } from "../fourteen-nodes.ts";
import { put, setMode } from "../temporary.ts";
import { needs, succeed } from "./tool.ts";
import { ansibleIn, writeAnsible as write } from "./written-ansible.ts";

const test = suite<{ folder: string }>("ansible");

test.before.each((context) => {
  context.folder = mkdtempSync(join(tmpdir(), "ansible-"));
});
test.after.each(({ folder }) => rmSync(folder, { recursive: true }));

for (const shape of Object.keys(shapes)) {
  const model = modelOf(shape);

  needs(test, "ansible-playbook")(`${shape}: Ansible reads every playbook`, async ({ folder }) => {
    const tree = write(folder, model);
    const playbooks = readdirSync(join(tree, "playbooks")).filter((name) => name.endsWith(".yml"));
    assert.ok(playbooks.length > 12);
    await succeed(
      "ansible-playbook",
      ["--syntax-check", ...playbooks.map((name) => `playbooks/${name}`)],
      ansibleIn(tree),
    );
  });

  needs(test, "yamllint")(`${shape}: yamllint finds nothing`, async ({ folder }) => {
    assert.is(await succeed("yamllint", ["--strict", "."], { cwd: write(folder, model) }), "");
  });

  needs(test, "ansible-inventory")(`${shape}: the inventory is the model's nodes`, async ({ folder }) => {
    const listed = await succeed("ansible-inventory", ["--list"], ansibleIn(write(folder, model)));
    const { _meta, ...groups } = JSON.parse(listed);
    assert.equal(Object.keys(_meta.hostvars).toSorted(), model.nodes.map(({ name }) => name).toSorted());
    for (const node of model.nodes) {
      const { ansible_host, ansible_user, node_labels, node_taints } = _meta.hostvars[node.name];
      assert.equal(
        { ansible_host, ansible_user, node_labels, node_taints },
        {
          ansible_host: node.address,
          ansible_user: model.access.user,
          node_labels: node.labels,
          node_taints: node.taints,
        },
      );
    }
    const controlPlane = model.nodes.filter((node) => node.controlPlane).map(({ name }) => name);
    assert.equal(hostsOf(groups, "control_plane"), controlPlane);
    const workers = model.nodes.filter((node) => !node.controlPlane).map(({ name }) => name);
    assert.equal(hostsOf(groups, "workers").toSorted(), workers.toSorted());
  });
}

/** Every skip of a rule in the tree, with the reason for it. */
const skips = [
  "etcd-backup.yml: command-instead-of-module (the module archives no relative paths)",
  "restart-if-older.yml: command-instead-of-module (the module rounds down to seconds)",
];

needs(test, "ansible-lint")(
  "ansible-lint's profile production finds nothing, but for a register of skips",
  async ({ folder }) => {
    const tree = write(folder, modelWith());
    await succeed("ansible-lint", ["--offline", "--profile", "production"], { ...ansibleIn(tree), seconds: 900 });
    const found = ansible(modelWith()).flatMap(({ path, text }) =>
      [...text.matchAll(/# noqa: (.*)$/gm)].map(([, reason]) => `${basename(path)}: ${reason}`),
    );
    assert.equal(found.toSorted(), skips.toSorted());
    assert.not.match(readFileSync(join(tree, ".ansible-lint"), "utf8"), /skip|warn|exclude/);
  },
);

needs(test, "ansible")("texts with Jinja's marks and YAML's traps reach the host as they are", async ({ folder }) => {
  const odd = [
    "{{ lookup('pipe', 'id') }}",
    "{% if x %}",
    "{# note #}",
    "yes",
    "0123",
    "12:30",
    'it\'s "so": x',
    "$(id) `id` \\n",
  ];
  const labels = Object.fromEntries(odd.map((value, index) => [`example.app/odd-${index}`, value]));
  const tree = write(
    folder,
    modelWith({ roles: { ...fourteenNodes.roles, api: { ...fourteenNodes.roles?.["api"], labels } } }),
  );
  const dest = join(folder, "labels.json");
  await succeed(
    "ansible",
    ["auth-1", "-c", "local", "-m", "copy", "-a", `dest=${dest} content={{node_labels|to_json}}`],
    ansibleIn(tree),
  );
  const reached = JSON.parse(readFileSync(dest, "utf8"));
  for (const [key, value] of Object.entries(labels)) assert.is(reached[key], value);
});

for (const shape of ["the 14 nodes", "three control-plane nodes"]) {
  const model = modelOf(shape);
  const host = model.nodes.find((node) => node.controlPlane)?.name ?? "";

  needs(
    test,
    "ansible",
    "kubeadm",
  )(`${shape}: kubeadm accepts the configuration of its init`, async ({ folder }) => {
    const tree = write(folder, model);
    const init = await render(tree, host, "kubeadm-init.yaml");
    await succeed("kubeadm", ["config", "validate", "--config", init]);
    await succeed("kubeadm", ["config", "validate", "--config", await withKubelet(tree, host, init)]);
  });

  for (const node of [model.nodes[0]?.name ?? "", model.nodes.findLast((each) => each.controlPlane)?.name ?? ""]) {
    needs(
      test,
      "ansible",
      "kubeadm",
    )(`${shape}: kubeadm accepts the configuration with which ${node} joins`, async ({ folder }) => {
      const tree = write(folder, model);
      const discovery = await render(tree, node, "discovery.conf");
      const joining = readFileSync(await render(tree, node, "kubeadm-join.yaml"), "utf8");
      put(folder, "join.yaml", joining.replace("/run/kubeadm/discovery.conf", discovery));
      await succeed("kubeadm", ["config", "validate", "--config", `${folder}/join.yaml`]);
    });
  }
}

needs(
  test,
  "ansible",
  "kubeadm",
  "kube-apiserver",
  "kube-controller-manager",
  "kube-scheduler",
)("the control plane's programs know the flags that kubeadm makes of the configuration", async ({ folder }) => {
  const init = await render(write(folder, modelWith()), "master-1", "kubeadm-init.yaml");
  const env = { KUBEADM_INIT_DRYRUN_DIR: join(folder, "dry") };
  put(folder, "dry/empty", "");
  await succeed("kubeadm", ["init", "--dry-run", "--ignore-preflight-errors=all", "--config", init], { env });
  for (const program of ["kube-apiserver", "kube-controller-manager", "kube-scheduler"]) {
    const pod = parseAllDocuments(readFileSync(join(folder, "dry", `${program}.yaml`), "utf8"))[0]?.toJS();
    const [, ...flags] = pod.spec.containers[0].command;
    assert.ok(flags.length > 5);
    await succeed(program, [...flags, "--help"]);
  }
  const { command } = parse(readFileSync(join(folder, "dry", "kube-apiserver.yaml"), "utf8")).spec.containers[0];
  for (const flag of ["encryption-provider-config", "audit-policy-file", "authentication-config"]) {
    assert.ok(
      command.some((each: string) => each.startsWith(`--${flag}=/etc/kubernetes/`)),
      flag,
    );
  }
});

needs(test, "python3")(
  "labels and taints become the topology's, others stay, and a second run changes nothing",
  async ({ folder }) => {
    const filters = join(write(folder, modelWith()), "playbooks/filter_plugins");
    assert.is(await succeed("python3", ["test/tools/ansible-node-patch.py", filters]), "ok\n");
  },
);

needs(test, "kustomize")("the hook's ConfigMaps hold the tree, byte for byte", async ({ folder }) => {
  const tree = write(folder, modelWith());
  const built = parseAllDocuments(await succeed("kustomize", ["build", "."], { cwd: tree })).map((document) =>
    document.toJS(),
  );
  const data = (name: string) =>
    built.find(({ kind, metadata }) => kind === "ConfigMap" && metadata.name === name)?.data ?? {};
  for (const [key, text] of Object.entries({ ...data("ansible-playbooks"), ...data("ansible-nodes") })) {
    assert.is(text, readFileSync(join(tree, key.replaceAll("__", "/")), "utf8"), key);
  }
  const { passwd, "run.sh": run, ...playbooks } = data("ansible-playbooks-of-this-run");
  assert.equal(playbooks, data("ansible-playbooks"));
  assert.ok(passwd && run);
  assert.equal(data("ansible-nodes-of-this-run"), data("ansible-nodes"));
  for (const object of built.filter(({ metadata }) => !metadata.annotations["argocd.argoproj.io/hook"])) {
    assert.is(object.kind, "ConfigMap");
    assert.ok(JSON.stringify(object.data).length < 2 ** 20);
  }
});

needs(
  test,
  "bash",
  "kustomize",
)("the hook's Job lays the tree out as it is and runs site.yml", async ({ folder }) => {
  const tree = write(folder, modelWith());
  for (const document of parseAllDocuments(await succeed("kustomize", ["build", "."], { cwd: tree }))) {
    const { kind, metadata, data } = document.toJS();
    if (kind !== "ConfigMap" || !metadata.name.endsWith("-of-this-run")) continue;
    for (const [key, text] of Object.entries(data)) put(folder, `tree/${key}`, text as string);
  }
  put(folder, "ssh/ssh-privatekey", "key");
  put(folder, "bin/ansible-galaxy", "#!/bin/sh\n");
  put(folder, "bin/ansible-playbook", '#!/bin/sh\npwd\necho "$@"\ncat "$2"\n');
  for (const name of ["galaxy", "playbook"]) setMode(folder, `bin/ansible-${name}`, 0o755);
  const script = readFileSync(join(folder, "tree/run.sh"), "utf8").replace(/ \/(tree|ssh)\//g, ` ${folder}/$1/`);
  const env = { HOME: `${folder}/home`, PATH: `${folder}/bin:${process.env["PATH"]}` };
  const said = await succeed("bash", ["-c", script], { env });
  assert.is(said, `${folder}/home/tree\n--private-key ${folder}/home/key playbooks/site.yml\nkey\n`);
  for (const name of readdirSync(join(tree, "playbooks/tasks"))) {
    assert.is(
      readFileSync(`${folder}/home/tree/playbooks/tasks/${name}`, "utf8"),
      readFileSync(join(tree, "playbooks/tasks", name), "utf8"),
    );
  }
});

/** Has Ansible fill in a template for a host, with what the playbooks would have found out before; the path of the result. */
async function render(tree: string, host: string, name: string): Promise<string> {
  const dest = join(tree, "..", name);
  const found = {
    node_provider_id: "aws:///ap-northeast-2a/i-0123456789abcdef0",
    join_token: { stdout: "abcdef.0123456789abcdef" },
    cluster_ca: { content: "" },
    certificate_key: { stdout: "0".repeat(64) },
  };
  const task = `src=${tree}/playbooks/templates/${name}.j2 dest=${dest}`;
  const extra = ["-e", JSON.stringify(found)];
  await succeed("ansible", [host, "-c", "local", "-m", "template", "-a", task, ...extra], ansibleIn(tree));
  return dest;
}

/** The kubelet's settings behind kubeadm's, as one file: kubeadm knows the kubelet's kinds as well. */
async function withKubelet(tree: string, host: string, init: string): Promise<string> {
  const kubelet = readFileSync(await render(tree, host, "kubelet.conf"), "utf8");
  put(tree, "both.yaml", `${readFileSync(init, "utf8")}---\n${kubelet}`);
  return join(tree, "both.yaml");
}

/** The hosts of a group and of the groups in it. */
function hostsOf(groups: Record<string, { hosts?: string[]; children?: string[] }>, name: string): string[] {
  const { hosts = [], children = [] } = groups[name] ?? {};
  return [...hosts, ...children.flatMap((child) => hostsOf(groups, child))];
}

test.run();
