/** What `terraform plan` says of the edit from one tree to another, without a state and without AWS. */
import type { GeneratedFile } from "../../generated-file.ts";
import { byCodeUnit } from "../../order.ts";
import { Comparison } from "./comparison.ts";
import { readRoot, type ResourceBlock, type ResourceInstance, type Root } from "./root.ts";
import { Computed, type Instance } from "./value.ts";
import { type ResourceFacts, resourceTypes } from "./provider.ts";
import type { ArgumentChange } from "./comparison.ts";

export type Action = "create" | "update" | "replace" | "destroy" | "move";

export interface ResourceChange {
  /** `aws_instance.protected["master-1"]` */
  readonly address: string;
  readonly action: Action;
  /** Where it was before, if a `moved` block leads here from there. */
  readonly movedFrom: string | null;
  /** The arguments that differ; of resources that stay. */
  readonly arguments: readonly ArgumentChange[];
  /** Of a replacement: whether the new one is there before the old one goes. */
  readonly createsFirst: boolean;
  /** Whether the machine stops and starts. */
  readonly reboots: boolean;
  /** Whether what goes holds what no second one brings back. */
  readonly losesData: boolean;
  /** Whether traffic went through what goes, or what leads elsewhere from now on. */
  readonly stopsTraffic: boolean;
  /** Whether what runs loses rights in AWS that it has. */
  readonly endsRights: boolean;
  /** Whether a disk is to become smaller, which Terraform plans and AWS refuses. */
  readonly shrinks: boolean;
  /** Whether Terraform refuses to do this (`prevent_destroy`). */
  readonly isRefused: boolean;
}

/** The changes of one root, ordered by address: from its files, and to them. */
export function terraformChanges(
  before: readonly GeneratedFile[],
  after: readonly GeneratedFile[],
): readonly ResourceChange[] {
  return new RootChanges(readRoot(before), readRoot(after)).all();
}

class RootChanges {
  private readonly before: Root;
  private readonly after: Root;
  /** From an address of the tree after to the one before. */
  private readonly earlier = new Map<string, string>();
  private readonly comparison: Comparison;
  private readonly known = new Map<string, ResourceChange | null>();
  private readonly blocks: readonly ResourceBlock[];

  constructor(before: Root, after: Root) {
    this.before = before;
    this.after = after;
    for (const address of before.resources.keys()) this.earlier.set(this.follow(address), address);
    this.blocks = [...new Set([...after.resources.values()].map(({ block }) => block))];
    this.comparison = new Comparison({
      earlierAddress: (address) => this.earlier.get(address),
      isNew: (address) => ["create", "replace"].includes(this.change(address)?.action ?? ""),
      isReadLater: (address) => this.isReadLater(address),
    });
  }

  /** Where an address leads by `moved` blocks: on and on, until a place that is taken. */
  private follow(address: string): string {
    const next = this.after.moves.get(address);
    return next === undefined || this.before.resources.has(next) ? address : this.follow(next);
  }

  all(): readonly ResourceChange[] {
    const present = [...this.after.resources.keys()].map((address) => this.change(address));
    const gone = [...this.earlier]
      .filter(([address]) => !this.after.resources.has(address))
      .map(([, address]) => this.destruction(address));
    const changes = [...present, ...gone].filter((change) => change !== null);
    return changes.sort((one, other) => byCodeUnit(one.address, other.address));
  }

  private destruction(address: string): ResourceChange {
    // A block that is still there protects the instances that are not.
    const { instance, block: old } = this.before.resources.get(address) as ResourceInstance;
    const isRefused = this.blocks.some((block) => block.name === old.name && block.preventDestroy);
    const { holdsData: losesData = false, carriesTraffic: stopsTraffic = false, givesRights } = factsOf(address);
    const endsRights = givesRights === true && this.hasRole(instance);
    return { ...unchanged, address, action: "destroy", losesData, stopsTraffic, endsRights, isRefused };
  }

  /** Whether the role that a policy belonged to is still there: with it goes what had the rights. */
  private hasRole({ config }: Instance): boolean {
    const { role } = config;
    return role instanceof Computed && this.after.resources.has(this.follow(role.instance.address));
  }

  private change(address: string): ResourceChange | null {
    const known = this.known.get(address);
    if (known !== undefined) return known;
    const resource = this.after.resources.get(address);
    const change = resource ? this.compare(address, resource) : null;
    this.known.set(address, change);
    return change;
  }

  private compare(address: string, { instance, block }: ResourceInstance): ResourceChange | null {
    const earlier = this.earlier.get(address);
    if (earlier === undefined) return { ...unchanged, address, action: "create" };
    const old = (this.before.resources.get(earlier) as ResourceInstance).instance;
    const differing = this.comparison.arguments(old, instance).filter(({ path }) => !isIgnored(path, block));
    const movedFrom = earlier === address ? null : earlier;
    const moved = { ...unchanged, address, movedFrom, arguments: differing };
    if (differing.length === 0) return movedFrom === null ? null : { ...moved, action: "move" };
    const facts = factsOf(address);
    const { stopping = [], diverting = [], growing = [], limiting = [], holdsData: losesData = false } = facts;
    const differsIn = (paths: readonly string[]) => differing.some(({ path }) => paths.includes(path));
    if (!differing.some(({ replaces }) => replaces)) {
      const lessens = (paths: readonly string[]): boolean =>
        differing.some(({ path, before, after }) => paths.includes(path) && Number(after) < Number(before));
      const consequences = { reboots: differsIn(stopping), stopsTraffic: differsIn(diverting) };
      return { ...moved, action: "update", ...consequences, shrinks: lessens(growing), endsRights: lessens(limiting) };
    }
    return {
      ...moved,
      action: "replace",
      createsFirst: this.createsFirst(block),
      losesData,
      isRefused: block.preventDestroy,
    };
  }

  /** Terraform reads a data source after the apply if a resource that it refers to is to change, whatever of it that is. */
  private isReadLater(address: string): boolean {
    const references = this.after.dataReferences.get(address.replace(/\[.*$/, "")) ?? new Set();
    const referred = [...this.after.resources].filter(([, { block }]) => references.has(block.name));
    return referred.some(([one]) => ![undefined, "move"].includes(this.change(one)?.action));
  }

  /** What a resource that is created first depends on is created first as well. */
  private createsFirst(block: ResourceBlock, seen: ReadonlySet<string> = new Set()): boolean {
    if (block.createBeforeDestroy) return true;
    const dependents = this.blocks.filter(({ name, references }) => references.has(block.name) && !seen.has(name));
    return dependents.some((dependent) => this.createsFirst(dependent, new Set([...seen, block.name])));
  }
}

const unchanged = {
  movedFrom: null,
  arguments: [],
  createsFirst: false,
  reboots: false,
  losesData: false,
  stopsTraffic: false,
  endsRights: false,
  shrinks: false,
  isRefused: false,
};

function factsOf(address: string): Partial<ResourceFacts> {
  return resourceTypes[address.slice(0, address.indexOf("."))] ?? {};
}

function isIgnored(path: string, { ignoreChanges }: ResourceBlock): boolean {
  return ignoreChanges.some((ignored) => ignored === "all" || path === ignored || path.startsWith(`${ignored}.`));
}
