import { byCodeUnit } from "../order.ts";
import type { NetworkSpec, SubnetsSpec, ZoneLetter } from "../topology.ts";
import { type Cidr, formatAddress, formatCidr, parseCidr, subnet } from "./ipv4.ts";
import type { Network } from "./model.ts";

export const networkDefaults = { cidr: "10.0.0.0/16", pods: "192.168.0.0/16", services: "10.96.0.0/12" } as const;

/** The subnets of one zone. */
export interface ZoneSubnets {
  readonly letter: ZoneLetter;
  readonly private: Cidr;
  readonly public: Cidr;
}

/**
 * Each zone's two subnets, in the order in which the zones are written. A subnet follows from its zone's letter alone: a is
 * number 1 of the VPC's /24 networks, and of those in the VPC's upper half.
 */
export function zoneSubnets(network: NetworkSpec): readonly ZoneSubnets[] {
  const vpc = parseCidr(network.cidr ?? networkDefaults.cidr);
  const half = 2 ** (24 - vpc.prefix) / 2;
  return zoneSpecs(network).map(([letter, spec]) => {
    const number = letter.charCodeAt(0) - "a".charCodeAt(0) + 1;
    return {
      letter,
      private: spec.private ? parseCidr(spec.private) : subnet(vpc, 24, number),
      public: spec.public ? parseCidr(spec.public) : subnet(vpc, 24, half + number),
    };
  });
}

function zoneSpecs(network: NetworkSpec): [ZoneLetter, SubnetsSpec][] {
  if (isList(network.zones)) return network.zones.map((letter) => [letter, {}]);
  return Object.entries(network.zones) as [ZoneLetter, SubnetsSpec][];
}

function isList(zones: NetworkSpec["zones"]): zones is readonly ZoneLetter[] {
  return Array.isArray(zones);
}

export function resolveNetwork(spec: NetworkSpec, region: string): Network {
  const services = parseCidr(spec.services ?? networkDefaults.services);
  const nat = spec.nat ?? "single";
  const subnets = zoneSubnets(spec);
  const first = subnets[0]?.letter ?? null;
  const natZone = (letter: ZoneLetter) => ({ none: null, single: first, "per-zone": letter })[nat];
  const zones = subnets.map((zone) => ({
    letter: zone.letter,
    name: region + zone.letter,
    privateCidr: formatCidr(zone.private),
    publicCidr: formatCidr(zone.public),
    hasNat: natZone(zone.letter) === zone.letter,
    natZone: natZone(zone.letter),
  }));
  return {
    cidr: spec.cidr ?? networkDefaults.cidr,
    zones: zones.sort((one, other) => byCodeUnit(one.letter, other.letter)),
    pods: spec.pods ?? networkDefaults.pods,
    services: spec.services ?? networkDefaults.services,
    dns: formatAddress(services.first + 10),
    nat,
  };
}
