import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "uvu";
import * as assert from "uvu/assert";

/** The sources below a folder, by path, without those that run in a browser. */
function sources(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path));
  const own = paths.filter((path) => path.endsWith(".ts") && !path.includes("docs/page/"));
  return new Map(own.toSorted().map((path) => [path, readFileSync(path, "utf8")]));
}

const engine = new Map([...sources("src"), ...sources("generators")]);

/** Code without comments and texts, which may name anything. */
function code(text: string): string {
  return text.replace(/\/\*[^]*?\*\/|\/\/.*|"(?:[^"\\\n]|\\.)*"/g, "");
}

/** The files that one imports, as paths from the root. Types are nothing to run, and lead nowhere. */
function imports(path: string, text: string): string[] {
  const statements = text.matchAll(/^(?:import|export) (?!type )[^;]*?from "(\.[^"]+)";/gm);
  return Array.from(statements, ([, target = ""]) => relative(".", join(dirname(path), target)));
}

function filesThat(test: (text: string, path: string) => boolean): string[] {
  return [...engine].filter(([path, text]) => test(text, path)).map(([path]) => path);
}

test("one file touches the file system, one the process and the console, one runs git", () => {
  assert.equal(
    filesThat((text) => /from "(?:node:)?fs(?:\/promises)?"/.test(text)),
    ["src/cli.ts", "src/files.ts"],
  );
  assert.match(
    engine.get("src/cli.ts") ?? "",
    /^import \{ readSync \} from "node:fs";$/m,
    "the command line reads answers",
  );
  assert.equal(
    filesThat((text) => /\b(?:process|console)\./.test(code(text))),
    ["src/cli.ts"],
  );
  assert.equal(
    filesThat((text) => /from "(?:node:)?child_process"/.test(text)),
    ["src/git.ts"],
  );
});

test("below the command line nothing depends on the clock, on chance, on the locale or on the network", () => {
  const outside = /\b(?:Date|Intl|localeCompare|toLocale\w*|performance|fetch|setTimeout)\b|Math\.random/;
  const builtins = /from "(?:node:)?(?:os|http|https|net|dns|tls|timers|worker_threads)"/;
  assert.equal(
    filesThat((text) => outside.test(code(text)) || builtins.test(text)),
    [],
  );
});

/** Each layer, from the top down; a file imports from its own layer and those below. */
const layers: readonly RegExp[] = [
  /^src\/(?:cli|index)\.ts$/,
  /^src\/(?:commands\/|completion)/,
  /^src\/(?:report|unified-diff|files|git|drift|plan\/)/,
  /^src\/compile\.ts$/,
  /^generators\/index\.ts$/,
  /^generators\//,
  /^src\//,
];

function layerOf(path: string): number {
  return layers.findIndex((layer) => layer.test(path));
}

test("imports lead downwards", () => {
  const upwards = [...engine].flatMap(([path, text]) =>
    imports(path, text)
      .filter((target) => layerOf(target) >= 0 && layerOf(target) < layerOf(path))
      .map((target) => `${path} imports ${target}`),
  );
  assert.equal(upwards, []);
});

test("no generator imports another, and none reads files or the source", () => {
  const target = (path: string): string => path.split("/")[1] ?? "";
  const crossing = [...engine].flatMap(([path, text]) => {
    if (!path.startsWith("generators/") || path === "generators/index.ts") return [];
    const others = imports(path, text).filter((to) => to.startsWith("generators/") && target(to) !== target(path));
    const above = imports(path, text).filter((to) => /^src\/(?:files|source|schema|rules|compile|drift)/.test(to));
    return [...others, ...above].map((to) => `${path} imports ${to}`);
  });
  assert.equal(crossing, []);
});

test("there are no cycles of imports", () => {
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]): string | undefined => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path].join(" > ");
    if (done.has(path)) return undefined;
    const found = imports(path, engine.get(path) ?? "").map((to) => visit(to, [...way, path]));
    done.add(path);
    return found.find((cycle) => cycle !== undefined);
  };
  const cycles = [...engine.keys()].map((path) => visit(path, [])).filter((cycle) => cycle !== undefined);
  assert.equal(cycles, []);
});

test("files are short", () => {
  assert.equal(
    filesThat((text) => text.split("\n").length > 251),
    [],
  );
});

test("every test file runs its tests", () => {
  const tests = [...sources("test")].filter(([path]) => path.endsWith(".test.ts"));
  assert.ok(tests.length > 10);
  assert.equal(
    tests.filter(([, text]) => !/^\s*\w+\.run\(\);$/m.test(text)).map(([path]) => path),
    [],
  );
});

test.run();
