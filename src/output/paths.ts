/** Which paths topogen may write. The rules hold for what generators return and for what a manifest claims. */

/** Throws, naming the path, on one that we never write, and on two that are the same file on some system. */
export function checkPaths(paths: readonly string[], output: string): void {
  const known = new Map<string, string>();
  for (const path of paths) {
    const reason = whyNot(path, output);
    if (reason) throw new Error(`${JSON.stringify(path)} ${reason}`);
    const folded = path.normalize("NFC").toLowerCase();
    if (known.has(folded))
      throw new Error(`${JSON.stringify(path)} and ${JSON.stringify(known.get(folded))} are one file`);
    known.set(folded, path);
  }
  for (const path of known.keys()) {
    const folder = foldersOf(path).find((parent) => known.has(parent));
    if (folder !== undefined) throw new Error(`${JSON.stringify(folder)} is a file and a folder`);
  }
}

/** `a/b/c` stands in `a` and `a/b`. */
export function foldersOf(path: string): string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
}

/** The path of the manifest and of the files that accompany it while a run lasts. */
export function manifestPaths(output: string): { manifest: string; pending: string; lock: string } {
  return { manifest: `${output}/MANIFEST`, pending: `${output}/.MANIFEST.pending`, lock: `${output}/.MANIFEST.lock` };
}

/** Names that Windows keeps for devices, and an end that it drops. */
const windowsOnly = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)|[. ]$/i;

function whyNot(path: string, output: string): string | undefined {
  // A path of plain letters is all that generators need, and leaves nothing to escape from.
  if (!/^[A-Za-z0-9._/@+-]+$/.test(path)) return "has a character that is not allowed in a path";
  const parts = path.split("/");
  if (parts.some((part) => part === "" || part === "." || part === "..")) return "is not a plain relative path";
  if (parts.some((part) => windowsOnly.test(part))) return "has a name that not every system can hold";
  const isOurs = path === "atlantis.yaml" || path.startsWith(".github/workflows/") || path.startsWith(`${output}/`);
  if (!isOurs) return `is outside of ${output}/, .github/workflows/ and atlantis.yaml`;
  return Object.values(manifestPaths(output)).includes(path) ? "is the manifest's own" : undefined;
}
