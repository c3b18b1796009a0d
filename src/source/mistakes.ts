/**
 * Says what is wrong with a text that is no YAML as people get it wrong: the parser complains where it can go on no more,
 * which is often some lines below the place to look at.
 */
import type { Problem } from "./plain-value.ts";
import { type Complaint, lineMistake } from "./line-mistake.ts";
import { type Line, mistake, scan } from "./lines.ts";

/** The mistake behind a complaint, if it is a usual one. */
export function usualMistake(text: string, complaint: Complaint): Problem | undefined {
  const { lines, unclosed } = scan(text);
  const isBefore = (problem: Problem | undefined): Problem | undefined =>
    problem && problem.offset <= complaint.offset ? problem : undefined;
  const at = lines.findLast(({ offset, indent }) => offset - indent <= complaint.offset);
  return (
    privateKey(text) ??
    conflict(text) ??
    (at && (strangeBlank(text, at) ?? template(at))) ??
    isBefore(unclosed) ??
    (at && lineMistake(at, lines[lines.indexOf(at) + 1], complaint)) ??
    strayDash(lines) ??
    misplaced(lines)
  );
}

function privateKey(text: string): Problem | undefined {
  const offset = text.search(/-----BEGIN [A-Z ]*PRIVATE KEY-----/);
  const remedy = "Remove it, make a new pair of keys, and write the public one: its file ends with `.pub`.";
  return offset < 0 ? undefined : { ...mistake(offset, "A private key stands here.", remedy), confidential: true };
}

function conflict(text: string): Problem | undefined {
  const offset = text.search(/^<{7} /m);
  const remedy = "Keep one of the two sides, and remove the lines `<<<<<<<`, `=======` and `>>>>>>>`.";
  return offset < 0 ? undefined : mistake(offset, "Git has left a conflict here.", remedy);
}

/** Blanks as word processors and chats make them look the same and are letters to YAML. */
function strangeBlank(text: string, { offset }: Line): Problem | undefined {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  const [line = ""] = /.*/.exec(text.slice(start)) ?? [];
  const blanks = /[\u00a0\u2000-\u200b\u202f\u3000]/g;
  const [head = ""] = /^[\s\u00a0\u200b]*(?:[\w./-]+:[\s\u00a0\u200b]*)?/.exec(line) ?? [];
  const index = head.search(blanks);
  if (index < 0) return undefined;
  const code = head.charCodeAt(index).toString(16).toUpperCase().padStart(4, "0");
  const edit = { start, end: start + head.length, text: head.replace(blanks, " ") };
  return { ...mistake(start + index, `The blank here is none: it is the character U+${code}.`, "Type a blank."), edit };
}

function template({ offset, content }: Line): Problem | undefined {
  const index = content.search(/(?:^|[:-] +)\{\{/);
  const remedy = "Write the value itself: a topology is no template.";
  return index < 0 ? undefined : mistake(offset + content.indexOf("{{"), "The `{{` opens two maps.", remedy);
}

interface Column {
  readonly line: Line;
  readonly kind: "key" | "item" | "item of the key above";
}

/** `- master: …` above `auth: …`, in one column; and the other way round. */
function strayDash(lines: readonly Line[]): Problem | undefined {
  const columns: Column[] = [];
  for (const [at, line] of lines.entries()) {
    while ((columns.at(-1)?.line.indent ?? 0) > line.indent) columns.pop();
    const above = columns.at(-1)?.line.indent === line.indent ? columns.pop() : undefined;
    const kind = kindOf(line, above, lines[at - 1]);
    if (above?.kind === "item" && kind === "key") return dashBeside(above.line, line);
    if (above?.kind === "key" && kind === "item") return dashBeside(line, above.line);
    columns.push({ line, kind });
  }
  return undefined;
}

/** A list may start in the column of its own key. */
function kindOf({ content }: Line, above: Column | undefined, before: Line | undefined): Column["kind"] {
  if (!/^-(?: |$)/.test(content)) return "key";
  if (above?.kind !== "key") return above?.kind ?? "item";
  return above.line === before && before.content.endsWith(":") ? "item of the key above" : "item";
}

function dashBeside({ offset }: Line, { content }: Line): Problem {
  const [key] = /^[^\s:]+/.exec(content) ?? [content];
  const remedy = `Remove it, or write one in front of \`${key}\` as well.`;
  return mistake(offset, `The \`-\` makes a list, and \`${key}\` in the same column is no item of it.`, remedy);
}

interface Level {
  readonly indent: number;
  readonly name: string;
}

/** The first line that starts where no line may. */
function misplaced(lines: readonly Line[]): Problem | undefined {
  let levels: readonly Level[] = [{ indent: 0, name: "" }];
  let opens = false;
  for (const { offset, indent, content } of lines) {
    const last = levels.at(-1) as Level;
    const name = /^(?:- +)*([^\s:]+)/.exec(content)?.[1] ?? content;
    const outer = levels.filter((level) => level.indent <= indent);
    const closest = outer.at(-1) as Level;
    if (indent > last.indent && !opens) return tooDeep(offset, name, last);
    if (indent < last.indent && closest.indent !== indent) return atNoLevel(offset, name, [last, closest]);
    const dashes = /^(?:- +)*/.exec(content)?.[0].length ?? 0;
    levels = [...outer.filter((level) => level.indent < indent), { indent, name }];
    if (dashes > 0) levels = [...levels, { indent: indent + dashes, name }];
    opens = content.endsWith(":") || /^(?:- *)+$/.test(content);
  }
  return undefined;
}

function tooDeep(offset: number, name: string, above: Level): Problem {
  const message = `\`${name}\` is indented deeper than \`${above.name}\` above it, which has a value already.`;
  return mistake(offset, message, "Start both in the same column.");
}

function atNoLevel(offset: number, name: string, levels: readonly Level[]): Problem {
  const columns = levels.map((level) => `${level.indent + 1} as \`${level.name}\``);
  return mistake(offset, `\`${name}\` starts in a column of its own.`, `Start it in column ${columns.join(", or ")}.`);
}
