import { sh } from "../output/quote.ts";

/** What a package.json gets, for a topology of this name beside it. A key that is there already stays as it is. */
function scriptsFor(topology: string): Readonly<Record<string, string>> {
  const commands = ["gen", "check", "validate", "plan", "set"];
  return Object.fromEntries(commands.map((command) => [command, `topogen ${command}${fileOption(topology)}`]));
}

/** The option that names the topology, where it has not the name that it usually has. */
export function fileOption(topology: string): string {
  return topology === "topology.yaml" ? "" : ` --file ${sh(topology)}`;
}

interface PackageJson {
  readonly private?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** The text of package.json with the scripts that are missing; null where none is, and where the text is not JSON. */
export function withScripts(text: string | null, topology: string): string | null {
  const before: PackageJson | null = text === null ? { private: true } : parsed(text);
  if (!before) return null;
  const scripts = { ...scriptsFor(topology), ...before.scripts };
  if (Object.keys(scripts).length === Object.keys(before.scripts ?? {}).length) return null;
  const indent = /^[ \t]+(?=")/m.exec(text ?? "")?.[0] ?? "  ";
  return `${JSON.stringify({ ...before, scripts: { ...before.scripts, ...scripts } }, undefined, indent)}\n`;
}

/** The names of scripts that are there already, and say something else. */
export function otherScripts(text: string | null, topology: string): readonly string[] {
  const present = (text === null ? null : parsed(text))?.scripts ?? {};
  return Object.entries(scriptsFor(topology)).flatMap(([name, script]) => {
    return (present[name] ?? script) === script ? [] : [name];
  });
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
