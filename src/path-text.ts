/** Paths of the topology as people read and type them: `services.scan.uses[0]`, `roles.api.labels."disk.type"`. */
import type { Path } from "./diagnostic.ts";
import { Misuse } from "./misuse.ts";

export function pathText(path: Path): string {
  const parts = path.map((part) => (typeof part === "number" ? `[${part}]` : `.${keyText(part)}`));
  return parts.join("").replace(/^\./, "");
}

/** A key with signs that mean something in a path stands in double quotes. */
function keyText(key: string): string {
  return /^[^."[\]\\]+$/.test(key) ? key : JSON.stringify(key);
}

/** A part of a path: a key behind its dot, plain or quoted, or a place in a list. */
const parts = /(?:^|(?<!^)\.)(?:"((?:[^"\\]|\\.)*)"|([^."[\]\\]+))|\[(\d+)\]/gy;

/** The keys that a path consists of; a place in a list may be written `uses[0]` and `uses.0`. Throws Misuse where it is none. */
export function parsePath(text: string): readonly string[] {
  const found = [...text.matchAll(parts)];
  const length = found.reduce((sum, [whole]) => sum + whole.length, 0);
  if (length < text.length)
    throw new Misuse(
      `\`${text}\` is no path: from character ${length + 1} on, \`${text.slice(length)}\`, there is no key`,
    );
  return found.map(([, quoted, plain, place]) => quoted?.replace(/\\(.)/g, "$1") ?? plain ?? place ?? "");
}
