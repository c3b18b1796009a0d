/** IPv4 addresses as whole numbers, and networks of them. */
export interface Cidr {
  readonly first: number;
  readonly last: number;
  /** The prefix's length in bits. */
  readonly prefix: number;
}

/** `10.0.1.20` as a number. The text is one that the schema accepts. */
export function parseAddress(text: string): number {
  return text.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** The network that `text` stands in: `10.0.1.7/24` is read as 10.0.1.0/24. */
export function parseCidr(text: string): Cidr {
  const [address = "", prefixText = "32"] = text.split("/");
  const prefix = Number(prefixText);
  const size = 2 ** (32 - prefix);
  const first = Math.floor(parseAddress(address) / size) * size;
  return { first, last: first + size - 1, prefix };
}

export function formatCidr(cidr: Cidr): string {
  return `${formatAddress(cidr.first)}/${cidr.prefix}`;
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

export function overlap(one: Cidr, other: Cidr): boolean {
  return one.first <= other.last && other.first <= one.last;
}

/** The subnet number `index` of those with the given prefix within `cidr`, from 0. */
export function subnet(cidr: Cidr, prefix: number, index: number): Cidr {
  const size = 2 ** (32 - prefix);
  const first = cidr.first + index * size;
  return { first, last: first + size - 1, prefix };
}
