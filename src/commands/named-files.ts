/** The files that a command line names. Where one cannot be what it is named for, that is wrong usage. */
import { dirname } from "node:path";
import { findText, isFolder, readText } from "../files.ts";
import { Misuse } from "../misuse.ts";

/** The topology's text. */
export function readTopology(file: string): string {
  return orMisuse(() => readText(file), {
    ENOENT: `there is no file ${file}: \`topogen init\` begins one, --file names another`,
    ENOTDIR: `${dirname(file)} is not a folder: --file names the topology`,
    EISDIR: `${file} is a folder: --file names a file`,
  });
}

/** The text of a file that may be there already; null where it is not. */
export function findNamed(option: "file" | "to", path: string): string | null {
  return orMisuse(() => findText(path), { EISDIR: `${path} is a folder: --${option} names a file` });
}

/** Throws Misuse where the folder of a file that is to be written is not there. */
export function requireFolderOf(path: string): void {
  if (!isFolder(dirname(path))) throw new Misuse(`there is no folder ${dirname(path)}: make it first`);
}

/** Does it, or throws Misuse with what the code of the error means here. */
function orMisuse<Result>(action: () => Result, meanings: Readonly<Record<string, string>>): Result {
  try {
    return action();
  } catch (error) {
    const meaning = meanings[(error as NodeJS.ErrnoException).code ?? ""];
    throw meaning === undefined ? error : new Misuse(meaning);
  }
}
