import type { Topology } from "../topology.ts";
import { type Violation, written } from "./rule.ts";

/** The five fields of cron as Kubernetes reads them: https://pkg.go.dev/github.com/robfig/cron/v3#hdr-CRON_Expression_Format */
const FIELDS: readonly (readonly [name: string, lowest: number, highest: number])[] = [
  ["minute", 0, 59],
  ["hour", 0, 23],
  ["day of the month", 1, 31],
  ["month", 1, 12],
  ["day of the week", 0, 6],
];

export function* everyScheduleHasATime(topology: Topology): Iterable<Violation> {
  for (const [name, { backup }] of written(topology.datastores)) {
    if (typeof backup !== "object") continue;
    const path = ["datastores", name, "backup", "schedule"];
    const fields = backup.schedule.split(" ");
    const wrong = FIELDS.findIndex(([, lowest, highest], index) => !isField(fields[index] ?? "", lowest, highest));
    const [field = "", lowest, highest] = FIELDS[wrong] ?? [];
    if (wrong >= 0) {
      const message = `\`${fields[wrong]}\` is no ${field}.`;
      yield {
        path,
        message,
        remedy: `Use \`*\`, or numbers, ranges and lists from ${lowest} to ${highest}, such as \`${lowest}\`.`,
      };
    } else if (!comesEver(fields)) {
      yield {
        path,
        message: `\`${backup.schedule}\` never comes: no such month has such a day.`,
        remedy: "Choose a day that the month has.",
      };
    }
  }
}

/** Lists of `*`, `5`, `1-5`, each with or without a step as in `* /15`. */
function isField(field: string, lowest: number, highest: number): boolean {
  return field.split(",").every((part) => {
    const match = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part);
    if (!match) return false;
    const [, from = lowest, to = match[1] ?? highest, step = 1] = match;
    return (
      lowest <= Number(from) &&
      Number(from) <= Number(to) &&
      Number(to) <= highest &&
      Number(step) >= 1 &&
      Number(step) <= highest
    );
  });
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** A day of the month matters only where no day of the week is said: cron takes either. */
function comesEver([, , day = "*", month = "*", weekday = "*"]: readonly string[]): boolean {
  if (weekday !== "*") return true;
  const firstDay = Math.min(...day.split(",").map((part) => (part.startsWith("*") ? 1 : Number.parseInt(part, 10))));
  return DAYS.some((days, index) => firstDay <= days && month.split(",").some((part) => covers(part, index + 1)));
}

function covers(part: string, value: number): boolean {
  const [, from, to, step] = /^(?:\*|(\d+)(?:-(\d+))?)(?:\/(\d+))?$/.exec(part) ?? [];
  const first = Number(from ?? 1);
  const last = Number(to ?? (from === undefined || step !== undefined ? 12 : from));
  return first <= value && value <= last && (value - first) % Number(step ?? 1) === 0;
}
