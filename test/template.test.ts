import { test } from "uvu";
import * as assert from "uvu/assert";
import render from "./templates/everything.tf.hbs";

const data = {
  node: { name: "master", image: 'a"${b}' },
  tags: [
    { key: "Name", value: "x" },
    { key: "a/b", value: 5 },
  ],
  protected: false,
  disks: ["20Gi", "80Gi"],
  rest: "  # {{ as it is }}",
};

test("a template gives the text that it looks like", () => {
  assert.is(
    render(data),
    `resource "aws_instance" "master" {
  ami  = "a\\"$\${b}"
  tags = { Name = "x", "a/b" = 5 }
  # not protected
  # disk 0: 20Gi of master
  # disk 1: 80Gi of master
  # {{ as it is }}
}
`,
  );
  assert.match(render({ ...data, disks: [], protected: true }), /prevent_destroy = true \}\n {2}# no disks\n/);
});

test("every value that is missing, undefined or null is an exception that names the template", () => {
  for (const key of Object.keys(data)) {
    const { [key as "rest"]: _, ...others } = data;
    for (const broken of [others, { ...data, [key]: undefined }, { ...data, [key]: null }]) {
      assert.throws(() => render(broken), /^everything\.tf\.hbs: /, key);
    }
  }
  for (const broken of [
    { node: { name: "x" } },
    { node: { image: "x" } },
    { tags: [{ key: "x" }] },
    { disks: [undefined] },
  ]) {
    assert.throws(() => render({ ...data, ...broken }), /^everything\.tf\.hbs: line \d+: .* was given undefined/);
  }
});

test("a plain value is an identifier", () => {
  for (const name of ["", "a b", 'a"', "a\n", "${a}", {}, ["a", "b c"]]) {
    assert.throws(() => render({ ...data, node: { ...data.node, name } }), /identifiers only/, String(name));
  }
});

test("conditions are booleans and only lists are repeated", () => {
  for (const condition of ["", "x", 0, [], {}])
    assert.throws(() => render({ ...data, protected: condition }), /a boolean/);
  for (const list of ["x", 1, {}, { length: 1 }, new Map()])
    assert.throws(() => render({ ...data, disks: list }), /a list/);
});

test.run();
