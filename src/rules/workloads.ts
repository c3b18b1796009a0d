import { leastMemory } from "../model/catalogue/engines.ts";
import { milliCpu, resolveResources } from "../model/quantity.ts";
import type { Path } from "../diagnostic.ts";
import type { ResourcesSpec, Topology } from "../topology.ts";
import { type Violation, written } from "./rule.ts";

export function* aServiceAnswersOrIsAlive(topology: Topology): Iterable<Violation> {
  for (const [name, { http, alive }] of written(topology.services)) {
    if (!http || !alive) continue;
    const message = `\`${name}\` answers HTTP: \`http.health\` tells whether it works, and \`alive\` is for workers.`;
    yield { path: ["services", name, "alive"], atKey: true, message, remedy: "Remove `alive`, or `http`." };
  }
}

export function* everyWorkerIsAskedWhetherItIsAlive(topology: Topology): Iterable<Violation> {
  for (const [name, { http, alive }] of written(topology.services)) {
    if (http || alive) continue;
    const message = `\`${name}\` has no port and no \`alive\`: one that hangs is never restarted.`;
    const remedy = "Name a command that ends with 0 while it works: `alive: [...]`.";
    yield { path: ["services", name], atKey: true, message, remedy, severity: "warning" };
  }
}

export function* theNumberOfPodsIsSaidOnce(topology: Topology): Iterable<Violation> {
  for (const [name, { replicas, scale }] of written(topology.services)) {
    if (replicas === undefined || scale === undefined) continue;
    const message = `\`${name}\` has both \`replicas\` and \`scale\`, which would take turns at changing the number of pods.`;
    yield { path: ["services", name, "replicas"], atKey: true, message, remedy: "Remove `replicas`, or `scale`." };
  }
}

export function* scalesGoUpwards(topology: Topology): Iterable<Violation> {
  for (const [name, { scale }] of written(topology.services)) {
    if (!scale || (scale.min ?? 1) <= scale.max) continue;
    const message = `\`min: ${scale.min}\` is more than \`max: ${scale.max}\`.`;
    yield {
      path: ["services", name, "scale", "min"],
      message,
      remedy: `Set \`min\` to ${scale.max} or less, or raise \`max\`.`,
    };
  }
}

export function* limitsAreNotBelowRequests(topology: Topology): Iterable<Violation> {
  for (const { path, resources } of allResources(topology)) {
    if (resources?.cpuLimit === undefined || milliCpu(resources.cpuLimit) >= resolveResources(resources).cpu) continue;
    const message = `\`cpuLimit: ${resources.cpuLimit}\` is less than the \`cpu\` that is asked for, ${resolveResources(resources).cpu}m.`;
    yield { path: [...path, "cpuLimit"], message, remedy: "Raise `cpuLimit`, or remove it." };
  }
}

function allResources(topology: Topology): { path: Path; resources: ResourcesSpec | undefined }[] {
  return (["datastores", "services"] as const).flatMap((kind) =>
    written<{ readonly resources?: ResourcesSpec }>(topology[kind]).map(([name, { resources }]) => ({
      path: [kind, name, "resources"],
      resources,
    })),
  );
}

export function* datastoresHaveTheMemoryThatTheirEnginesNeed(topology: Topology): Iterable<Violation> {
  for (const [name, { engine, resources }] of written(topology.datastores)) {
    const least = leastMemory[engine];
    if (resolveResources(resources).memory >= least) continue;
    const message = `\`${name}\` has ${resolveResources(resources).memory}Mi of memory, and its engine \`${engine}\` does not work with so little.`;
    yield { path: ["datastores", name, "resources", "memory"], message, remedy: `Use \`${least}Mi\` or more.` };
  }
}

/** What every Linux container has there already, or Kubernetes puts there. */
const SYSTEM = /^\/(proc|sys|dev|etc|bin|sbin|lib|lib64|usr)(\/|$)|^\/var\/run\/secrets(\/|$)/;

export function* writableFoldersAreFreeToMount(topology: Topology): Iterable<Violation> {
  for (const [name, { writable = [] }] of written(topology.services)) {
    for (const [index, folder] of writable.entries()) {
      const path = ["services", name, "writable", index];
      if (SYSTEM.test(folder)) {
        yield {
          path,
          message: `An empty folder at \`${folder}\` would hide the system's own files.`,
          remedy: "Use a folder of the program's own.",
        };
      } else if (folder.split("/").some((part) => part === "." || part === "..")) {
        yield {
          path,
          message: `\`${folder}\` has a part that is \`.\` or \`..\`.`,
          remedy: "Write the path without it.",
        };
      }
    }
  }
}
