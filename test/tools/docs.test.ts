import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { needs } from "./tool.ts";

const test = suite("docs");

needs(test, "git")("the README shows what topogen says of each of the five changes", async () => {
  const { withAnswers } = (await import(String(pathToFileURL("docs/tutorial.mjs")))) as {
    withAnswers: (readme: string) => string;
  };
  const readme = readFileSync("README.md", "utf8");
  assert.is(readme.match(/^\$ npm run plan\n\d+ values? of the topology differs?:/gm)?.length, 5);
  assert.is(readme, withAnswers(readme));
});

test.run();
