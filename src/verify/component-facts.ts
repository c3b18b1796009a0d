import type { GeneratedFile } from "../generated-file.ts";
import { catalogue } from "../model/catalogue/components.ts";
import type { Paths } from "../model/model.ts";
import { at, listAt, textAt, textsAt } from "../read/at.ts";
import { type Data, readYaml } from "../read/yaml.ts";
import type { ComponentFact, Placement, SecretKey, ServiceFact } from "./facts.ts";
import { toleration } from "./toleration.ts";

/** The components that have a file of Helm values, and what of these others rely on. */
export function componentFacts(files: readonly GeneratedFile[], { ansible }: Paths): readonly ComponentFact[] {
  const folder = `${ansible}/values/`;
  return files
    .filter(({ path }) => path.startsWith(folder))
    .map(({ path, text }) => component(path, path.slice(folder.length).replace(/\.yml$/, ""), readYaml(text)[0]));
}

function component(file: string, id: string, values: Data = {}): ComponentFact {
  const { release = id, namespace = "" } = catalogue.find((entry) => entry.id === id) ?? {};
  return {
    file,
    id,
    namespace,
    placements: placementsIn(values),
    secretKeys: secretKeysIn(values),
    off: partsOf(values).flatMap(([name, part]) => (at(part, "enabled") === false ? [name] : [])),
    services: nodePortServices({ file, namespace }, release, values),
    storageClasses: {
      made: listAt(values, "storageClasses").map((storageClass) => textAt(storageClass, "name")),
      used: textsNamed("storageClassName", values),
    },
  };
}

function partsOf(values: Data): [string, Data][] {
  return typeof values === "object" && values !== null ? Object.entries(values) : [];
}

/** What charts call it, and what Calico's operator calls it for the pods that it starts. */
const PLACEMENT_KEYS = [
  ["nodeSelector", "tolerations"],
  ["controlPlaneNodeSelector", "controlPlaneTolerations"],
] as const;

/** Every nodeSelector, at any depth; Calico's ranges of addresses have a text of that name, which is none. */
function placementsIn(value: Data): readonly Placement[] {
  const own = PLACEMENT_KEYS.map(([selector, tolerations]) => ({
    nodeSelector: textsAt(value, selector),
    tolerations: listAt(value, tolerations).map(toleration),
  })).filter(({ nodeSelector }) => Object.keys(nodeSelector).length > 0);
  return [...own, ...partsOf(value).flatMap(([, member]) => placementsIn(member))];
}

/** Grafana's keys are named beside its Secret; Atlantis takes all keys of some. */
function secretKeysIn(value: Data): readonly SecretKey[] {
  const secret = textAt(value, "existingSecret");
  const keys = secret ? partsOf(value).filter(([name]) => name.endsWith("Key")) : [];
  return [
    ...keys.map(([, key]) => ({ secret, key: String(key) })),
    ...listAt(value, "loadEnvFromSecrets").map((name) => ({ secret: String(name), key: "" })),
    ...partsOf(value).flatMap(([, member]) => secretKeysIn(member)),
  ];
}

function textsNamed(name: string, value: Data): readonly string[] {
  return partsOf(value).flatMap(([key, member]) =>
    key === name && typeof member === "string" ? [member] : textsNamed(name, member),
  );
}

/** Charts name their Service by the release, and that of a part by the part behind it; they listen on port 80 if nothing is said. */
function nodePortServices(
  of: Pick<ServiceFact, "file" | "namespace">,
  release: string,
  values: Data,
): readonly ServiceFact[] {
  return [["", values] as const, ...partsOf(values)].flatMap(([part, said]) => {
    const nodePort = at(said, "service.nodePort");
    if (nodePort === undefined) return [];
    const port = Number(at(said, "service.port") ?? 80);
    const name = part === "" ? release : `${release}-${part}`;
    return [
      {
        ...of,
        name,
        labels: {},
        selector: {},
        ports: [{ name: "", port, target: "", nodePort: Number(nodePort) }],
      },
    ];
  });
}
