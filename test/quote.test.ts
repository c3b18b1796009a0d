import { test } from "uvu";
import * as assert from "uvu/assert";
import { hcl, hclKey, ini, json, md, sh } from "../src/output/quote.ts";

/** Compares what a function gives for each value with what is wanted. */
function table<Value>(write: (value: Value) => string, rows: readonly (readonly [Value, string])[]): void {
  for (const [value, wanted] of rows) assert.is(write(value), wanted, JSON.stringify(value));
}

test("HCL literals carry hclwrite's escapes", () => {
  table(hcl, [
    ["plain", '"plain"'],
    ['say "x"', '"say \\"x\\""'],
    ["back\\slash", '"back\\\\slash"'],
    ["a\n\r\tb", '"a\\n\\r\\tb"'],
    ["${a} %{b} $a %b $${c}", '"$${a} %%{b} $a %b $$${c}"'],
    ["\u0001\u00a0\u{e0001}", '"\\u0001\\u00a0\\U000e0001"'],
    ["한글 é 🙂", '"한글 é 🙂"'],
    [5, "5"],
    [1.5, "1.5"],
    [true, "true"],
    [["a", "b${c}", 1], '["a", "b$${c}", 1]'],
    [[], "[]"],
  ]);
});

test("HCL keys are quoted unless they are identifiers", () => {
  table(hclKey, [
    ["Name", "Name"],
    ["a-b_c1", "a-b_c1"],
    ["kubernetes.io/role", '"kubernetes.io/role"'],
    ["1a", '"1a"'],
    ["for", '"for"'],
    ["", '""'],
  ]);
});

test("values of an Ansible inventory are read back with their type", () => {
  table(ini, [
    ["10.0.1.10", "10.0.1.10"],
    ["10.0.0.0/16", "10.0.0.0/16"],
    ["node-1", "node-1"],
    ["/etc/x", "/etc/x"],
    [5, "5"],
    [true, "True"],
    ["5", "'\"5\"'"],
    ["True", "'\"True\"'"],
    ["None", "'\"None\"'"],
    ["", "'\"\"'"],
    ["a b", "'\"a b\"'"],
    ['it\'s # "x"', '\'"it\\x27s # \\"x\\""\''],
    ["a\\b\n", "'\"a\\\\b\\n\"'"],
  ]);
  for (const template of ["{{ x }}", "a{% x", "{#"]) assert.throws(() => ini(template), /template/);
});

test("shell words", () => {
  table(sh, [
    ["a-b_c/d.e:1", "a-b_c/d.e:1"],
    ["", "''"],
    ["it's", "'it'\\''s'"],
    ['$(x) `y` "z" \n', "'$(x) `y` \"z\" \n'"],
    ["a=b", "'a=b'"],
    [5, "5"],
  ]);
});

test("cells of a Markdown table", () => {
  table(md, [
    ["plain words", "plain words"],
    ["a|b", "a\\|b"],
    ["two\nlines", "two<br>lines"],
    ["<b> *x* `y` [z](u)", "\\<b\\> \\*x\\* \\`y\\` \\[z\\](u)"],
  ]);
});

test("JSON literals", () => {
  table(json, [
    ['a"b\n', '"a\\"b\\n"'],
    [{ a: [1, null] }, '{"a":[1,null]}'],
  ]);
  assert.throws(() => json(undefined), /JSON/);
});

test("what cannot be held is an exception in every language", () => {
  for (const write of [hcl, hclKey, ini, sh, md]) {
    for (const text of ["a\0b", "\ud800", "x\udc00y"]) assert.throws(() => write(text), /cannot be written/);
  }
  for (const write of [hcl, ini]) assert.throws(() => write(Number.NaN), /number/);
});

test.run();
