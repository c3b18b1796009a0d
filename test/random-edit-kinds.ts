/** What people do to their topology, one thing at a time: each kind of edit of the 14 nodes. */
import { fourteenNodes } from "./fourteen-nodes.ts";
import {
  below,
  type Kind,
  type Map,
  nameIn,
  type Next,
  pick,
  removes,
  sets,
  setsHttp,
  setsIn,
  setsItself,
  setsMember,
} from "./random-edit-setters.ts";

const instances = ["t3.small", "t3.medium", "t3.large", "t3.xlarge"];

/** What ran on the group runs on another. */
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

const addsRole: Kind = (topology, next) => {
  const name = `role-${below(next, 100)}`;
  topology["roles"][name] = { instance: pick(next, instances), protected: next() < 0.5, reserved: next() < 0.5 };
  topology["nodes"][`${name}-nodes`] = { role: name, address: `10.0.2.${100 + below(next, 100)}` };
  return `roles.${name}, with a node`;
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

const becomesWorker: Kind = (topology, next) => {
  const name = nameIn(next, topology["services"]);
  const { http: _, ...others } = topology["services"][name];
  topology["services"][name] = { ...others, command: ["run"], alive: ["alive"] };
  return `services.${name} has no port`;
};

const becomesPrivate: Kind = (topology, next) => {
  const services = Object.keys(topology["services"]).filter((name) => topology["services"][name].http);
  const name = pick(next, services);
  topology["services"][name].http = { port: 8000, public: false };
  return `services.${name} is not public`;
};

const withoutCdn: Kind = (topology) => {
  topology["edge"] = { ...topology["edge"], cdn: false };
  topology["buckets"] = Object.fromEntries(Object.keys(topology["buckets"]).map((name) => [name, {}]));
  return "edge.cdn = false";
};

const movesPlatform: Kind = (topology, next) => {
  const name = pick(next, ["reward", "storage"]);
  if (!topology["nodes"][name]) return null;
  topology["nodes"][name].instance = "t3.xlarge";
  topology["platform"] = { ...topology["platform"], on: name };
  return `platform.on = ${name}`;
};

const addsDatastore: Kind = (topology, next) => {
  const name = `store-${below(next, 100)}`;
  const [engine, version] = pick(next, [
    ["redis", "7.4.11"],
    ["postgresql", "16.15"],
  ]);
  const backup = pick(next, ["none", "daily"]);
  topology["nodes"][name] = { role: "data", address: `10.0.${1 + below(next, 3)}.${100 + below(next, 100)}` };
  topology["datastores"][name] = { engine, version, on: name, storage: "10Gi", backup };
  const user = nameIn(next, topology["services"]);
  topology["services"][user].uses = [...(topology["services"][user].uses ?? []), name];
  return `datastores.${name} = ${engine}, used by ${user}`;
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
  const members = { ...group.members, [1 + below(next, count)]: { state: "draining" } };
  topology["nodes"][name] = { ...group, count: count + 1, members };
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

const gibibytes = (next: Next): string => `${60 + 10 * below(next, 8)}Gi`;

export const kinds: readonly Kind[] = [
  sets("roles", "instance", (next) => pick(next, instances)),
  sets("roles", "disk", gibibytes),
  sets("roles", "protected", (next) => next() < 0.5),
  sets("roles", "labels", () => ({ "example.app/tier": "one" })),
  addsRole,
  sets("nodes", "instance", (next) => pick(next, instances)),
  sets("nodes", "disk", gibibytes),
  sets("nodes", "count", (next) => 1 + below(next, 4)),
  sets("nodes", "zone", (next) => pick(next, ["a", "b", "c"])),
  sets("nodes", "address", (next) => `10.0.${1 + below(next, 3)}.${90 + below(next, 9)}`),
  setsMember("instance", (next) => pick(next, instances)),
  setsMember("disk", gibibytes),
  setsMember("state", (next) => pick(next, ["draining", "removed"])),
  addsGroup,
  drains,
  removesGroup,
  renamesGroup,
  sets("services", "on", (next) => nameIn(next, fourteenNodes.nodes as Map)),
  sets("services", "image", () => "v9.9.9"),
  sets("services", "replicas", (next) => 1 + below(next, 2)),
  sets("services", "secrets", (next) => pick(next, [[], ["ONE"], ["ONE", "TWO"]])),
  setsHttp("port", (next) => 8000 + below(next, 100)),
  setsHttp("path", (next) => `/api/v2/${below(next, 100)}`),
  setsHttp("host", (next) => pick(next, ["www", "shop"])),
  setsHttp("health", () => "/ready"),
  setsHttp("nodePort", (next) => 31000 + below(next, 1000)),
  becomesPrivate,
  addsService,
  becomesWorker,
  removes("services"),
  usesMore,
  sets("datastores", "backup", (next) => pick(next, ["none", "daily", { schedule: "30 3 * * *", keepDays: 3 }])),
  sets("datastores", "storage", (next) => `${60 + below(next, 40)}Gi`),
  addsDatastore,
  removes("datastores"),
  addsBucket,
  removes("buckets"),
  withoutCdn,
  setsIn("edge", "loadBalancer", "controller"),
  setsIn("edge", "hosts", { api: "backend" }, { cdn: "static" }, { argocd: "cd", grafana: "graphs" }),
  setsIn("network", "nat", "none", "per-zone"),
  setsIn("network", "zones", ["a", "b", "c", "d"], { a: {}, b: {}, c: { public: "10.0.200.0/24" } }),
  setsIn("network", "pods", "172.16.0.0/16"),
  setsIn("kubernetes", "encapsulation", "ipip", "vxlan-cross-subnet"),
  setsIn("kubernetes", "calico", "v3.31.7"),
  setsIn("images", "registry", "ghcr/acme", "dockerhub/acme"),
  movesPlatform,
  setsIn("platform", "atlantis", false),
  setsIn("platform", "monitoring", false),
  setsIn("platform", "retentionDays", 3),
  setsIn("git", "branch", "trunk"),
  setsIn("git", "repository", "acme/other"),
  setsItself("name", "shop"),
  setsItself("environment", "staging"),
  opens,
  reorders,
];
