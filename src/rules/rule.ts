import type { Finding } from "../diagnostic.ts";
import { nearest } from "../nearest.ts";
import type { Named, Topology } from "../topology.ts";

/** What a rule finds. Its code is the rule's own, and is added by `checkRules`. */
export type Violation = Omit<Finding, "code">;

/** A sentence that must hold for a topology which the schema accepts; yields a violation for each place where it does not. */
export type Rule = (topology: Topology) => Iterable<Violation>;

/** The entries of a map in the order in which they are written. */
export function written<T>(map: Named<T> | undefined): [string, T][] {
  return Object.entries(map ?? {});
}

/** The remedy for a name that does not exist. */
export function didYouMean(name: string, candidates: readonly string[], otherwise: string): string {
  const close = nearest(name, candidates);
  return close === undefined ? otherwise : `Did you mean \`${close}\`?`;
}

/** `a`, `a and b`, `a, b and c`; of more than eight names the first eight, and how many are left out. */
export function listed(names: readonly string[], word: "and" | "or" = "and"): string {
  if (names.length > 8) return `${names.slice(0, 8).join(", ")} ${word} ${names.length - 8} more`;
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} ${word} ${names.at(-1)}`;
}
