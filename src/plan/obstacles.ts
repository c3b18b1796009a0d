import { gibibytes } from "../model/quantity.ts";
import { at, listAt, textAt } from "../read/at.ts";
import type { Data } from "../read/yaml.ts";

/**
 * Why a change of an object does not do what it says: what a datastore has written does not survive it, or the API server refuses
 * it; null where it does. An object that goes in one namespace and comes in another is one object.
 */
export function obstacleOf(before: Data | undefined, after: Data | undefined): string | null {
  const move = obstacleToMove(before, after);
  if (move !== null) return move;
  const storage = [before, after].map((object) => textAt(object, "spec.resources.requests.storage"));
  const [large = "", small = ""] = storage;
  if (large !== "" && small !== "" && gibibytes(small) < gibibytes(large)) return "a volume never becomes smaller";
  const [old, now] = [before, after].map(programOf);
  return old && now ? obstacleBetween(old, now) : null;
}

/** Argo CD removes what is gone when all that is new is there. */
function obstacleToMove(before: Data | undefined, after: Data | undefined): string | null {
  const [from = "", to = ""] = [before, after].map((object) => textAt(object, "metadata.namespace"));
  if (before === undefined || after === undefined || from === to) return null;
  if (textAt(before, "kind") === "PersistentVolumeClaim")
    return `the volume in \`${from}\` does not follow to \`${to}\``;
  const ports = listAt(before, "spec.ports").map((port) => at(port, "nodePort"));
  const port = listAt(after, "spec.ports")
    .map((port) => at(port, "nodePort"))
    .find((it) => it !== undefined && ports.includes(it));
  return port === undefined ? null : `the node port ${port} is that of the one in \`${from}\` until that has gone`;
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
