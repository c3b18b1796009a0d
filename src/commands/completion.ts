import { type Shell, shells } from "../completion.ts";
import { answer, type Outcome } from "./outcome.ts";

/** Prints the completion of a shell. */
export function completion(shell: string): Outcome {
  if (!Object.hasOwn(shells, shell)) {
    return answer(false, `There is no completion for ${shell}, only for ${Object.keys(shells).join(", ")}.`);
  }
  return answer(true, shells[shell as Shell]().trimEnd());
}
