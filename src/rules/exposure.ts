import { parseCidr } from "../model/ipv4.ts";
import type { Topology } from "../topology.ts";
import type { Violation } from "./rule.ts";

/** Nobody owns more than a /8 of the internet: a larger network is the world, or a good part of it. */
function isTheWorld(cidr: string): boolean {
  return parseCidr(cidr).prefix < 8;
}

const OPENINGS = [
  { key: "from", word: "open-ssh", what: "SSH" },
  { key: "api", word: "open-api", what: "The Kubernetes API" },
] as const;

export function* nothingIsOpenToTheWorldUnlessAccepted({ access }: Topology): Iterable<Violation> {
  for (const { key, word, what } of OPENINGS) {
    if (access.accept?.includes(word)) continue;
    for (const [index, cidr] of (access[key] ?? []).entries()) {
      if (!isTheWorld(cidr)) continue;
      const message = `${what} would be open to the world through \`${cidr}\`.`;
      const remedy = `Name the networks that need it, or accept it: \`accept: [${word}]\` under \`access\`.`;
      yield { path: ["access", key, index], message, remedy };
    }
  }
}

/** An acceptance that outlives its opening would let the next one in unseen. */
export function* whatIsAcceptedIsThere({ access }: Topology): Iterable<Violation> {
  for (const { key, word, what } of OPENINGS) {
    const index = access.accept?.indexOf(word) ?? -1;
    if (index < 0 || access[key]?.some(isTheWorld)) continue;
    const message = `\`${word}\` is accepted, but ${what === "SSH" ? what : "the Kubernetes API"} is not open to the world.`;
    yield { path: ["access", "accept", index], message, remedy: `Remove \`${word}\`.`, severity: "warning" };
  }
}

export function* aBastionSaysFromWhereItIsReached({ access }: Topology): Iterable<Violation> {
  const from = access.from ?? [];
  if (access.via === "bastion" && from.length === 0) {
    const message = "Nobody could reach the bastion: no network may.";
    yield {
      path: ["access", "via"],
      message,
      remedy: "Add the networks under `access`, such as `from: [203.0.113.0/24]`.",
    };
  } else if (access.via !== "bastion" && from.length > 0) {
    const message = "`from` is for a bastion, and access goes through Systems Manager, which opens no port.";
    yield { path: ["access", "from"], atKey: true, message, remedy: "Remove `from`, or set `via: bastion`." };
  }
}

export function* sshKeysAreWhole({ access }: Topology): Iterable<Violation> {
  for (const [index, key] of access.keys.entries()) {
    const [type = "", blob = "", comment = `number ${index + 1}`] = key.split(" ");
    if (blob.length % 4 === 0 && fields(blob)[0] === type) continue;
    const message = `The SSH key \`${comment}\` is not a whole ${type} key.`;
    yield { path: ["access", "keys", index], message, remedy: "Copy the whole line of the `.pub` file." };
  }
}

/** A key is a row of fields, each after its length in four bytes, the first its type (RFC 4253, 6.6). Of a broken one, none. */
function fields(blob: string): string[] {
  const bytes = atob(blob);
  const found: string[] = [];
  let offset = 0;
  while (offset + 4 <= bytes.length) {
    const length = [0, 1, 2, 3].reduce((sum, index) => sum * 256 + bytes.charCodeAt(offset + index), 0);
    found.push(bytes.slice(offset + 4, offset + 4 + length));
    offset += 4 + length;
  }
  return offset === bytes.length ? found : [];
}

export function* everySshKeyIsThereOnce({ access }: Topology): Iterable<Violation> {
  const blobs = access.keys.map((key) => key.split(" ")[1]);
  for (const [index, blob] of blobs.entries()) {
    if (blobs.indexOf(blob) === index) continue;
    const message = "This SSH key stands here twice, with another comment.";
    yield { path: ["access", "keys", index], message, remedy: "Remove one of the two.", fix: "remove" };
  }
}

export function* nodesReachTheInternet({ network, access }: Topology): Iterable<Violation> {
  if (network.nat !== "none") return;
  const far = access.via === "bastion" ? "the registries" : "the registries and Systems Manager";
  const message = `Without NAT the nodes do not reach ${far} by themselves.`;
  const remedy = "Give them another way (a transit gateway, a proxy, endpoints), or set `nat: single`.";
  yield { path: ["network", "nat"], message, remedy, severity: "warning" };
}
