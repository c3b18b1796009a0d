/**
 * Says what is wrong with a text that is no YAML as people get it wrong: the parser complains where it can go on no more,
 * which is often some lines below the place to look at.
 */
import type { Problem } from "./plain-value.ts";
import { type Line, mistake, scan } from "./lines.ts";

/** What the parser said first. */
export interface Complaint {
  readonly offset: number;
  readonly message: string;
}

/** The mistake behind a complaint, if it is a usual one. */
export function usualMistake(text: string, complaint: Complaint): Problem | undefined {
  const { lines, unclosed } = scan(text);
  const isBefore = (problem: Problem | undefined): Problem | undefined =>
    problem && problem.offset <= complaint.offset ? problem : undefined;
  const at = lines.findLast(({ offset, indent }) => offset - indent <= complaint.offset);
  return (
    conflict(text) ??
    (at && (strangeBlank(text, at) ?? template(at))) ??
    isBefore(unclosed) ??
    (at && (withoutColon(at) ?? unquoted(at, complaint, text))) ??
    misplaced(lines)
  );
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

/** `image v1.0.0`, `image:v1.0.0`, `image = v1.0.0`, `services` */
function withoutColon({ offset, content }: Line): Problem | undefined {
  if (/:(?:\s|$)|^[-[{"'?]/.test(content)) return undefined;
  const [, name = "", sign = "", value = ""] = /^([\w./-]+?)(?:(:| *= *| +)(.*))?$/.exec(content) ?? [];
  if (name === "") return undefined;
  const written = `${name}:${value && ` ${value}`}`;
  const edit = { start: offset, end: offset + content.length, text: written };
  const message = sign === ":" ? "No blank stands behind the colon." : "No colon stands behind the key.";
  return { ...mistake(offset, message, `Write \`${written}\`.`), ...(!/^ +$/.test(sign) && { edit }) };
}

/** A text that has a meaning in YAML: it begins with `@`, `%` or the like, or holds `: `. */
function unquoted({ offset, content }: Line, complaint: Complaint, text: string): Problem | undefined {
  const rest = content.slice(complaint.offset - offset);
  const before = text.slice(0, complaint.offset).trimEnd().at(-1);
  if (complaint.offset <= offset || !/[:,[{-]/.test(before ?? "")) return undefined;
  const isInBrackets = /Block collections|flow/.test(complaint.message);
  const value = (isInBrackets ? /^[^,[\]{}]*/ : /.*/).exec(rest)?.[0].trimEnd() ?? "";
  const comma = isInBrackets ? /\s+([\w./-]+:) /.exec(value) : null;
  if (comma) {
    const next = complaint.offset + comma.index + comma[0].search(/\S/);
    return mistake(next, `No comma stands in front of \`${comma[1]}\`.`, `Write \`, ${comma[1]}\`.`);
  }
  if (!/^[@`%*&!|>]|: /.test(value) || /["'\\]/.test(value)) return undefined;
  const quoted = JSON.stringify(value);
  const edit = { start: complaint.offset, end: complaint.offset + value.length, text: quoted };
  const message = `To YAML, \`${value}\` is more than a text.`;
  return { ...mistake(complaint.offset, message, `Write \`${quoted}\`.`), edit };
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
