/** Keeps secrets out of what is said, and their lines unshown: what a program prints is logged, and looked at by others. */
import type { Path } from "../diagnostic.ts";
import { knownSecretIn } from "../known-secret.ts";
import { pathText } from "../path-text.ts";
import type { Explanation, Mistake } from "./explanations.ts";

/** Keys that a secret is likely to stand behind: `secret`, `password`, `apiKey`. */
const secretName = /secret|passw|token|credential|api_?key/i;

/** What is said of a mistake, without the secret that its value holds. */
export function discreet({ path, value }: Mistake, said: Explanation): Explanation {
  const where = `\`${pathText(path)}\``;
  const what = typeof value === "string" ? knownSecretIn(value) : undefined;
  if (what !== undefined)
    return hidden(said, `${where} is ${what}, and everybody who reads the repository can read it.`, ways(path));
  if (said.atKey && secretName.test(String(said.path?.at(-1)))) return { ...said, confidential: true };
  const names = path[0] === "services" && path[2] === "secrets" ? namesIn(value) : [];
  if (names.length > 0) {
    const right = path.length > 3 ? names.join(", ") : `[${names.join(", ")}]`;
    const remedy = `Write \`${right}\`: values live in AWS Secrets Manager, and everybody who reads the repository can read this one.`;
    return hidden(said, `${where} holds a value beside its name.`, remedy);
  }
  return said;
}

function hidden({ code }: Explanation, message: string, remedy: string): Explanation {
  return { code, message, remedy, confidential: true };
}

function ways([section]: Path): string {
  if (section !== "access") return "Remove it, and revoke what it opens.";
  return "Remove it, make a new pair of keys, and write the public one: its file ends with `.pub`.";
}

/** The names of the variables in `{ JWT_SECRET: abc }` and `JWT_SECRET=abc`. */
function namesIn(value: unknown): readonly string[] {
  if (typeof value === "string") return /^(\w+) *[=:]/.exec(value)?.slice(1) ?? [];
  return typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
}
