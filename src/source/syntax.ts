/** Reads all of YAML 1.2 that a topology may use, and says what is wrong with the rest. */
import { Composer, Lexer, Parser, type Document, type ParsedNode } from "yaml";
import { plainValue, refuse, type Problem } from "./plain-value.ts";
import { positionsIn } from "./line-column.ts";
import { tabProblems } from "./tabs.ts";
import { usualMistake } from "./mistakes.ts";

/** The longest text that is read, in UTF-16 units. */
export const largestText = 1024 * 1024;
const mostLexemes = 800_000;
const deepestNesting = 64;

/** What a text holds, with its syntax tree, in which places are looked up. */
export interface Parsed {
  readonly root: ParsedNode | null;
  readonly value: unknown;
  readonly problems: readonly Problem[];
}

function failed(...problems: Problem[]): Parsed {
  return { root: null, value: null, problems };
}

function tooLarge(limit: string): Problem {
  return {
    code: "too-large",
    offset: 0,
    message: `The file is larger than ${limit}.`,
    remedy: "Check that this is the right file.",
  };
}

/** Never throws. */
export function parse(text: string): Parsed {
  if (text.length > largestText) return failed(tooLarge("1 MiB"));
  try {
    const tree = syntaxTree(text);
    return "offset" in tree ? failed(tree) : valueOf(tree, text);
  } catch (error) {
    // The parser has exceptions of its own for a few texts; what they say is of no use to anybody who edits the file.
    const remedy = "Take back the last change, and make it again in smaller steps.";
    return failed({
      code: "unreadable",
      offset: 0,
      message: `The file cannot be read as YAML (${(error as Error).name}).`,
      remedy,
    });
  }
}

/**
 * As `parseDocument` of the yaml package, but the nesting is measured while the text is read: the package descends by
 * recursion, and some 1,000 levels end the whole process.
 */
function syntaxTree(text: string): readonly Document.Parsed[] | Problem {
  const parser = new Parser();
  const tokens = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    for (const token of parser.next(lexeme)) tokens.push(token);
    if (++lexemes > mostLexemes) return tooLarge("800,000 words and signs");
    if (parser.stack.length > deepestNesting) {
      const message = `Values are nested more than ${deepestNesting} levels deep.`;
      return {
        code: "too-deep",
        offset: parser.offset,
        message,
        remedy: "Close the brackets that are open before this place.",
      };
    }
  }
  for (const token of parser.end()) tokens.push(token);
  // All scalars stay texts ("failsafe"): plainValue decides what is a number, a boolean or null.
  const composer = new Composer<ParsedNode>({
    version: "1.2",
    schema: "failsafe",
    uniqueKeys: false,
    stringKeys: true,
  });
  return [...composer.compose(tokens, true, text.length)];
}

/** To YAML's parser all of such a file may be one comment. */
const loneCarriageReturns: Problem = {
  code: "syntax",
  offset: 0,
  message: "The lines of the file end with carriage returns alone.",
  remedy: "Save it with line feeds, as Unix has them.",
};

function valueOf([document, second]: readonly Document.Parsed[], text: string): Parsed {
  const problems = syntaxProblems(document?.errors ?? [], text);
  if (document === undefined || document.contents === null) {
    if (/\r[^\n]/.test(text)) return failed(loneCarriageReturns);
    problems.push({
      code: "empty",
      offset: 0,
      message: "The file is empty.",
      remedy: "Write `topology: v1`, and go on from there.",
    });
    return failed(...problems);
  }
  if (document.directives.yaml.explicit)
    problems.push(refuse("%YAML", 0, "Remove the line: the file is YAML 1.2 in any case."));
  if (second) problems.push(refuse("a second document", second.range[0], "Remove the line `---` and what follows it."));
  const root = document.contents;
  const positionAt = positionsIn(text);
  const value = plainValue(root, { problems, lineAt: (offset) => positionAt(offset).line });
  return { root, value, problems: untilMisread(problems) };
}

/** Below a mistake in the syntax keys stand in maps that are not theirs: nothing true can be said of them. */
function untilMisread(problems: readonly Problem[]): readonly Problem[] {
  const misread = problems.reduce(
    (least, { code, offset }) => (code === "syntax" ? Math.min(least, offset) : least),
    Infinity,
  );
  return problems.filter(({ code, offset }) => code === "syntax" || offset < misread);
}

/** What the parser says of one value is said of each; what it says of the structure is true only the first time. */
const mostTold = 20;
const local = ["BAD_SCALAR_START", "BAD_DQ_ESCAPE", "BAD_ALIAS"];

function syntaxProblems(errors: Document.Parsed["errors"], text: string): Problem[] {
  if (errors.length === 0) return [];
  const tabs = tabProblems(text, (candidate) => parse(candidate));
  if (tabs.length > 0) return tabs;
  const end = errors.findIndex(({ code }) => !local.includes(code));
  const told = (end < 0 ? errors : errors.slice(0, end + 1)).slice(0, mostTold);
  return told.map(({ code, pos, message }) => {
    return usualMistake(text, { offset: pos[0], message }) ?? syntaxProblem(code, pos[0], message);
  });
}

const remedies: Record<string, string> = {
  BAD_INDENT: "Start the keys of one map in the same column, and close every bracket.",
  BAD_DQ_ESCAPE: "Write a backslash twice, or put the text in single quotes.",
  NON_STRING_KEY: "Write a plain name in front of the colon.",
};

function syntaxProblem(code: string, offset: number, message: string): Problem {
  const remedy = remedies[code] ?? "Correct the YAML here. A text with special characters needs double quotes.";
  return { code: "syntax", offset, message: `${message}.`, remedy };
}
