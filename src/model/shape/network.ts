/** The network: subnets and zones. */
import type { ZoneLetter } from "../../topology.ts";

export interface Network {
  readonly cidr: string;
  readonly zones: readonly Zone[];
  readonly pods: string;
  readonly services: string;
  /** The cluster DNS's address: the tenth of the Services' range. */
  readonly dns: string;
  readonly nat: "none" | "single" | "per-zone";
}

export interface Zone {
  readonly letter: ZoneLetter;
  /** As AWS calls it, `ap-northeast-2a`. */
  readonly name: string;
  readonly privateCidr: string;
  readonly publicCidr: string;
  /** Whether a NAT gateway stands in its public subnet. */
  readonly hasNat: boolean;
  /** The zone whose NAT gateway its private subnet goes through, if any. */
  readonly natZone: ZoneLetter | null;
}
