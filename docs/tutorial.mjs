// What the README shows of the five changes: `npm run docs` makes each edit in a copy of the topology and writes down what
// `topogen plan` says of it. A test in test/tools compares.
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const topogen = resolve("dist/topogen.js");
const change = /```diff\n([^]*?)```\n\n```console\n[^]*?```/g;

/** The README with what topogen says of each edit, which is a diff of topology.yaml, in the block that follows it. */
export function withAnswers(readme) {
  const folder = mkdtempSync(join(tmpdir(), "tutorial-"));
  try {
    const topology = begin(folder);
    return readme.replace(change, (_, edit) => {
      writeFileSync(join(folder, "topology.yaml"), edited(topology, edit));
      const answer = run(folder, "node", topogen, "plan");
      return `\`\`\`diff\n${edit}\`\`\`\n\n\`\`\`console\n$ npm run plan\n${answer}\`\`\``;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Commits the topology and its tree to a new repository; returns the topology's text. */
function begin(folder) {
  copyFileSync("topology.yaml", join(folder, "topology.yaml"));
  run(folder, "node", topogen, "gen");
  run(folder, "git", "init", "--quiet", "--initial-branch=main");
  run(folder, "git", "add", "--all");
  run(
    folder,
    "git",
    "-c",
    "user.name=docs",
    "-c",
    "user.email=docs@example.app",
    "commit",
    "--quiet",
    "--message=begin",
  );
  return readFileSync(join(folder, "topology.yaml"), "utf8");
}

/** A text with a diff's lines replaced. They stand in it once. */
export function edited(text, edit) {
  const before = edit.replace(/^\+.*\n/gm, "").replace(/^./gm, "");
  const after = edit.replace(/^-.*\n/gm, "").replace(/^./gm, "");
  if (text.split(before).length !== 2) throw new Error(`This stands in topology.yaml not once:\n${before}`);
  return text.replace(before, after);
}

function run(folder, program, ...args) {
  return execFileSync(program, args, { cwd: folder, encoding: "utf8" });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync("README.md", withAnswers(readFileSync("README.md", "utf8")));
}
