import { at, listAt, textAt } from "../read/at.ts";
import type { Data } from "../read/yaml.ts";

/** A manifest, and the file that it stands in. */
export interface Manifest {
  readonly file: string;
  readonly kind: string;
  readonly object: Data;
}

/** Where each kind that starts pods keeps its pod template. */
const TEMPLATES: Readonly<Record<string, string>> = {
  Deployment: "spec.template",
  StatefulSet: "spec.template",
  DaemonSet: "spec.template",
  Job: "spec.template",
  CronJob: "spec.jobTemplate.spec.template",
};

export function startsPods({ kind }: Manifest): boolean {
  return Object.hasOwn(TEMPLATES, kind);
}

/** The pod template; undefined for a kind that starts no pods. */
export function podTemplate({ kind, object }: Manifest): Data | undefined {
  const path = TEMPLATES[kind];
  return path === undefined ? undefined : at(object, path);
}

export function identity({ file, object }: Manifest) {
  return { file, namespace: textAt(object, "metadata.namespace"), name: textAt(object, "metadata.name") };
}

/** What an Application takes from repositories. */
export function sourcesOf({ object }: Manifest): readonly Data[] {
  const source = at(object, "spec.source");
  return source === undefined ? listAt(object, "spec.sources") : [source];
}
