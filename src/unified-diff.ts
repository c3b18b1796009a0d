import { createTwoFilesPatch } from "diff";
import type { Drift } from "./drift.ts";

/** From what is there to what should be, as `git diff` shows it. Empty where one of the two is not a text to compare. */
export function unifiedDiff({ path, is, shouldBe }: Drift): string {
  if (is === null || shouldBe === null || is === shouldBe) return "";
  const patch = createTwoFilesPatch(`a/${path}`, `b/${path}`, is, shouldBe, undefined, undefined, { context: 3 });
  return patch.replace(/^=+\n/, "");
}
