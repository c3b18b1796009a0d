import { readdirSync, readFileSync } from "node:fs";
import { compile } from "../src/compile.ts";
import { meanings } from "../src/meanings/index.ts";
import type { Meaning } from "../src/meanings/meaning.ts";
import { withEdits } from "../src/source/text-edit.ts";
import { unifiedDiff } from "../src/unified-diff.ts";

const cases = readdirSync("test/invalid").sort();

/** docs/diagnostics/, by path from there: a list of all codes, and a page for each with what test/invalid has about it. */
export function diagnosticPages(): Map<string, string> {
  const codes = Object.entries(meanings);
  return new Map([
    ["README.md", listOf(codes)],
    ...codes.map(([code, meaning]) => [`${code}.md`, page(code, meaning)] as const),
  ]);
}

function listOf(codes: readonly (readonly [string, Meaning])[]): string {
  const rows = codes.map(([code, [holds]]) => `| [${code}](${code}.md) | ${holds} |`);
  return `# Diagnostics

Every diagnostic has a code, which stands for a sentence that must hold. \`topogen explain <code>\` says the same.

| code | what must hold |
| --- | --- |
${rows.join("\n")}
`;
}

function page(code: string, [holds, because]: Meaning): string {
  const examples = cases.filter((name) => name.split("--")[0] === code).map(example);
  return [`# ${code}`, `**${holds}** ${because}`, ...examples].join("\n\n").concat("\n");
}

/** What a case is about, the parts of its topology that are wrong, and what is said of them. */
function example(name: string): string {
  const text = readFileSync(`test/invalid/${name}/topology.yaml`, "utf8");
  const { diagnostics } = compile("topology.yaml", text);
  const [said = ""] = readFileSync(`test/invalid/${name}/diagnostics.txt`, "utf8").split(/\n\d+ errors, /);
  const lines = diagnostics.map(({ line }) => line);
  const fixed = withEdits(
    text,
    diagnostics.flatMap(({ edit }) => edit ?? []),
  );
  const title = /^# (.*)/.exec(text)?.[1] ?? name;
  return [
    `## ${title.replace(/[.:]$/, "")}`,
    fence("yaml", excerpt(text, lines)),
    fence("console", `$ topogen validate\n${said}`),
    ...(fixed === text ? [] : ["`topogen validate --fix` makes this of it:", fence("diff", changes(text, fixed))]),
  ].join("\n\n");
}

/** The sections of the topology that lines are in, at most the first twelve lines of each. */
function excerpt(text: string, lines: readonly number[]): string {
  const sections = text.split(/\n(?=\S)/);
  let first = 1;
  const shown = sections.filter((section) => {
    const start = first;
    first += section.split("\n").length;
    return lines.some((line) => line >= start && line < first) && !section.startsWith("#");
  });
  return shown.map((section) => section.trimEnd().split("\n").slice(0, 12).join("\n")).join("\n\n");
}

function changes(is: string, shouldBe: string): string {
  const diff = unifiedDiff({ path: "topology.yaml", kind: "stale", is, shouldBe });
  return diff
    .split("\n")
    .filter((line) => /^[-+](?![-+])/.test(line))
    .join("\n");
}

function fence(language: string, text: string): string {
  return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}
