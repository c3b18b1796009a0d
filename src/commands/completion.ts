import { type Shell, shells } from "../completion.ts";
import { Misuse } from "../misuse.ts";
import { answer, type Outcome } from "./outcome.ts";

/** Prints the completion of a shell. Throws Misuse for one that it does not know. */
export function completion(shell: string): Outcome {
  if (!Object.hasOwn(shells, shell)) {
    throw new Misuse(`there is no completion for ${shell}, only for ${Object.keys(shells).join(", ")}`);
  }
  return answer(true, shells[shell as Shell]().trimEnd());
}
