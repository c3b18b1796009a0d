import { lookup } from "../../lookup.ts";
import { byCodeUnit } from "../../order.ts";
import { resourceTypes } from "./provider.ts";
import { Computed, Derived, Instance, isPlainObject, type ObjectValue, type Value } from "./value.ts";

export interface ArgumentChange {
  /** `instance_type`, `root_block_device.volume_size`, `tags_all.Name` */
  readonly path: string;
  /** Null where the argument is not set, or is not a single value. */
  readonly before: string | number | boolean | null;
  readonly after: string | number | boolean | null;
  /** Whether the provider needs a new object for it. */
  readonly replaces: boolean;
}

/** How the instances of the two trees belong together. */
export interface Pairing {
  readonly earlierAddress: (address: string) => string | undefined;
  /** Whether an instance of the tree after is created or replaced, so that its computed attributes are not known yet. */
  readonly isNew: (address: string) => boolean;
  /** Whether a data source of the tree after is read only when the changes have been made. */
  readonly isReadLater: (address: string) => boolean;
}

/** Compares arguments of the tree before with those of the tree after. */
export class Comparison {
  private readonly pairing: Pairing;

  constructor(pairing: Pairing) {
    this.pairing = pairing;
  }

  /** The arguments of an instance that differ, ordered by path. */
  arguments(before: Instance, after: Instance): readonly ArgumentChange[] {
    const { replacing = [], replacingIf } = resourceTypes[after.type] ?? {};
    const replaces = ({ path, touched }: Difference): boolean =>
      touched.some((one) => replacing.some((argument) => covers(argument, one))) ||
      lookup(replacingIf, path)?.(before.config, after.config) === true;
    return this.differences("", before.config, after.config)
      .map((difference) => ({
        path: difference.path,
        before: scalar(difference.before),
        after: scalar(difference.after),
        replaces: replaces(difference),
      }))
      .sort((one, other) => byCodeUnit(one.path, other.path));
  }

  private differences(path: string, before: Value, after: Value): readonly Difference[] {
    if (isPlainObject(before) && isPlainObject(after)) {
      const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
      return keys.flatMap((key) =>
        this.differences(path === "" ? key : `${path}.${key}`, before[key] ?? null, after[key] ?? null),
      );
    }
    if (isBlocks(before) && isBlocks(after) && before.length === after.length) {
      return before.flatMap((item, index) => this.differences(path, item, after[index] ?? null));
    }
    return this.same(before, after)
      ? []
      : [{ path, before, after, touched: [...paths(path, before), ...paths(path, after)] }];
  }

  /** Whether a value is still what it was, as far as that is known before anything is applied. */
  private same(before: Value, after: Value): boolean {
    if (after instanceof Computed) return before instanceof Computed && this.sameComputed(before, after);
    if (after instanceof Derived)
      return (
        before instanceof Derived && before.operation === after.operation && this.sameList(before.inputs, after.inputs)
      );
    if (after instanceof Instance) return before instanceof Instance && this.sameInstance(before, after);
    if (Array.isArray(after)) return Array.isArray(before) && this.sameSet(before, after);
    if (isPlainObject(after)) return isPlainObject(before) && this.sameObject(before, after);
    return (
      before === after || (typeof before !== "object" && typeof after !== "object" && String(before) === String(after))
    );
  }

  private sameComputed(before: Computed, after: Computed): boolean {
    return before.attribute === after.attribute && this.sameInstance(before.instance, after.instance);
  }

  private sameInstance(before: Instance, after: Instance): boolean {
    if (after.isData) return before.address === after.address && this.sameData(before, after);
    return this.pairing.earlierAddress(after.address) === before.address && !this.pairing.isNew(after.address);
  }

  /** A data source gives the same where it is asked the same, before anything changes. */
  private sameData(before: Instance, after: Instance): boolean {
    return !this.pairing.isReadLater(after.address) && this.sameObject(before.config, after.config);
  }

  private sameObject(before: ObjectValue, after: ObjectValue): boolean {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.every((key) => this.same(before[key] ?? null, after[key] ?? null));
  }

  private sameList(before: readonly Value[], after: readonly Value[]): boolean {
    return before.length === after.length && before.every((item, index) => this.same(item, after[index] ?? null));
  }

  /** Lists of single values are sets in all arguments that are written here; within JSON their order counts, if little. */
  private sameSet(before: readonly Value[], after: readonly Value[]): boolean {
    if (before.length !== after.length) return false;
    return this.sameList(before, after) || after.every((item) => before.some((other) => this.same(other, item)));
  }
}

interface Difference {
  readonly path: string;
  readonly before: Value;
  readonly after: Value;
  /** The path, and those of the arguments within blocks that come or go. */
  readonly touched: readonly string[];
}

function isBlocks(value: Value): value is readonly ObjectValue[] {
  return Array.isArray(value) && value.length > 0 && value.every((item: Value) => isPlainObject(item));
}

function paths(path: string, value: Value): readonly string[] {
  if (Array.isArray(value))
    return [path, ...value.flatMap((item: Value) => (isPlainObject(item) ? paths(path, item) : []))];
  if (!isPlainObject(value)) return [path];
  return Object.entries(value).flatMap(([key, item]) => paths(`${path}.${key}`, item));
}

function covers(argument: string, path: string): boolean {
  return path === argument || path.startsWith(`${argument}.`);
}

function scalar(value: Value): string | number | boolean | null {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}
