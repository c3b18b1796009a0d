/** What docs/topology.html shows. It is embedded as JSON, and the scripts in page/ draw it. */
export interface PageData {
  readonly roles: readonly RoleCount[];
  readonly zones: readonly ZoneView[];
  /** The way of a request, from left to right. */
  readonly stages: readonly Stage[];
  readonly things: Readonly<Record<ThingId, Thing>>;
  /** The lines of the outputs that each thing reaches; null where nobody has looked (`topogen view` does). */
  readonly lines: OutputLines | null;
}

/** Kind and name, `service/auth`. */
export type ThingId = `${Kind}/${string}`;

export type Kind = "node" | "service" | "datastore" | "bucket" | "component" | "edge";

/** Something that can be chosen on the page. */
export interface Thing {
  readonly kind: Kind;
  readonly name: string;
  /** What stands below the name, in a few words. */
  readonly note: string;
  /** The role of its nodes; left out where it runs on none of ours. */
  readonly role?: string;
  readonly facts: readonly Fact[];
  /** What it sends requests to. */
  readonly to?: readonly ThingId[];
  /** For a node: what it carries, and how full it is. */
  readonly node?: NodeView;
}

/** What it is called, and what it is. */
export type Fact = readonly [label: string, text: string];

export interface NodeView {
  readonly draining: boolean;
  readonly cpu: Load;
  readonly memory: Load;
  readonly carries: readonly Carried[];
}

/** Requested and allocatable, with the words for both. */
export interface Load {
  readonly share: number;
  readonly text: string;
}

export interface Carried {
  readonly thing: ThingId;
  readonly pods: number;
  /** Set where every node carries the same. */
  readonly everywhere?: true;
}

export interface RoleCount {
  readonly name: string;
  readonly nodes: number;
}

export interface ZoneView {
  readonly name: string;
  readonly subnets: readonly Fact[];
  readonly nodes: readonly ThingId[];
}

export interface Stage {
  readonly title: string;
  readonly lists: readonly { readonly title: string; readonly things: readonly ThingId[] }[];
}

export interface OutputLines {
  readonly files: readonly string[];
  /** For each thing: the file's index, the line's number and its text. */
  readonly of: Readonly<Record<ThingId, readonly (readonly [file: number, line: number, text: string])[]>>;
}
