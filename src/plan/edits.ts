import { distinct } from "../order.ts";
import { lookup } from "../lookup.ts";
import { pathText } from "../path-text.ts";

/** One value of the topology that differs. Undefined is a value that is not written. */
export interface TopologyEdit {
  /** `services.auth.image` */
  readonly path: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** The values that differ, by path. What comes or goes as a whole is one of them. */
export function topologyEdits(before: unknown, after: unknown, path: readonly string[] = []): readonly TopologyEdit[] {
  if (isMap(before) && isMap(after)) {
    const keys = distinct([...Object.keys(before), ...Object.keys(after)]);
    return keys.flatMap((key) => topologyEdits(lookup(before, key), lookup(after, key), [...path, key]));
  }
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  return [{ path: pathText(path), before, after }];
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
