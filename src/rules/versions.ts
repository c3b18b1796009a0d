import type { Path } from "../diagnostic.ts";
import { lookup } from "../lookup.ts";
import { calicoSupports } from "../model/catalogue/calico.ts";
import { type CatalogueEntry, catalogue } from "../model/catalogue/components.ts";
import { engineVersions } from "../model/catalogue/engines.ts";
import { CALICO_VERSION, resolveComponents } from "../model/platform.ts";
import { KUBERNETES_VERSION } from "../model/resolve.ts";
import type { Topology } from "../topology.ts";
import { listed, type Violation, written } from "./rule.ts";

/** A part of the platform, its version, the Kubernetes minors that it is made for (null: not known), and where it is said. */
interface Part {
  readonly name: string;
  readonly version: string;
  readonly supports: { readonly from: string; readonly to: string | null } | null;
  readonly path: Path | null;
}

function calico({ kubernetes }: Topology): Part {
  const version = kubernetes?.calico ?? CALICO_VERSION;
  const minors = lookup(calicoSupports, minorOf(version));
  return {
    name: "Calico",
    version,
    supports: minors ? { from: minors[0] ?? "", to: minors.at(-1) ?? null } : null,
    path: kubernetes?.calico === undefined ? null : ["kubernetes", "calico"],
  };
}

function charts(topology: Topology): Part[] {
  return resolveComponents(topology).flatMap(({ id, version }) => {
    const entry = catalogue.find((candidate) => candidate.id === id);
    if (!entry || entry.supports.length === 0) return [];
    const said = lookup(topology.platform.versions, id) !== undefined;
    return [
      {
        name: `\`${id}\``,
        version,
        supports: supportOf(entry, version),
        path: said ? ["platform", "versions", id] : null,
      },
    ];
  });
}

function supportOf({ supports }: CatalogueEntry, version: string): Part["supports"] {
  return supports.findLast(({ since }) => !isBefore(version, since)) ?? null;
}

/** `1.32.2` as `1.32`, `v3.30.7` as `v3.30`. */
function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}

/** Whether one version comes before another, number by number: 1.9 before 1.32. */
function isBefore(one: string, other: string): boolean {
  const [ones = [], others = []] = [one, other].map((version) => version.replace(/^v/, "").split(".").map(Number));
  const differing = ones.findIndex((part, index) => part !== others[index]);
  return differing >= 0 && (ones[differing] ?? 0) < (others[differing] ?? 0);
}

function accepts({ supports }: Part, kubernetes: string): boolean {
  return (
    supports !== null &&
    !isBefore(kubernetes, supports.from) &&
    (supports.to === null || !isBefore(supports.to, kubernetes))
  );
}

function range({ supports }: Part): string {
  if (!supports) return "unknown";
  return supports.to === null ? `${supports.from} and later` : `${supports.from} to ${supports.to}`;
}

/** What the topology leaves to topogen is the fault of the Kubernetes version; what it says is the fault of that. */
export function* versionsGoTogether(topology: Topology): Iterable<Violation> {
  const kubernetes = minorOf(topology.kubernetes?.version ?? KUBERNETES_VERSION);
  const unfit = [calico(topology), ...charts(topology)].filter((part) => !accepts(part, kubernetes));
  for (const part of unfit) {
    if (!part.path) continue;
    const message = part.supports
      ? `${part.name} ${part.version} is made for Kubernetes ${range(part)}; the topology has ${kubernetes}.`
      : `Which Kubernetes ${part.name} ${part.version} is made for, topogen does not know.`;
    yield { path: part.path, message, remedy: remedyFor(part, kubernetes) };
  }
  const left = unfit.filter(({ path }) => path === null);
  if (left.length === 0) return;
  const parts = left.map((part) => `${part.name} ${part.version} (${range(part)})`);
  const message = `Kubernetes ${kubernetes} is not what ${listed(parts)} ${left.length === 1 ? "is" : "are"} made for.`;
  const remedy =
    "Use another Kubernetes version, or say which versions of them to use (`kubernetes.calico`, `platform.versions`).";
  yield { path: ["kubernetes", "version"], message, remedy };
}

function remedyFor({ name, path }: Part, kubernetes: string): string {
  if (name !== "Calico")
    return `Remove it: topogen then takes a version that goes with Kubernetes ${minorOf(KUBERNETES_VERSION)}.`;
  const suitable = Object.keys(calicoSupports).filter((minor) => calicoSupports[minor]?.includes(kubernetes));
  return suitable.length > 0
    ? `Use a version of Calico ${listed(suitable, "or")}.`
    : `Change \`kubernetes.version\` as well as \`${path?.join(".")}\`.`;
}

export function* datastoresHaveVersionsThatExist(topology: Topology): Iterable<Violation> {
  for (const [name, { engine, version }] of written(topology.datastores)) {
    const known = engineVersions[engine];
    if (known.some((prefix) => version === prefix || version.startsWith(`${prefix}.`))) continue;
    const remedy = `Use a version that begins with ${listed(known, "or")}.`;
    yield {
      path: ["datastores", name, "version"],
      message: `There is no ${engine} ${version} that topogen knows.`,
      remedy,
    };
  }
}
