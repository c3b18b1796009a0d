import type { Named } from "../../topology.ts";

/**
 * What an expression of Terraform gives before anything is applied. What only AWS will know is `Computed`, what is made from
 * it `Derived`: two of them are compared by where they come from.
 */
export type Value =
  null | string | number | boolean | readonly Value[] | ObjectValue | Computed | Derived | Instance | Names;

export interface ObjectValue {
  readonly [key: string]: Value;
}

/** One instance of a resource or a data source: `aws_subnet.private["a"]`. Its arguments are evaluated when they are needed. */
export class Instance {
  readonly address: string;
  readonly type: string;
  readonly isData: boolean;
  private readonly evaluate: () => ObjectValue;
  private evaluated: ObjectValue | null = null;

  constructor(address: string, type: string, evaluate: () => ObjectValue) {
    this.address = address;
    this.type = type;
    this.isData = address.startsWith("data.");
    this.evaluate = evaluate;
  }

  /** Its arguments; nested blocks are lists of objects under their type. */
  get config(): ObjectValue {
    return (this.evaluated ??= this.evaluate());
  }
}

/** An attribute that the provider fills in: `aws_vpc.main.id`. */
export class Computed {
  readonly instance: Instance;
  readonly attribute: string;

  constructor(instance: Instance, attribute: string) {
    this.instance = instance;
    this.attribute = attribute;
  }
}

/** The outcome of an operation or a function that is not worked out here, for lack of its inputs or because it need not be. */
export class Derived {
  readonly operation: string;
  readonly inputs: readonly Value[];

  constructor(operation: string, inputs: readonly Value[]) {
    this.operation = operation;
    this.inputs = inputs;
  }
}

/** A name that only leads to others: `local`, `each`, `data`, `aws_vpc`. */
export class Names {
  readonly find: (name: string) => Value;

  constructor(find: (name: string) => Value) {
    this.find = find;
  }
}

export function isUnknown(value: Value): value is Computed | Derived {
  return value instanceof Computed || value instanceof Derived;
}

/** The entries of a plain object; undefined for every other value. */
export function entriesOf(value: Value): [string, Value][] | undefined {
  return isPlainObject(value) ? Object.entries(value) : undefined;
}

export function isPlainObject(value: Value): value is Named<Value> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
