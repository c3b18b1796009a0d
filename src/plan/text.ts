import { count } from "../count.ts";
import type { Plan } from "./plan.ts";
import type { Section } from "./section.ts";
import type { Severity } from "./severity.ts";
import { sheetOf } from "./sheet.ts";

const marks: Readonly<Record<Severity, string>> = { quiet: "  ", disruptive: "! ", irreversible: "!!" };

/** The plan for a terminal. */
export function planText(plan: Plan): string {
  const { edits, sections, idle, files } = sheetOf(plan);
  if (files.length === 0 && sections.length === 0) return "Nothing changes: no generated file differs.\n";
  const parts = [
    [editsTitle(edits.length), ...edits.map((edit) => `  ${edit}`)],
    ...sections.map(sectionLines),
    ...(idle.length > 0 ? [[`Nothing to do for ${idle.join(", ")}.`]] : []),
    ...(files.length > 0
      ? [
          [
            `${count(files.length, "file")} to commit beside it, with the manifest:`,
            ...files.map((file) => `  ${file}`),
          ],
        ]
      : []),
    ...legend(sections),
  ];
  return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

/** Files may differ all the same: another version of topogen has written them, or people. */
function editsTitle(number: number): string {
  if (number === 0) return "No value of the topology differs.";
  return `${count(number, "value")} of the topology ${number === 1 ? "differs" : "differ"}:`;
}

function sectionLines({ title, commands, lines }: Section, index: number): readonly string[] {
  return [
    `${index + 1}. ${title}`,
    ...commands.map((command) => `     $ ${command}`),
    ...lines.map(({ text, severity }) => `  ${marks[severity]} ${text}`),
  ];
}

const meanings: readonly (readonly [Severity, string])[] = [
  ["disruptive", "!  something stops for a while"],
  ["irreversible", "!! there is no way back"],
];

function legend(sections: readonly Section[]): readonly (readonly string[])[] {
  const present = new Set(sections.flatMap(({ lines }) => lines.map(({ severity }) => severity)));
  const lines = meanings.filter(([severity]) => present.has(severity)).map(([, meaning]) => meaning);
  return lines.length > 0 ? [lines] : [];
}
