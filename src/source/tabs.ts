import type { Problem } from "./plain-value.ts";

interface Reading {
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

/** The lines that are indented with tabs. Where all widths that make YAML of the text agree on what it says, each has an edit. */
export function tabProblems(text: string, read: (text: string) => Reading): Problem[] {
  if (text.search(indentation) < 0) return [];
  const widths = [2, 4, 8].filter((width) => read(withBlanks(text, width)).problems.length === 0);
  const meanings = new Set(widths.map((width) => JSON.stringify(read(withBlanks(text, width)).value)));
  const [width] = meanings.size === 1 ? widths : [];
  return Array.from(text.matchAll(indentation), ({ index, 0: blanks }) => {
    const edit = { start: index, end: index + blanks.length, text: blanks.replaceAll("\t", " ".repeat(width ?? 0)) };
    return {
      code: "syntax",
      offset: index + blanks.indexOf("\t"),
      message: "YAML is not indented with tabs.",
      remedy: "Indent with blanks.",
      ...(width !== undefined && { edit }),
    };
  });
}

const indentation = /^ *\t[ \t]*(?=\S)/gm;

function withBlanks(text: string, width: number): string {
  return text.replace(indentation, (blanks) => blanks.replaceAll("\t", " ".repeat(width)));
}
