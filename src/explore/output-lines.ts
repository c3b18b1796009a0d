/** Which lines of the outputs name which thing of the topology. */
import type { OutputLines, ThingId } from "../../generators/docs/page-data.ts";
import type { GeneratedFile } from "../generated-file.ts";
import type { Model } from "../model/model.ts";

/**
 * For every thing, the lines in which one of its names stands as a whole word, and all lines of a file or a folder that is
 * called after it. The documentation's own files say nothing new.
 */
export function outputLines(model: Model, files: readonly GeneratedFile[]): OutputLines {
  const thingsNamed = namesOf(model);
  const read = files.filter(({ path }) => !path.startsWith(`${model.paths.docs}/`));
  const of: Record<ThingId, [number, number, string][]> = {};
  for (const [file, { path, text }] of read.entries()) {
    const owners = thingsIn(path.split("/").slice(-2).join(" "), thingsNamed);
    for (const [index, line] of text.trimEnd().split("\n").entries()) {
      const named = new Set([...owners, ...thingsIn(line, thingsNamed)]);
      for (const id of named) (of[id] ??= []).push([file, index + 1, line.trim()]);
    }
  }
  return { files: read.map(({ path }) => path), of };
}

/** Every name under which an output may speak of a thing. One name can be several things': `auth` is a service and a group. */
function namesOf({
  nodes,
  services,
  datastores,
  buckets,
  platform,
  edge,
}: Model): ReadonlyMap<string, readonly ThingId[]> {
  const names = new Map<string, ThingId[]>();
  const add = (id: ThingId, ...words: readonly (string | number | null | undefined)[]): void => {
    for (const word of words) if (word != null) names.set(String(word), [...(names.get(String(word)) ?? []), id]);
  };
  for (const { name, address } of nodes) add(`node/${name}`, name, address);
  for (const { name, http } of services) add(`service/${name}`, name, http?.nodePort, http?.route?.targetGroup);
  for (const { name } of datastores) add(`datastore/${name}`, name);
  for (const { name, fullName } of buckets) add(`bucket/${name}`, fullName);
  for (const { id, release } of platform.components) add(`component/${id}`, ...new Set([id, release]));
  if (edge.cdn) add("edge/cdn", edge.cdn.host);
  add("edge/load-balancer", ...edge.hosts);
  return names;
}

/** Words may have points in them (`10.0.1.20`, `auth.api.svc`): the whole word is looked up, and each of its parts. */
function thingsIn(line: string, thingsNamed: ReadonlyMap<string, readonly ThingId[]>): readonly ThingId[] {
  const words = line.match(/[\w-]+(?:\.[\w-]+)*/g) ?? [];
  const parts = words.flatMap((word) => (word.includes(".") ? [word, ...word.split(".")] : [word]));
  return parts.flatMap((part) => thingsNamed.get(part) ?? []);
}
