import { suite } from "uvu";
import * as assert from "uvu/assert";
import { random } from "../../random.ts";
import type { AnsibleRun } from "../../rehearsal/ansible-run.ts";
import * as checks from "../../rehearsal/checks.ts";
import { Rehearsal } from "../../rehearsal/rehearsal.ts";
import { secretsAreKept } from "../../rehearsal/secrecy.ts";
import { twoNodes } from "../../rehearsal/small-cluster.ts";
import { rehearsalNeeds } from "../../rehearsal/supplies.ts";
import { needs } from "../tool.ts";

const test = suite("rehearsal: site.yml is cut off again and again");

/** As many tasks as site.yml begins on two nodes, give or take some. */
const TASKS = 250;

/** Ten of them, as the how many-eth to begin in all runs together: drawn once and for all, by the seed. */
const next = random(5);
const drawn = Array.from({ length: 10 }, () => 2 + Math.floor(next() * TASKS)).toSorted((a, b) => a - b);

needs(test, ...rehearsalNeeds)(
  "killed after each play and after ten tasks drawn at random, it converges when it is started again",
  async () => {
    const cluster = await Rehearsal.start(twoNodes);
    try {
      const begun = new Begun();
      while (!(await startAgain(cluster, begun))) checkItWasKilled(cluster.runs.at(-1)!);
      checks.succeeded(cluster.runs.at(-1)!);
      assert.is(begun.left.length, 0, `never came to the tasks ${begun.left.join(", ")}`);
      await checks.nodesAreThoseOfTheModel(cluster);
      await checks.releasesAreThoseOfTheTree(cluster);
      await checks.everyPodRuns(cluster);
      checks.changedNothing(await cluster.playbook("site", { as: "site again" }));
      await secretsAreKept(cluster);
    } finally {
      console.log(cluster.report);
      await cluster.stop();
    }
  },
);

/** Runs site.yml until it comes to a play that no run before has begun, or to a drawn task, or to its end: then it is true. */
async function startAgain(cluster: Rehearsal, begun: Begun): Promise<boolean> {
  let reason = "";
  const until = (output: string): boolean => {
    reason ||= begun.add(output) ?? "";
    return reason !== "";
  };
  const { code, seconds } = await cluster.playbook("site", { as: `site ${cluster.runs.length + 1}`, until });
  const number = String(cluster.runs.length).padStart(2);
  const end = reason === "" ? "to its end" : `killed at the beginning of ${reason}`;
  console.log(`run ${number}, ${(seconds / 60).toFixed(1).padStart(4)} min: ${end}`);
  return reason === "" && code !== null;
}

/** A run that is killed says nothing of failures before. */
function checkItWasKilled({ name, code, output }: AnsibleRun): void {
  if (code !== null && code !== 137) throw new Error(`${name}: exit code ${code}\n${output.slice(-4000)}`);
  assert.not.match(output, /^fatal: /m, name);
}

/** The plays and tasks that any run has begun, in the order of their first beginning. */
class Begun {
  private readonly plays = new Set<string>();
  private readonly tasks = new Set<string>();
  /** What is left of the drawn numbers. */
  readonly left = [...drawn];

  /** Takes note of what a run has printed; the reason to kill it now, if there is one. */
  add(output: string): string | null {
    const known = this.plays.size;
    let play = "";
    for (const [, kind, name = ""] of output.matchAll(/^(PLAY|TASK) \[(.*)\] \*+$/gm)) {
      if (kind === "PLAY") this.plays.add((play = name));
      else this.tasks.add(`${play}: ${name}`);
    }
    if (known > 0 && this.plays.size > known) return `the play "${play}"`;
    if ((this.left[0] ?? Infinity) > this.tasks.size) return null;
    while ((this.left[0] ?? Infinity) <= this.tasks.size) this.left.shift();
    return [...this.tasks].at(-1) ?? null;
  }
}

test.run();
