/** What a package.json gets. A key that is there already stays as it is. */
const SCRIPTS: Readonly<Record<string, string>> = {
  gen: "topogen gen",
  check: "topogen check",
  validate: "topogen validate",
  plan: "topogen plan",
  set: "topogen set",
};

interface PackageJson {
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** The text of package.json with the scripts that are missing; null where none is, and where the text is not JSON. */
export function withScripts(text: string | null): string | null {
  const before: PackageJson | null = text === null ? { private: true } : parsed(text);
  if (!before) return null;
  const scripts = { ...SCRIPTS, ...before.scripts };
  if (Object.keys(scripts).length === Object.keys(before.scripts ?? {}).length) return null;
  const indent = /^[ \t]+(?=")/m.exec(text ?? "")?.[0] ?? "  ";
  return `${JSON.stringify({ ...before, scripts: { ...before.scripts, ...scripts } }, undefined, indent)}\n`;
}

/** Null where npm could not read it either: its own message is the better one. */
function parsed(text: string): PackageJson | null {
  try {
    return JSON.parse(text) as PackageJson;
  } catch {
    return null;
  }
}

/** Whether `npm ci` finds topogen on another machine: package.json names it, and not as a file outside of the repository. */
export function findsTopogen(text: string | null): boolean {
  const { dependencies, devDependencies } = (text === null ? null : parsed(text)) ?? {};
  const specifier = { ...dependencies, ...devDependencies }["topogen"];
  return specifier !== undefined && !/^file:(?:\.\.|\/|~|[A-Za-z]:)/.test(specifier);
}
