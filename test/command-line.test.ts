import { test } from "uvu";
import * as assert from "uvu/assert";
import { readCommandLine } from "../src/commands/command-line.ts";
import { Misuse } from "../src/misuse.ts";

/** Wrong usage, and what is said of it. */
const misuses: readonly (readonly [line: string, says: string])[] = [
  ["", "which command?"],
  ["generate", "there is no command generate"],
  ["validat", "there is no command validat. Did you mean validate?"],
  ["version", "there is no command version. Did you mean --version?"],
  ["help gne", "there is no command gne. Did you mean gen?"],
  ["gne --help", "there is no command gne. Did you mean gen?"],
  ["check --flie x", "there is no option --flie. Did you mean --file?"],
  ["check --forec", "there is no option --forec. Did you mean --force?"],
  ["validate --fox", "there is no option --fox. Did you mean --fix?"],
  ["gen -x", "there is no option -x"],
  ["gen --fix", "gen has no option --fix: there is `topogen validate --fix`"],
  ["check --force", "check has no option --force: there is `topogen gen --force` and `topogen set --force`"],
  ["explain name --json", "explain has no option --json"],
  ["check --file", "--file needs a value: --file <path>"],
  ["check -f", "--file needs a value: --file <path>"],
  ["check -f -x", "--file needs a value: --file <path>"],
  ["plan --from", "--from needs a value: --from <commit>"],
  ["view --to --file x", "--to needs a value: --to <path>"],
  ["view --to=", "--to needs a value: --to <path>"],
  ["check --json=yes", "--json takes no value"],
  ["check more", "usage: topogen check [options]"],
  ["set name", "usage: topogen set <path> <value> [options]"],
  ["show a b", "usage: topogen show [path] [options]"],
];

/** The message of the Misuse that a line of words is answered with. */
function misuse(words: readonly string[]): string {
  try {
    readCommandLine(words);
  } catch (error) {
    assert.instance(error, Misuse);
    return (error as Misuse).message;
  }
  return "it is accepted";
}

for (const [line, says] of misuses)
  test(`topogen ${line}`, () => assert.is(misuse(line.split(" ").filter(Boolean)), says));

test("a path that is empty is none, but a value may be", () => {
  assert.is(misuse(["explain", ""]), "usage: topogen explain <path> [options]");
  assert.is(misuse(["set", "", "x"]), "usage: topogen set <path> <value> [options]");
  assert.equal(readCommandLine(["set", "name", ""]).parameters, ["name", ""]);
});

test("help is a word as well as an option", () => {
  const asked = (...words: string[]) => [readCommandLine(words).name, readCommandLine(words).values.help];
  assert.equal(asked("help", "gen"), ["gen", true]);
  assert.equal(asked("gen", "--help"), ["gen", true]);
  assert.is(readCommandLine(["help"]).name, null);
});

test.run();
