/** The files from which outside.py and the name server answer: both read them again when they change. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Model } from "../../src/model/model.ts";
import { succeed } from "../tools/tool.ts";
import { packCharts } from "./charts.ts";
import { credentialProvider, supplies } from "./supplies.ts";

const INTERNET = "198.51.100.1";
const BALANCER = "198.51.100.2";

/** Everything outside of the hosts' network, for this model, in the rehearsal's folder. */
export async function makeOutside(folder: string, model: Model): Promise<void> {
  const site = join(folder, "site");
  const provider = join(site, "artifacts.k8s.io/binaries/cloud-provider-aws/v1.29.0/linux/amd64");
  mkdirSync(provider, { recursive: true });
  writeFileSync(join(provider, "ecr-credential-provider-linux-amd64"), credentialProvider);
  await packCharts(site, join(supplies, "bin/helm"), join(folder, "charts"));
  tellOutside(folder, model);
  await makeCertificate(folder, namesOutside(folder, model));
}

/** What follows from the topology. */
export function tellOutside(folder: string, model: Model): void {
  const { region, network, nodes, kubernetes } = model;
  const { endpoint } = kubernetes;
  const targets = nodes.filter(({ controlPlane }) => controlPlane).map(({ address }) => address);
  const outside = {
    images: join(supplies, "images"),
    sites: sitesOf(folder),
    region,
    zones: network.zones.map(({ letter }) => letter),
    balancer: { port: endpoint.port, targets },
  };
  const names = namesOutside(folder, model).map((name) => `${INTERNET} ${name}`);
  names.push(`${endpoint.loadBalanced ? BALANCER : targets[0]} ${endpoint.host}`);
  writeFileSync(join(folder, "outside.json"), JSON.stringify(outside));
  writeFileSync(join(folder, "names"), `${names.join("\n")}\n`);
  writeFileSync(join(folder, "Corefile"), nameServer(join(folder, "names")));
}

function sitesOf(folder: string): string[] {
  return [join(folder, "site"), join(supplies, "sites")];
}

function namesOutside(folder: string, { id, account, region }: Model): string[] {
  const index = JSON.parse(readFileSync(join(supplies, "images/index.json"), "utf8"));
  const registries = index.manifests.map((entry: any) => entry.annotations["io.containerd.image.name"].split("/")[0]);
  const sites = sitesOf(folder).flatMap((site) => readdirSync(site));
  return [...new Set<string>([...registries, ...sites, `${id}-${account}-backups.s3.${region}.amazonaws.com`])];
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

/** An authority that the hosts trust, and its certificate for all names. */
async function makeCertificate(folder: string, names: readonly string[]): Promise<void> {
  const cwd = join(folder, "tls");
  mkdirSync(cwd);
  writeFileSync(join(cwd, "names"), `subjectAltName=IP:${INTERNET},${names.map((name) => `DNS:${name}`).join(",")}\n`);
  const openssl = (line: string): Promise<string> => succeed("openssl", line.split(" "), { cwd });
  const key = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout";
  await openssl(`req -x509 ${key} ca.key -out ca.crt -days 30 -subj /CN=rehearsal`);
  await openssl(`req ${key} server.key -out server.csr -subj /CN=outside`);
  await openssl(
    `x509 -req -in server.csr -out server.crt -CA ca.crt -CAkey ca.key -CAcreateserial -days 30 -extfile names`,
  );
}
