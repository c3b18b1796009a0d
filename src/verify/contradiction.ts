import type { Facts } from "./facts.ts";

/** Two outputs that do not agree. */
export interface Contradiction {
  /** The check that found it. */
  readonly check: string;
  /** The file that says what no other confirms. */
  readonly file: string;
  readonly message: string;
}

/** Finds contradictions of one kind; what it is called is in the list of checks. */
export type Check = (facts: Facts) => readonly Omit<Contradiction, "check">[];
