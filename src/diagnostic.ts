/** Where a value stands in the topology: the keys and list indexes that lead to it. */
export type Path = readonly (string | number)[];

/** What is wrong with a value, before its place in the text is looked up. */
export interface Finding {
  /** A stable name, such as `unknown-group`. */
  readonly code: string;
  readonly path: Path;
  /** Points at the key in place of its value: for keys that should not be there, or that have a bad name. */
  readonly atKey?: true;
  /** One sentence that names the value and says what is wrong with it. */
  readonly message: string;
  /** What to do, as an instruction. */
  readonly remedy: string;
  readonly severity?: "warning";
  /** The value may be a secret: the line that holds it is not shown. */
  readonly confidential?: true;
  /** What certainly puts it right. */
  readonly fix?: Fix;
}

/** Another text in the place of the value's (with `atKey`, of the key's), if there is one; or an item of a list removed. */
export type Fix = "remove" | ((written: string) => string | undefined);

/** Characters of the topology from `start` up to `end`, which give way to a text. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A finding at its place in the file. Lines and columns count from 1. */
export interface Diagnostic extends Omit<Finding, "fix"> {
  /** What `validate --fix` does about it. */
  readonly edit?: TextEdit;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
