/** Which lines of the outputs each thing of the topology reaches. */
import type { OutputLines, ThingId } from "../../generators/docs/page-data.ts";
import { docs } from "../../generators/docs/index.ts";
import { generators } from "../../generators/index.ts";
import type { Progress } from "../compile.ts";
import { goneLines } from "../explore/gone-lines.ts";
import type { GeneratedFile, Generator } from "../generated-file.ts";
import type { Model } from "../model/model.ts";
import { byCodeUnit } from "../order.ts";
import { withHeader } from "../output/header.ts";
import { modelsWithout, type Platform } from "./without.ts";

/** All outputs are rendered once or twice for each thing: more would take minutes. */
export const MOST_THINGS = 200;

/**
 * For every thing, the lines that would be gone or other ones without it: the outputs are rendered without it in memory, so
 * the answer is true by definition. The documentation's own files say nothing new.
 */
export function outputLines(platform: Platform, ids: readonly ThingId[], begin: Progress = () => {}): OutputLines {
  const before = textsByTarget(platform.model);
  const texts = [...before.values()].flatMap((target) => [...target]);
  const sorted = texts.toSorted(([one], [other]) => byCodeUnit(one, other));
  const of: Record<ThingId, OutputLines["of"][ThingId]> = {};
  for (const [at, id] of ids.entries()) {
    begin(`finding the lines of each thing, ${at + 1} of ${ids.length}`);
    const gone = goneWithout(platform, id, before);
    of[id] = sorted.flatMap(([path, text], file) => {
      const lines = text.split("\n");
      return [...(gone.get(path) ?? [])].map((line) => [file, line + 1, (lines[line] ?? "").trim()] as const);
    });
  }
  return { files: sorted.map(([path]) => path), of };
}

/** The texts of the files of each target by path. */
type Texts = ReadonlyMap<Generator, ReadonlyMap<string, string>>;

/** The header says which file they are made from: its length is what counts here. */
function textsByTarget(model: Model): Texts {
  const texts = new Map<Generator, ReadonlyMap<string, string>>();
  for (const generate of generators.filter((one) => one !== docs)) {
    const files = filesIfAny(generate, model);
    if (files) texts.set(generate, new Map(files.map((file) => [file.path, withHeader(file, "topology.yaml").text])));
  }
  return texts;
}

/** None where the target cannot be written without the thing that is left out. */
function filesIfAny(generate: Generator, model: Model): readonly GeneratedFile[] | null {
  try {
    return generate(model);
  } catch {
    return null;
  }
}

/** The indexes of the lines by their file's path. */
function goneWithout(platform: Platform, id: ThingId, before: Texts): ReadonlyMap<string, readonly number[]> {
  const gone = new Map<string, readonly number[]>();
  for (const after of modelsWithout(platform, id).map(textsByTarget))
    for (const [generate, texts] of after)
      for (const [path, text] of before.get(generate) ?? []) {
        const lines = goneLines(text, texts.get(path));
        if (lines.length > 0) gone.set(path, inOrder([...(gone.get(path) ?? []), ...lines]));
      }
  return gone;
}

function inOrder(numbers: readonly number[]): readonly number[] {
  return [...new Set(numbers)].toSorted((one, other) => one - other);
}
