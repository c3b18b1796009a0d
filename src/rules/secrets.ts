import type { Path } from "../diagnostic.ts";
import { knownSecretIn } from "../known-secret.ts";
import type { ServiceSpec, Topology } from "../topology.ts";
import { type Violation, written } from "./rule.ts";

/** Names of variables whose values are secrets, as far as names tell: they end so. `TOKEN_TTL` does not. */
const SECRET_NAME =
  /(^|_)(PASSWORD|PASSWD|PASSPHRASE|PWD|SECRET|TOKEN|CREDENTIALS?|(API|PRIVATE|SECRET|ACCESS|ENCRYPTION|SIGNING)_?KEY)(_\d+)?$/;

/** What a value gives away about itself, if anything. */
function secretIn(value: string): string | undefined {
  return knownSecretIn(value) ?? (looksRandom(value) ? "a random key" : undefined);
}

/** Long, of one piece, and without the repetitions of words: 4.2 bits a character is above what text and paths have. */
function looksRandom(value: string): boolean {
  if (/^[0-9a-f]{48,}$/i.test(value)) return true;
  const isMixed = /[a-z]/.test(value) && /[A-Z]/.test(value) && /\d/.test(value);
  return isMixed && /^[A-Za-z0-9+/_-]{32,}={0,2}$/.test(value) && bitsPerCharacter(value) > 4.2;
}

/** Shannon's entropy. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((sum, count) => sum - (count / text.length) * Math.log2(count / text.length), 0);
}

export function* noVariablesValueIsASecret(topology: Topology): Iterable<Violation> {
  for (const [service, { env }] of written(topology.services)) {
    for (const [name, value] of written(env)) {
      if (typeof value !== "string" || value === "") continue;
      const what = secretIn(value) ?? (SECRET_NAME.test(name) ? "a secret, by its name" : undefined);
      if (what === undefined) continue;
      const message = `The value of \`${name}\` is ${what}, and everybody who reads the repository can read it.`;
      const remedy = `Remove it, revoke what it opens, and write \`secrets: [${name}]\` in its place: values live in AWS Secrets Manager.`;
      yield { path: ["services", service, "env", name], message, remedy, confidential: true };
    }
  }
}

export function* noCommandHoldsASecret(topology: Topology): Iterable<Violation> {
  for (const [service, spec] of written(topology.services)) {
    for (const { path, word } of words(service, spec)) {
      const what = secretIn(word);
      if (what === undefined) continue;
      const message = `A word of the command is ${what}, and everybody who reads the repository can read it.`;
      const remedy = "Remove it, revoke what it opens, and let the program read it from a variable under `secrets`.";
      yield { path, message, remedy, confidential: true };
    }
  }
}

function words(service: string, spec: ServiceSpec): { path: Path; word: string }[] {
  return (["command", "alive"] as const).flatMap((key) =>
    (spec[key] ?? []).map((word, index) => ({ path: ["services", service, key, index], word })),
  );
}
