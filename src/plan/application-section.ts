import { count } from "../count.ts";
import type { ApplicationChange, ObjectChange } from "./argocd.ts";
import type { Section } from "./section.ts";
import type { Line } from "./severity.ts";

/** What Argo CD does. */
export function applicationSection(applications: readonly ApplicationChange[]): Section {
  const lines = applications.flatMap(applicationLines);
  return {
    title: `Argo CD, by itself after the merge: ${count(applications.length, "Application")} to sync`,
    commands: [],
    lines,
  };
}

function applicationLines({ application, runsAnsible, isReleased, objects }: ApplicationChange): readonly Line[] {
  const hook: Line = { text: `${application}: its hook runs Ansible's site.yml`, severity: "quiet" };
  const release: Line = {
    text: `- ${application}, once a person has confirmed it; all that it made stays, its data too`,
    severity: "quiet",
  };
  return [
    ...(runsAnsible ? [hook] : []),
    ...(isReleased ? [release] : []),
    ...objects.map((object) => objectLine(application, object)),
  ];
}

const objectSigns = { create: "+", update: "~", delete: "-" };
const podsText = {
  kept: "",
  rolled: "; its pods are replaced one by one",
  stopped: "; its pods stop before new ones start",
};

function objectLine(application: string, change: ObjectChange): Line {
  const { action, kind, namespace, name, pods, replicas, isConfirmed, obstacle, severity } = change;
  const place = namespace === "" ? name : `${namespace}/${name}`;
  const scaled = replicas === null ? "" : `; ${replicas.before} -> ${replicas.after} pods`;
  const details = [
    scaled,
    action === "delete" ? "" : podsText[pods],
    isConfirmed ? "; once a person has confirmed it" : "",
    obstacle === null ? "" : `; ${obstacle}, and gen refuses this`,
  ];
  return { text: `${application}: ${objectSigns[action]} ${kind} ${place}${details.join("")}`, severity };
}
