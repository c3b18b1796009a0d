import type { Resources, Route } from "../../src/model/model.ts";
import type { Fact } from "./page-data.ts";

/** The facts that there are: a label with null or nothing is left out. */
export function facts(...pairs: readonly (readonly [label: string, value: string | number | null])[]): readonly Fact[] {
  return pairs.flatMap(([label, value]) => (value === null || value === "" ? [] : [[label, String(value)] as const]));
}

/** With at most two digits behind the point: `0.85`. */
export function rounded(amount: number): number {
  return Math.round(amount * 100) / 100;
}

/** `0.5 CPU, 1.25 GiB` */
export function resources({ cpu, memory }: Resources): string {
  return `${rounded(cpu / 1000)} CPU, ${rounded(memory / 1024)} GiB`;
}

/** `2 pods`, `1 pod` */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? "" : "s"}`;
}

/** The address that a browser would be given. */
export function url({ host, path }: Pick<Route, "host" | "path">): string {
  return `https://${host}${path ?? "/"}`;
}
