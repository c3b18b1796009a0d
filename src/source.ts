/** Reads the text of a topology: strict YAML 1.2, one document, nothing that hides what a value is. */
import { Composer, Lexer, Parser, type Document, type ParsedNode } from "yaml";
import type { Diagnostic } from "./diagnostic.ts";
import { plainValue, refuse, type Problem } from "./plain-value.ts";
import { positionsIn } from "./position.ts";

/** A topology's text and the value that it holds, not yet checked for anything but its syntax. */
export interface Source {
  /** As the user named it. */
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
  /** The syntax tree, in which places are looked up. */
  readonly root: ParsedNode | null;
  /** What is wrong with the syntax. The value is incomplete where there is any. */
  readonly problems: readonly Diagnostic[];
}

const largestText = 1024 * 1024;
const mostLexemes = 800_000;
const deepestNesting = 64;
const mostProblems = 100;

/** Never throws: whatever a text holds, the outcome is a value or problems with their places. */
export function readSource(file: string, text: string): Source {
  const content = text.startsWith("\ufeff") ? text.slice(1) : text;
  const { root, value, problems } = parse(content);
  if (problems.length === 0) return { file, text: content, value, root, problems: [] };
  const positionAt = positionsIn(content);
  const placed = problems
    .slice(0, mostProblems)
    .map(({ offset, ...problem }) => ({ ...problem, path: [], file, ...positionAt(offset) }));
  return { file, text: content, value, root, problems: onePerLine(placed) };
}

interface Parsed {
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

function parse(text: string): Parsed {
  if (text.length > largestText) return failed(tooLarge("1 MiB"));
  try {
    const tree = syntaxTree(text);
    return "offset" in tree ? failed(tree) : valueOf(tree);
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

function valueOf([document, second]: readonly Document.Parsed[]): Parsed {
  const problems = (document?.errors ?? []).map(({ code, pos, message }) => syntaxProblem(code, pos[0], message));
  if (document === undefined || document.contents === null) {
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
  const value = plainValue(root, problems);
  return { root, value, problems };
}

const remedies: Record<string, string> = {
  TAB_AS_INDENT: "Indent with blanks.",
  BAD_INDENT: "Start the keys of one map in the same column, and close every bracket.",
  MISSING_CHAR: "Add the missing character.",
  BAD_SCALAR_START: "Put the text in double quotes.",
  BLOCK_AS_IMPLICIT_KEY: "Put a text that contains `: ` in double quotes.",
  MULTILINE_IMPLICIT_KEY: "End the line above with `:`, or put a text of several lines in quotes.",
  NON_STRING_KEY: "Write a plain name in front of the colon.",
};

function syntaxProblem(code: string, offset: number, message: string): Problem {
  const remedy = remedies[code] ?? "Correct the YAML here. A text with special characters needs double quotes.";
  return { code: "syntax", offset, message: `${message}.`, remedy };
}

/** One mistake makes the parser complain several times; what it says first about a line is what helps. */
function onePerLine(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const inOrder = diagnostics.toSorted((a, b) => a.line - b.line || a.column - b.column);
  return inOrder.filter((diagnostic, at) => diagnostic.line !== inOrder[at - 1]?.line || diagnostic.code !== "syntax");
}
