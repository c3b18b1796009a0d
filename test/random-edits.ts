/** Random edits of the 14 nodes that leave a valid topology: what people do to theirs, one to three things at a time. */
import { stringify } from "yaml";
import { compile, type Tree } from "../src/compile.ts";
import { fourteenNodes } from "./fourteen-nodes.ts";
import { random } from "./random.ts";

export interface RandomEdit {
  /** What was done, in words. */
  readonly name: string;
  readonly topology: unknown;
  readonly tree: Tree;
}

type Map = Record<string, any>; // eslint-disable-line -- the edits write into a topology that has no type any more
type Next = () => number;
/** Does one thing to the topology, and says what; null where it cannot be done. */
type Kind = (topology: Map, next: Next) => string | null;

function pick<Item>(next: Next, items: readonly Item[]): Item {
  return items[Math.floor(next() * items.length)] as Item;
}

function nameIn(next: Next, map: Map): string {
  return pick(next, Object.keys(map));
}

function below(next: Next, limit: number): number {
  return Math.floor(next() * limit);
}

const instances = ["t3.small", "t3.medium", "t3.large", "t3.xlarge"];

/** Sets a member of a thing of the topology to one of some values. */
function sets(of: string, member: string, values: (next: Next) => unknown): Kind {
  return (topology, next) => {
    const name = nameIn(next, topology[of]);
    const value = values(next);
    topology[of][name][member] = value;
    return `${of}.${name}.${member} = ${JSON.stringify(value)}`;
  };
}

function setsHttp(member: string, values: (next: Next) => unknown): Kind {
  return (topology, next) => {
    const name = pick(
      next,
      Object.keys(topology["services"]).filter((service) => topology["services"][service].http),
    );
    const value = values(next);
    topology["services"][name].http[member] = value;
    return `services.${name}.http.${member} = ${JSON.stringify(value)}`;
  };
}

/** Sets a member of a part of the topology that there is once. */
function setsIn(part: string, member: string, values: readonly unknown[]): Kind {
  return (topology, next) => {
    const value = pick(next, values);
    topology[part] = { ...topology[part], [member]: value };
    return `${part}.${member} = ${JSON.stringify(value)}`;
  };
}

/** Removes a thing and every mention of it in `uses` and `on`. */
const removesService: Kind = (topology, next) => {
  const name = nameIn(next, topology["services"]);
  delete topology["services"][name];
  for (const service of Object.values<Map>(topology["services"])) {
    if (service["uses"]) service["uses"] = service["uses"].filter((used: string) => used !== name);
  }
  return `without services.${name}`;
};

const removesGroup: Kind = (topology, next) => {
  const name = pick(next, ["auth", "chat", "community", "reward", "scan", "user", "storage"]);
  if (!topology["nodes"][name]) return null;
  delete topology["nodes"][name];
  const others: string[] = Object.keys(topology["nodes"]).filter((group) => topology["nodes"][group].role === "api");
  for (const service of Object.values<Map>(topology["services"])) if (service["on"] === name) service["on"] = others[0];
  return `without nodes.${name}`;
};

const addsGroup: Kind = (topology, next) => {
  const name = `extra-${below(next, 100)}`;
  const role = pick(next, ["api", "worker", "storage", "data"]);
  const address = `10.0.${1 + below(next, 3)}.${100 + below(next, 100)}`;
  topology["nodes"][name] = { role, address, count: 1 + below(next, 2) };
  return `nodes.${name} = ${role}`;
};

const addsService: Kind = (topology, next) => {
  const name = `service-${below(next, 100)}`;
  const on = nameIn(next, topology["nodes"]);
  const http = pick(next, [undefined, { port: 8000, path: `/api/v1/${name}` }, { port: 9000, public: false }]);
  const uses = pick(next, [[], ["assets"], ["internet"], ["postgres"]]);
  topology["services"][name] = {
    on,
    image: "v1.0.0",
    resources: { cpu: "50m", memory: "64Mi" },
    uses,
    ...(http ? { http } : { command: ["run"], alive: ["alive"] }),
    ...(next() < 0.5 && { secrets: ["API_KEY"] }),
  };
  return `services.${name} on ${on}, ${JSON.stringify(http)}, ${uses}`;
};

const renamesGroup: Kind = (topology, next) => {
  const name = nameIn(next, topology["nodes"]);
  const { [name]: group, ...others } = topology["nodes"];
  topology["nodes"] = { ...others, [`${name}-new`]: { ...group, renamedFrom: name } };
  for (const thing of [...Object.values<Map>(topology["services"]), ...Object.values<Map>(topology["datastores"])]) {
    if (thing["on"] === name) thing["on"] = `${name}-new`;
  }
  if (topology["platform"].on === name) topology["platform"].on = `${name}-new`;
  return `nodes.${name} renamed`;
};

const drains: Kind = (topology, next) => {
  const name = nameIn(next, topology["nodes"]);
  const group = topology["nodes"][name];
  const count = group.count ?? 1;
  topology["nodes"][name] = {
    ...group,
    count: count + 1,
    members: { [1 + below(next, count)]: { state: "draining" } },
  };
  return `nodes.${name} drains one of ${count + 1}`;
};

const addsBucket: Kind = (topology, next) => {
  const name = `bucket-${below(next, 100)}`;
  topology["buckets"][name] = {};
  const service = nameIn(next, topology["services"]);
  if (next() < 0.5) topology["services"][service].uses = [...(topology["services"][service].uses ?? []), name];
  return `buckets.${name}`;
};

const usesMore: Kind = (topology, next) => {
  const name = nameIn(next, topology["services"]);
  const used = pick(next, ["assets", "internet", "postgres", "redis", "rabbitmq"]);
  const before: string[] = topology["services"][name].uses ?? [];
  topology["services"][name].uses = before.includes(used) ? before.filter((one) => one !== used) : [...before, used];
  return `services.${name}.uses ${used}`;
};

const reorders: Kind = (topology, next) => {
  const part = pick(next, ["nodes", "services", "roles", "datastores"]);
  topology[part] = Object.fromEntries(Object.entries(topology[part]).reverse());
  return `${part} in another order`;
};

const opens: Kind = (topology, next) => {
  const from = pick(next, [["203.0.113.0/24"], ["198.51.100.7/32", "203.0.113.0/24"]]);
  const via = pick(next, ["bastion", "bastion", "ssm"]);
  topology["access"] = { ...topology["access"], via, ...(via === "bastion" ? { from } : { api: from }) };
  return `access via ${via}, ${from}`;
};

const kinds: readonly Kind[] = [
  sets("roles", "instance", (next) => pick(next, instances)),
  sets("roles", "disk", (next) => `${60 + 10 * below(next, 8)}Gi`),
  sets("roles", "protected", (next) => next() < 0.5),
  sets("roles", "labels", () => ({ "example.app/tier": "one" })),
  sets("nodes", "instance", (next) => pick(next, instances)),
  sets("nodes", "disk", (next) => `${60 + 10 * below(next, 8)}Gi`),
  sets("nodes", "count", (next) => 1 + below(next, 4)),
  sets("nodes", "zone", (next) => pick(next, ["a", "b", "c"])),
  sets("nodes", "address", (next) => `10.0.${1 + below(next, 3)}.${90 + below(next, 9)}`),
  sets("services", "on", (next) => nameIn(next, fourteenNodes.nodes as Map)),
  sets("services", "image", () => "v9.9.9"),
  sets("services", "replicas", (next) => 1 + below(next, 2)),
  sets("services", "secrets", (next) => pick(next, [[], ["ONE"], ["ONE", "TWO"]])),
  setsHttp("port", (next) => 8000 + below(next, 100)),
  setsHttp("path", (next) => `/api/v2/${below(next, 100)}`),
  setsHttp("host", (next) => pick(next, ["www.example.app", "shop.example.app"])),
  setsHttp("health", () => "/ready"),
  setsHttp("nodePort", (next) => 31000 + below(next, 1000)),
  setsHttp("public", () => false),
  sets("datastores", "backup", (next) => pick(next, ["none", "daily", { schedule: "30 3 * * *", keepDays: 3 }])),
  sets("datastores", "storage", (next) => `${60 + below(next, 40)}Gi`),
  setsIn("edge", "cdn", [false]),
  setsIn("edge", "loadBalancer", ["controller"]),
  setsIn("edge", "hosts", [{ api: "backend" }, { cdn: "static" }, { argocd: "cd", grafana: "graphs" }]),
  setsIn("network", "nat", ["none", "per-zone"]),
  setsIn("network", "zones", [["a", "b", "c", "d"]]),
  setsIn("kubernetes", "encapsulation", ["ipip", "vxlan-cross-subnet"]),
  setsIn("kubernetes", "calico", ["v3.31.7"]),
  setsIn("images", "registry", ["ghcr", "dockerhub"]),
  setsIn("platform", "atlantis", [false]),
  setsIn("platform", "monitoring", [false]),
  setsIn("platform", "retentionDays", [3]),
  setsIn("git", "branch", ["trunk"]),
  setsIn("git", "repository", ["acme/other"]),
  opens,
  addsBucket,
  addsGroup,
  addsGroup,
  addsService,
  addsService,
  drains,
  removesGroup,
  removesService,
  renamesGroup,
  reorders,
  usesMore,
];

/** The first `count` valid edits of a seed. Every kind comes up before any comes up twice. */
export function randomEdits(count: number, seed: number): readonly RandomEdit[] {
  const next = random(seed);
  const edits: RandomEdit[] = [];
  for (let turn = 0; edits.length < count; turn++) {
    const others = Array.from({ length: below(next, 3) }, () => pick(next, kinds));
    const edit = tryEdit([kinds[turn % kinds.length] as Kind, ...others], next);
    if (edit) edits.push(edit);
  }
  return edits;
}

function tryEdit(chosen: readonly Kind[], next: Next): RandomEdit | null {
  const topology = structuredClone(fourteenNodes) as unknown as Map;
  const done = chosen.map((kind) => kind(topology, next));
  const { source, tree } = compile("topology.yaml", stringify(topology, { aliasDuplicateObjects: false }));
  return tree && done[0] !== null
    ? { name: done.filter((one) => one !== null).join("; "), topology: source.value, tree }
    : null;
}
