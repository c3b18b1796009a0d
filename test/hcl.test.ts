import { suite } from "uvu";
import * as assert from "uvu/assert";
import { hcl, hclKey } from "../src/output/quote.ts";
import { Expression, readHcl, type HclValue } from "../src/read/hcl.ts";
import { randomTexts } from "./random.ts";

const test = suite("hcl");

function value(text: string): HclValue | undefined {
  return readHcl(`a = ${text}\n`).attributes["a"];
}

const literals: readonly (readonly [string, HclValue])[] = [
  ['"text"', "text"],
  ['"a\\"b\\\\c\\n\\t\\u00e9\\U0001F600"', 'a"b\\c\n\té😀'],
  ['"$${x} %%{y} $x 5% $$x $$$${z}"', "${x} %{y} $x 5% $$x $$${z}"],
  ["12", 12],
  ["-1.5", -1.5],
  ["1e3", 1000],
  ["true", true],
  ["null", null],
  ["[]", []],
  ['[1, "b", [true], ]', [1, "b", [true]]],
  ["[\n  1, # one\n  2,\n]", [1, 2]],
  ["{}", {}],
  ['{ a = 1, b = "c" }', { a: 1, b: "c" }],
  ['{\n  a = 1\n  "b.c" : { d = [] }\n}', { a: 1, "b.c": { d: [] } }],
  ["<<EOT\none\n  two\nEOT", "one\n  two\n"],
  ["<<-EOT\n    one\n      two\n\n    EOT", "one\n  two\n\n"],
];

for (const [text, want] of literals) {
  test(`the literal ${text}`, () => {
    assert.equal(value(text), want);
  });
}

const expressions: readonly string[] = [
  "each.value.zone",
  '"${local.id}-api"',
  '"%{ if a }b%{ endif }"',
  '{ for name, node in local.nodes : name => node if node.role == "control-plane" }',
  "[for record in aws_route53_record.main : record.fqdn]",
  'jsonencode({\n  a = "}"\n  b = [1, 2]\n})',
  'each.value.role == "control-plane" ? "a" : "b"',
  "1 + 2",
  "{ (var.key) = 1 }",
  '{ "a-${b}" = 1 }',
  '["a", "b"][0]',
];

for (const text of expressions) {
  test(`the expression ${text}`, () => {
    assert.equal(value(text), new Expression(text));
  });
}

test("an expression ends at the comment behind it", () => {
  assert.equal(value("local.a # why"), new Expression("local.a"));
  assert.equal(value("{ a = local.b, c = [d] }"), { a: new Expression("local.b"), c: [new Expression("d")] });
});

test("blocks, their labels and what is in them", () => {
  const body = readHcl(
    '# why\nterraform {\n  backend "s3" {\n    key = "k"\n  }\n}\nresource "a" "b" { c = 1 }\n/* end */\n',
  );
  const backend = { type: "backend", labels: ["s3"], body: { attributes: { key: "k" }, blocks: [] } };
  assert.equal(body.attributes, {});
  assert.equal(body.blocks, [
    { type: "terraform", labels: [], body: { attributes: {}, blocks: [backend] } },
    { type: "resource", labels: ["a", "b"], body: { attributes: { c: 1 }, blocks: [] } },
  ]);
});

const broken: readonly (readonly [string, string])[] = [
  ['a = "x\n', "HCL, line 1: a string without its end"],
  ["a = 1\na = 2\n", "HCL, line 2: a second a"],
  ["b {\n", "HCL, line 2: no }"],
  ["}\n", "HCL, line 1: a closing brace too many"],
  ["a = [1\n", "HCL, line 2: no value"],
  ['a = "\\x"\n', "HCL, line 1: the escape \\x"],
  ["a = 1 2\n b { a = }\n", "HCL, line 2: no value"],
  ["a = f(\n", "HCL, line 2: a bracket without its end"],
  ["a = <<EOT\nx\n", "HCL, line 3: a heredoc without its end"],
  ["= 1\n", "HCL, line 1: no name of an attribute or a block"],
];

for (const [text, message] of broken) {
  test(`refuses ${JSON.stringify(text)}`, () => {
    assert.throws(
      () => readHcl(text),
      (error: Error) => error.message === message || assert.is(error.message, message),
    );
  });
}

test("10,000 random texts come back through the quoting", () => {
  for (const text of randomTexts(10_000, 8)) {
    assert.is(value(hcl(text.replaceAll("\0", ""))), text.replaceAll("\0", ""));
    if (text !== "" && text !== "__proto__")
      assert.equal(value(`{ ${hclKey(text)} = [${hcl(text)}] }`), { [text]: [text] });
  }
});

test.run();
