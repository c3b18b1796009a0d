import { test } from "uvu";
import * as assert from "uvu/assert";
import { place } from "../src/source/position.ts";
import { readSource } from "../src/source/source.ts";

function read(text: string): unknown {
  const { value, problems } = readSource("t.yaml", text);
  assert.equal(problems, [], text);
  return JSON.parse(JSON.stringify(value));
}

/** Each problem as `line:column code message`. */
function problemsOf(text: string): string[] {
  const { problems } = readSource("t.yaml", text);
  for (const problem of problems) assert.match(problem.remedy, /^[A-Z].*\.$/);
  return problems.map(({ line, column, code, message }) => `${line}:${column} ${code} ${message}`);
}

test("values are those of JSON; what only some YAML readers take for more is a text", () => {
  for (const text of [
    "yes",
    "no",
    "on",
    "off",
    "y",
    "0o17",
    "017",
    "0x1f",
    "1_000",
    "1:30",
    ".5",
    "1.",
    "+1",
    ".inf",
    "2026-11-23",
    "1.32.4",
  ]) {
    assert.equal(read(`a: ${text}`), { a: text });
  }
  const pairs: [string, unknown][] = [
    ["1", 1],
    ["-1.5e3", -1500],
    ["true", true],
    ["False", false],
    ["~", null],
    ["", null],
    ["null", null],
  ];
  for (const [text, value] of pairs) assert.equal(read(`a: ${text}`), { a: value });
  assert.equal(read(`a: "1"\nb: 'true'\nc: |\n  ~\n`), { a: "1", b: "true", c: "~\n" });
  assert.equal(read("a: { b: [x, 1], c: }\nd:\n  - e: f\n"), { a: { b: ["x", 1], c: null }, d: [{ e: "f" }] });
});

test("a byte order mark and Windows' line ends are read", () => {
  assert.equal(read("\ufeffa: 1\r\nb: |\r\n  x\r\n  y\r\nc: z\r\n"), { a: 1, b: "x\ny\n", c: "z" });
  assert.is(problemsOf("\ufeffa: &x 1\n")[0]?.split(" ")[0], "1:7");
  assert.equal(problemsOf("\ufeffa: 1\r\na: 2\r\n"), [
    '2:1 repeated-key The key "a" stands twice in one map, first on line 1.',
  ]);
});

test("keys that every object has are keys like any other", () => {
  const { value } = readSource("t.yaml", "a: 1");
  for (const key of ["constructor", "toString", "hasOwnProperty"]) {
    assert.not(key in (value as object));
    assert.equal(read(`${key}: 1`), { [key]: 1 });
  }
});

const refused: [string, string][] = [
  ["", "1:1 empty The file is empty."],
  ["# only a comment\n", "1:1 empty The file is empty."],
  ["# old Macs\ra: 1\r", "1:1 syntax The lines of the file end with carriage returns alone."],
  ["a: 1\nb: 2\na: 3\n", '3:1 repeated-key The key "a" stands twice in one map, first on line 1.'],
  ["x: { a: 1, a: 2 }", '1:12 repeated-key The key "a" stands twice in one map, first on line 1.'],
  ["a: 1\n1: 2\n'1': 3\n", '3:1 repeated-key The key "1" stands twice in one map, first on line 2.'],
  ["a:\n  __proto__: { b: 1 }\n", "2:3 not-allowed A topology does not use the key `__proto__`."],
  ["a: &x 1\n", "1:7 not-allowed A topology does not use anchors (`&name`)."],
  ["b: *x\n", "1:4 not-allowed A topology does not use aliases (`*name`)."],
  ["&x a: 1\n", "1:4 not-allowed A topology does not use anchors (`&name`)."],
  ["a: !!str 5\n", "1:10 not-allowed A topology does not use tags (`!name`)."],
  ["a: !!map { b: 1 }\n", "1:10 not-allowed A topology does not use tags (`!name`)."],
  ["a: !other [1]\n", "1:11 not-allowed A topology does not use tags (`!name`)."],
  ["<<: { a: 1 }\n", "1:1 not-allowed A topology does not use merge keys (`<<`)."],
  ["a: 1\n---\nb: 2\n", "2:1 not-allowed A topology does not use a second document."],
  ["%YAML 1.1\n---\na: yes\n", "1:1 not-allowed A topology does not use %YAML."],
  ["a:\n\t- b\n", "2:1 syntax YAML is not indented with tabs."],
  ["a: b: c\n", "1:4 syntax To YAML, `b: c` is more than a text."],
  ["a: 'x\n", "1:4 syntax The quote that opens here is never closed."],
  ["a: @x\n", "1:4 syntax To YAML, `@x` is more than a text."],
  ["a: { b: *, c: d }\n", "1:9 syntax To YAML, `*` is more than a text."],
  ["a { b: c, d: e }\n", "1:1 syntax No colon stands behind the key."],
  ["a: { b: c, d [e] }\n", "1:12 syntax No colon stands behind the key."],
  ["a: { b: c: d }\n", "1:9 syntax To YAML, `c: d` is more than a text."],
  ["a: [b, , c]\n", "1:6 syntax A second `,` follows the first."],
  ["a: : b\n", "1:2 syntax A second `:` follows the first."],
  ["? [a]\n: b\n", "1:3 syntax With stringKeys, all keys must be strings."],
  ["- a\nb: c\n", "1:1 syntax The `-` makes a list, and `b` in the same column is no item of it."],
  ["a:\n  b: {}\n  - c: {}\n", "3:3 syntax The `-` makes a list, and `b` in the same column is no item of it."],
  ["a:\n- b\n- c\nd: [}\n", "4:5 syntax The `}` stands where `[` is open."],
  ["a:\n-----BEGIN OPENSSH PRIVATE KEY-----\nabc\n", "2:1 syntax A private key stands here."],
  ["a:\n  é한🙂: [1\nb: 2\n", "2:9 syntax The `[` that opens here is never closed."],
];

test("what a topology does not use has a place and a remedy", () => {
  for (const [text, wanted] of refused) assert.is(problemsOf(text)[0], wanted, text);
});

test("of what stands below a mistake in the syntax nothing else is said", () => {
  const said = (text: string): string[] => problemsOf(text).map((problem) => problem.split(" ", 2).join(" "));
  assert.equal(said("x: 1\nnetwork\n  y: 2\nx: 3\n"), ["2:1 syntax"]);
  assert.equal(said("x:\n\ty: 2\nx: 3\n"), ["2:1 syntax"]);
  assert.equal(said("x: 1\nx: 2\nnetwork\n  y: 2\nx: 3\n"), ["2:1 repeated-key", "3:1 syntax"]);
  assert.equal(said("x: &a 1\ny: *, z\n"), ["1:7 not-allowed", "2:4 syntax"]);
});

const bombs: [string, string][] = [
  ["brackets", "[".repeat(5_000)],
  ["closed brackets", `a: ${"[".repeat(5_000)}${"]".repeat(5_000)}`],
  ["braces", "{".repeat(500_000)],
  ["a million brackets", "[".repeat(1_000_000)],
  ["indentation", Array.from({ length: 1_400 }, (_, at) => `${" ".repeat(at)}a:`).join("\n")],
  ["dashes", "- ".repeat(300_000)],
  ["question marks", "? ".repeat(300_000)],
  ["one key many times", "a:\n".repeat(300_000)],
  ["a cycle", "a: &a [*a]"],
  ["laughs", `a: &a [x]\n${Array.from({ length: 20 }, (_, at) => `b${at}: &b${at} [${"*a,".repeat(9)}]`).join("\n")}`],
  ["too large", "x".repeat(2_000_000)],
  ["quotes", `a: "${"\\x".repeat(100_000)}`],
];

/** Processor time, which other programs on the machine do not lengthen. */
function millisecondsSince(started: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1000;
}

test("texts made to exhaust the reader end soon and with a problem", () => {
  for (const [name, text] of bombs) {
    const started = process.cpuUsage();
    assert.ok(problemsOf(text).length > 0, name);
    assert.ok(millisecondsSince(started) < 4_000, `${name}: ${millisecondsSince(started)} ms`);
  }
});

test("a map of 100,000 keys is read in time", () => {
  const started = process.cpuUsage();
  read(Array.from({ length: 100_000 }, (_, at) => `k${at}: 1`).join("\n"));
  assert.ok(millisecondsSince(started) < 4_000, `${millisecondsSince(started)} ms`);
});

const text = `# first
name: backend
nodes:
  auth: { role: api, zone: }
  "scan": # comment
    zones:
      - a
      - b
  none:
`;

test("a finding's place is its value's, or its key's", () => {
  const source = readSource("t.yaml", text);
  const at = (path: (string | number)[], atKey?: true): string => {
    const [found] = place(source, [{ code: "c", path, message: "m", remedy: "r", ...(atKey && { atKey }) }]);
    return `${found?.line}:${found?.column}`;
  };
  assert.is(at([]), "2:1");
  assert.is(at(["name"]), "2:7");
  assert.is(at(["name"], true), "2:1");
  assert.is(at(["nodes"]), "3:1");
  assert.is(at(["nodes", "auth"]), "4:9");
  assert.is(at(["nodes", "auth", "role"]), "4:17");
  assert.is(at(["nodes", "auth", "zone"]), "4:22");
  assert.is(at(["nodes", "scan", "zones"]), "6:5");
  assert.is(at(["nodes", "scan", "zones", 1]), "8:9");
  assert.is(at(["nodes", "none"]), "9:3");
  assert.is(at(["nodes", "scan", "missing", "deeper"]), "5:3");
});

test("findings come in file order, each once", () => {
  const source = readSource("t.yaml", text);
  const finding = (code: string, ...path: string[]) => ({ code, path, message: "m", remedy: "r" });
  const placed = place(source, [
    finding("z", "nodes", "none"),
    finding("b", "name"),
    finding("a", "name"),
    finding("b", "name"),
  ]);
  assert.equal(
    placed.map(({ code, line }) => `${line} ${code}`),
    ["2 a", "2 b", "9 z"],
  );
});

test.run();
