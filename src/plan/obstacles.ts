import { gibibytes } from "../model/quantity.ts";
import { listAt, textAt } from "../read/at.ts";
import type { Data } from "../read/yaml.ts";

/** Why what a datastore has written does not survive a change of one of its objects; null where it does. */
export function obstacleOf(before: Data | undefined, after: Data | undefined): string | null {
  const storage = [before, after].map((object) => textAt(object, "spec.resources.requests.storage"));
  const [large = "", small = ""] = storage;
  if (large !== "" && small !== "" && gibibytes(small) < gibibytes(large)) return "a volume never becomes smaller";
  const [old, now] = [before, after].map(programOf);
  return old && now ? obstacleBetween(old, now) : null;
}

/** What a datastore's main container runs. */
interface Program {
  /** The image's last word, `postgres`. */
  readonly name: string;
  readonly version: string;
  readonly major: number;
  readonly minor: number;
}

function programOf(object: Data | undefined): Program | null {
  const [container] = listAt(object, "spec.template.spec.containers");
  const [, name = "", version = "", major, minor] =
    /([^/:]+):v?((\d+)\.(\d+)[^-]*)/.exec(textAt(container, "image")) ?? [];
  return Object.hasOwn(reads, name) ? { name, version, major: Number(major), minor: Number(minor) } : null;
}

/** Whether a version reads what another one has written. */
type Reads = (old: Program, now: Program) => boolean;

const isNotOlder: Reads = (old, now) => now.major > old.major || (now.major === old.major && now.minor >= old.minor);

/**
 * https://www.postgresql.org/support/versioning (a major version has files of its own), https://www.rabbitmq.com/docs/upgrade
 * (there is no way back), https://redis.io/docs/latest/operate/oss_and_stack/management/persistence (nor is one promised).
 */
const reads: Readonly<Record<string, Reads>> = {
  postgres: (old, now) => now.major === old.major,
  rabbitmq: isNotOlder,
  redis: isNotOlder,
};

function obstacleBetween(old: Program, now: Program): string | null {
  const isReadable = old.name === now.name && reads[now.name]?.(old, now);
  return isReadable ? null : `${now.name} ${now.version} does not read what ${old.name} ${old.version} has written`;
}
