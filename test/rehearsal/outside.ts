/** The files from which outside.py and the name server answer: both read them again when they change. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Model } from "../../src/model/model.ts";
import { succeed } from "../tools/tool.ts";
import { packCharts } from "./charts.ts";
import { credentialProvider, rootfs, supplies } from "./supplies.ts";

const INTERNET = "198.51.100.1";
const BALANCER = "198.51.100.2";

/** Everything outside of the hosts' network, for this model, in the rehearsal's folder; images beside those of Kubernetes. */
export async function makeOutside(folder: string, model: Model, images: readonly string[]): Promise<void> {
  const site = join(folder, "site");
  const provider = join(site, "artifacts.k8s.io/binaries/cloud-provider-aws/v1.29.0/linux/amd64");
  mkdirSync(provider, { recursive: true });
  writeFileSync(join(provider, "ecr-credential-provider-linux-amd64"), credentialProvider);
  await packCharts(site, join(supplies, "bin/helm"), join(folder, "charts"));
  await makeAuthority(folder);
  await makeImages(folder, images);
  tellOutside(folder, model);
  await makeCertificate(folder, namesOutside(folder, model));
}

/** Images that supplies/images.py knows how to make, in the registries that they are pulled from. */
async function makeImages(folder: string, images: readonly string[]): Promise<void> {
  const authorities = join(folder, "tls/ca.crt");
  const script = "test/rehearsal/supplies/images.py";
  const words = [script, join(folder, "images"), join(supplies, "bin"), rootfs, authorities, ...images];
  await succeed("python3", words);
}

/** What follows from the topology, and which machine each address has by now. */
export function tellOutside(folder: string, model: Model, machines: Readonly<Record<string, number>> = {}): void {
  const { region, network, nodes, kubernetes } = model;
  const { endpoint } = kubernetes;
  const targets = nodes.filter(({ controlPlane }) => controlPlane).map(({ address }) => address);
  const outside = {
    images: layoutsOf(folder),
    sites: sitesOf(folder),
    region,
    machines,
    zones: network.zones.map(({ letter }) => letter),
    balancer: { port: endpoint.port, targets },
    routes: routesOf(model),
  };
  const names = namesOutside(folder, model).map((name) => `${INTERNET} ${name}`);
  names.push(`${endpoint.loadBalanced ? BALANCER : targets[0]} ${endpoint.host}`);
  writeFileSync(join(folder, "outside.json"), JSON.stringify(outside));
  writeFileSync(join(folder, "names"), `${names.join("\n")}\n`);
  writeFileSync(join(folder, "Corefile"), nameServer(join(folder, "names")));
}

/** Where the load balancer of the services leads to, the deepest path first. */
function routesOf({ edge, groups }: Model): object[] {
  const routes = edge.routes.toSorted((a, b) => a.priority - b.priority);
  return routes.map(({ host, path, nodePort, group }) => ({
    host,
    path: path ?? "/",
    port: nodePort,
    targets: groups.find(({ name }) => name === group)?.nodes.map(({ address }) => address) ?? [],
  }));
}

function layoutsOf(folder: string): string[] {
  return [join(supplies, "images"), join(folder, "images")];
}

function sitesOf(folder: string): string[] {
  return [join(folder, "site"), join(supplies, "sites")];
}

function namesOutside(folder: string, { id, account, region, edge }: Model): string[] {
  const images = layoutsOf(folder).flatMap((layout) => imagesOf(layout));
  const registries = images.map((name) => name.split("/")[0] ?? "");
  const sites = sitesOf(folder).flatMap((site) => readdirSync(site));
  return [...new Set([...registries, ...sites, ...edge.hosts, `${id}-${account}-backups.s3.${region}.amazonaws.com`])];
}

function imagesOf(layout: string): string[] {
  const { manifests } = JSON.parse(readFileSync(join(layout, "index.json"), "utf8"));
  return manifests.map((entry: any) => entry.annotations["io.containerd.image.name"]);
}

/** https://coredns.io/plugins/hosts/ */
function nameServer(names: string): string {
  return `. {
  bind ${INTERNET}
  hosts ${names} {
    reload 1s
    ttl 1
    fallthrough
  }
  forward . /etc/resolv.conf {
    max_fails 0
  }
}
`;
}

/** An authority that the hosts trust. */
async function makeAuthority(folder: string): Promise<void> {
  mkdirSync(join(folder, "tls"));
  await openssl(folder, `req -x509 ${KEY} ca.key -out ca.crt -days 30 -subj /CN=rehearsal`);
}

/** Its certificate for all names. */
async function makeCertificate(folder: string, names: readonly string[]): Promise<void> {
  const extension = `subjectAltName=IP:${INTERNET},${names.map((name) => `DNS:${name}`).join(",")}\n`;
  writeFileSync(join(folder, "tls/names"), extension);
  await openssl(folder, `req ${KEY} server.key -out server.csr -subj /CN=outside`);
  const signed = "-CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -extfile names";
  await openssl(folder, `x509 -req -in server.csr -out server.crt ${signed}`);
}

const KEY = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout";

function openssl(folder: string, line: string): Promise<string> {
  return succeed("openssl", line.split(" "), { cwd: join(folder, "tls") });
}
