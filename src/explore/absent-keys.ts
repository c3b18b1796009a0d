import type { Leaf } from "./leaves.ts";
import { lookup } from "../lookup.ts";
import { schemaAt, type Subschema } from "../schema/tree.ts";

/** The keys that could stand in the maps of the topology and do not. What they say then is their default. */
export function absentKeys(topology: unknown, path: Leaf["path"] = [], value: unknown = topology): readonly Leaf[] {
  if (Array.isArray(value)) return value.flatMap((item, at) => absentKeys(topology, [...path, at], item));
  const isMap = typeof value === "object" && value !== null;
  const { properties = {} } = isMap || value === undefined ? schemaAt(topology, path) : ({} as Subschema);
  const present = isMap ? Object.entries(value) : [];
  return [
    ...present.flatMap(([key, child]) => absentKeys(topology, [...path, key], child)),
    ...Object.keys(properties)
      .filter((key) => !isMap || lookup(value as Readonly<Record<string, unknown>>, key) === undefined)
      .flatMap((key) => absentAt(topology, [...path, key])),
  ];
}

/** A key that holds a map stands for the keys of that map; of a map of names that the user chooses there are none. */
function absentAt(topology: unknown, path: Leaf["path"]): readonly Leaf[] {
  const { properties, additionalProperties } = schemaAt(topology, path);
  if (properties) return absentKeys(topology, path, undefined);
  return additionalProperties ? [] : [{ path, place: "", value: undefined }];
}
