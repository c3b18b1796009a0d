import type { Line } from "./severity.ts";

/** What one tool does, or a person. */
export interface Section {
  readonly title: string;
  /** What a person types, if it is not left to the tool. */
  readonly commands: readonly string[];
  readonly lines: readonly Line[];
}
