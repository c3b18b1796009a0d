/** How much an act hurts: nothing stops, something stops for a while, or there is no way back. */
export type Severity = "quiet" | "disruptive" | "irreversible";

/** What is said of one act. */
export interface Line {
  readonly text: string;
  readonly severity: Severity;
}
