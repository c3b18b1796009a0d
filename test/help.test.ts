import { test } from "uvu";
import * as assert from "uvu/assert";
import { type CommandName, commands } from "../src/commands/commands.ts";
import { helpOf, helpText } from "../src/commands/help.ts";
import { options } from "../src/commands/options.ts";

const names = Object.keys(commands) as CommandName[];

test("the program's help names every command, and its lines fit on a terminal", () => {
  const text = helpText();
  for (const name of names) assert.match(text, new RegExp(`^  ${name} +\\w`, "m"));
  for (const line of text.split("\n")) assert.ok(line.length <= 120, line);
});

for (const name of names) {
  test(`${name}: two examples, of options that it has`, () => {
    const { examples, options: own } = commands[name];
    assert.is(examples.length, 2);
    for (const [line] of examples) {
      assert.match(line, `topogen ${name}`);
      const used = [...line.matchAll(/ --([a-z-]+)/g)].map(([, option]) => option ?? "");
      assert.equal(
        used.filter((option) => !own.some((known) => known === option)),
        [],
      );
    }
  });

  test(`${name}: its help fits on a terminal and explains each of its options`, () => {
    const text = helpOf(name);
    for (const option of commands[name].options) assert.match(text, `--${option}`);
    for (const line of text.split("\n")) assert.ok(line.length <= 120, line);
  });
}

test("every option belongs to a command", () => {
  const used = new Set<string>([...names.flatMap((name) => commands[name].options), "help", "version"]);
  assert.equal(
    Object.keys(options).filter((option) => !used.has(option)),
    [],
  );
});

test.run();
