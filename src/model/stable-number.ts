/**
 * A number from 0 below `limit` that follows from the text alone (FNV-1a, 32 bits over its UTF-16 units), so that adding or
 * removing one thing never changes the number of another. Two texts can get the same number: a rule refuses that.
 */
export function stableNumber(text: string, limit: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash % limit;
}

/** The node ports that Kubernetes gives out: 30000 to 32767. */
export const NODE_PORTS = { first: 30000, count: 2768 } as const;

/** The node port that a name gets when the topology does not say one. */
export function defaultNodePort(name: string): number {
  return NODE_PORTS.first + stableNumber(name, NODE_PORTS.count);
}
