import type { GeneratedFile } from "../generated-file.ts";
import { distinct } from "../order.ts";
import { listAt, textAt } from "../read/at.ts";
import { readYaml } from "../read/yaml.ts";

/** An entry of AWS Secrets Manager of which the cluster asks for more than before. A person gives it its value. */
export interface SecretChange {
  /** `backend/prod/auth` */
  readonly secret: string;
  /** The keys of its value that are asked for from now on. */
  readonly added: readonly string[];
  /** All keys that its value must have: a new value takes the place of the whole old one. */
  readonly keys: readonly string[];
}

/** The entries of which an ExternalSecret of the tree asks for what none did before. */
export function planSecrets(
  before: readonly GeneratedFile[],
  after: readonly GeneratedFile[],
): readonly SecretChange[] {
  const [old, now] = [keysBySecret(before), keysBySecret(after)];
  return [...now].flatMap(([secret, keys]) => {
    const added = keys.filter((key) => !old.get(secret)?.includes(key));
    return added.length > 0 ? [{ secret, added, keys }] : [];
  });
}

function keysBySecret(files: readonly GeneratedFile[]): ReadonlyMap<string, readonly string[]> {
  const asking = files.filter(({ text }) => text.includes("\nkind: ExternalSecret\n"));
  const objects = asking.flatMap(({ text }) => readYaml(text)).filter((it) => textAt(it, "kind") === "ExternalSecret");
  const references = objects.flatMap((object) => listAt(object, "spec.data"));
  const names = distinct(references.map((reference) => textAt(reference, "remoteRef.key")));
  return new Map(
    names.map((name) => {
      const own = references.filter((reference) => textAt(reference, "remoteRef.key") === name);
      return [name, distinct(own.map((reference) => textAt(reference, "remoteRef.property")))];
    }),
  );
}
