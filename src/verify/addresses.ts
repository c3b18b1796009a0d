import type { Labels } from "../model/model.ts";
import type { Address } from "./facts.ts";

/** A Service's name inside the cluster, and the port where it follows at once: as in a URL, or as an option of redis-cli. */
const HOST = /\b([a-z0-9-]+)\.([a-z0-9-]+)\.svc\.cluster\.local(?:(?::| -p )(\d+))?/g;

/** Where variables say that others are. The port of `POSTGRES_HOST` is in `POSTGRES_PORT`. */
export function addressesIn(variables: Labels): readonly Address[] {
  return Object.entries(variables).flatMap(([name, value]) => {
    if (!value.includes(".svc.")) return [];
    const beside = name.endsWith("HOST") ? variables[`${name.slice(0, -"HOST".length)}PORT`] : undefined;
    return [...value.matchAll(HOST)].map(([, service = "", namespace = "", port = beside ?? ""]) => ({
      namespace,
      service,
      port,
    }));
  });
}
