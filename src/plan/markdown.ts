import { count } from "../count.ts";
import type { Plan } from "./plan.ts";
import type { Section } from "./section.ts";
import type { Severity } from "./severity.ts";
import { sheetOf } from "./sheet.ts";

const marks: Readonly<Record<Severity, string>> = { quiet: "", disruptive: "⚠️ ", irreversible: "⛔ " };

/** The plan as a comment on a pull request. Texts of the topology stand in code, where Markdown means nothing. */
export function planMarkdown(plan: Plan): string {
  const { edits, sections, idle, files } = sheetOf(plan);
  if (files.length === 0 && sections.length === 0)
    return "### topogen plan\n\nNothing changes: no generated file differs.\n";
  const parts = [
    "### topogen plan",
    edits.map((edit) => `- ${code(edit)}`).join("\n") || "No value of the topology differs.",
    ...sections.map(sectionText),
    ...(idle.length > 0 ? [`Nothing to do for ${idle.join(", ")}.`] : []),
    ...(files.length > 0
      ? [details(count(files.length, "file"), files.map((file) => `- ${code(file)}`).join("\n"))]
      : []),
    ...legend(sections),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** More lines than this are folded. */
const longest = 12;

function sectionText({ title, commands, lines }: Section, index: number): string {
  const items = lines.map(({ text, severity }) => `- ${marks[severity]}${code(text)}`).join("\n");
  const shown = lines.length > longest ? details(count(lines.length, "line"), items) : items;
  const typed = commands.map((command) => code(command)).join("<br>");
  return [`**${index + 1}. ${title}**`, ...(typed === "" ? [] : [typed]), ...(items === "" ? [] : [shown])].join(
    "\n\n",
  );
}

function details(summary: string, text: string): string {
  return `<details><summary>${summary}</summary>\n\n${text}\n\n</details>`;
}

/** A span of code. It may hold backticks: the fence is longer than any of them. */
function code(text: string): string {
  const line = text.replace(/\s*\n\s*/g, " ");
  const fence = "`".repeat(Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  const pad = line.startsWith("`") || line.endsWith("`") ? " " : "";
  return `${fence}${pad}${line}${pad}${fence}`;
}

function legend(sections: readonly Section[]): readonly string[] {
  const present = new Set(sections.flatMap(({ lines }) => lines.map(({ severity }) => severity)));
  const meanings = [
    ...(present.has("disruptive") ? ["⚠️ something stops for a while"] : []),
    ...(present.has("irreversible") ? ["⛔ there is no way back"] : []),
  ];
  return meanings.length > 0 ? [meanings.join(" · ")] : [];
}
