import { Expression, type HclValue } from "../../read/hcl.ts";
import { lookup } from "../../lookup.ts";
import { byCodeUnit } from "../../order.ts";
import { element, parseExpression, type ForNode, type Node } from "./expression.ts";
import { functions } from "./functions.ts";
import { computedWhilePlanned } from "./provider.ts";
import {
  Computed,
  Derived,
  entriesOf,
  Instance,
  isPlainObject,
  isUnknown,
  Names,
  type ObjectValue,
  type Value,
} from "./value.ts";

/** What a name means: `local`, `each`, a variable of a `for`. Undefined where there is no such name. */
export type Scope = (name: string) => Value | undefined;

/** A scope with more names in it. */
export function withNames(scope: Scope, names: Readonly<Record<string, Value>>): Scope {
  return (name) => lookup(names, name) ?? (Object.hasOwn(names, name) ? null : scope(name));
}

/** The value of an attribute as src/read/hcl.ts gives it. */
export function evaluate(value: HclValue, scope: Scope): Value {
  if (value instanceof Expression) return evaluateNode(parseExpression(value.source), scope);
  if (Array.isArray(value)) return value.map((item: HclValue) => evaluate(item, scope));
  if (typeof value !== "object" || value === null) return value as Value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, evaluate(item as HclValue, scope)]));
}

function evaluateNode(node: Node, scope: Scope): Value {
  switch (node.kind) {
    case "literal":
      return node.value;
    case "name":
      return scope(node.name) ?? unknownName(node.name, scope);
    case "template":
      return join(node.parts.map((part) => evaluateNode(part, scope)));
    case "list":
      return node.items.map((item) => evaluateNode(item, scope));
    case "object":
      return Object.fromEntries(
        node.entries.map(([key, item]) => [text(evaluateNode(key, scope)), evaluateNode(item, scope)]),
      );
    case "get":
      return get(evaluateNode(node.of, scope), evaluateNode(node.key, scope));
    case "splat":
      return splat(evaluateNode(node.of, scope), node.each, scope);
    case "call":
      return call(node.name, node.arguments, scope);
    case "operation":
      return operate(node.operator, node.operands, scope);
    case "condition":
      return choose(evaluateNode(node.test, scope), node, scope);
    case "for":
      return evaluateFor(node, scope);
  }
}

/** A variable of a `for` may hold null, which a scope gives as null as well. */
function unknownName(name: string, scope: Scope): null {
  if (scope(name) === null) return null;
  throw new Error(`Terraform: nothing is called ${name}`);
}

function text(value: Value): string {
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  throw new Error("Terraform: a key that is known only after apply");
}

function join(parts: readonly Value[]): Value {
  return parts.some((part) => isUnknown(part)) ? new Derived("template", parts) : parts.map(text).join("");
}

/** What stands under a key. An instance's arguments are known, everything else of it is the provider's to say. */
export function get(of: Value, key: Value): Value {
  if (isUnknown(of) || isUnknown(key)) return new Derived("get", [of, key]);
  if (of instanceof Names) return of.find(text(key));
  if (of instanceof Instance) return attribute(of, text(key));
  if (Array.isArray(of)) return of[Number(key)] ?? missing(key);
  const found = isPlainObject(of) ? lookup(of, text(key)) : undefined;
  return found === undefined ? missing(key) : found;
}

function missing(key: Value): never {
  throw new Error(`Terraform: nothing stands under ${text(key)}`);
}

function attribute(instance: Instance, name: string): Value {
  const planned = lookup(computedWhilePlanned, `${instance.type}.${name}`);
  if (planned) return planned(instance);
  return lookup(instance.config, name) ?? new Computed(instance, name);
}

function splat(of: Value, each: Node, scope: Scope): Value {
  if (isUnknown(of)) return new Derived("splat", [of, each.kind]);
  const items = of === null ? [] : Array.isArray(of) ? (of as readonly Value[]) : [of];
  return items.map((item) => evaluateNode(each, withNames(scope, { [element]: item })));
}

function call(name: string, parameters: readonly Node[], scope: Scope): Value {
  if (name === "try" || name === "can") throw new Error(`Terraform: the function ${name}`);
  const values = parameters.map((parameter) => evaluateNode(parameter, scope));
  const known = lookup(functions, name);
  return known && !values.some(isUnknown) ? known(...values) : new Derived(name, values);
}

const comparisons: Readonly<Record<string, (one: Value, other: Value) => Value>> = {
  "==": (one, other) => JSON.stringify(one) === JSON.stringify(other),
  "!=": (one, other) => JSON.stringify(one) !== JSON.stringify(other),
  "<": (one, other) => Number(one) < Number(other),
  ">": (one, other) => Number(one) > Number(other),
  "<=": (one, other) => Number(one) <= Number(other),
  ">=": (one, other) => Number(one) >= Number(other),
  "+": (one, other) => Number(one) + Number(other),
  "-": (one, other) => Number(one) - Number(other),
  "*": (one, other) => Number(one) * Number(other),
  "/": (one, other) => Number(one) / Number(other),
  "%": (one, other) => Number(one) % Number(other),
  "&&": (one, other) => one === true && other === true,
  "||": (one, other) => one === true || other === true,
};

function operate(operator: string, operands: readonly Node[], scope: Scope): Value {
  const values = operands.map((operand) => evaluateNode(operand, scope));
  if (values.some(isUnknown)) return new Derived(operator, values);
  const [one = null, other] = values;
  if (other === undefined) return operator === "!" ? one !== true : -Number(one);
  return (comparisons[operator] as (one: Value, other: Value) => Value)(one, other);
}

function choose(test: Value, { yes, no }: { readonly yes: Node; readonly no: Node }, scope: Scope): Value {
  if (isUnknown(test)) return new Derived("condition", [test, evaluateNode(yes, scope), evaluateNode(no, scope)]);
  return evaluateNode(test === true ? yes : no, scope);
}

function evaluateFor(node: ForNode, scope: Scope): Value {
  const source = evaluateNode(node.source, scope);
  if (isUnknown(source)) return new Derived("for", [source]);
  const results = itemsOf(source)
    .map(([key, item]) =>
      withNames(scope, node.names.length === 1 ? { [node.names[0] as string]: item } : pair(node.names, key, item)),
    )
    .filter((inner) => node.test === null || evaluateNode(node.test, inner) === true)
    .map((inner) => [node.key && text(evaluateNode(node.key, inner)), evaluateNode(node.result, inner)] as const);
  return node.key === null ? results.map(([, item]) => item) : gather(results as [string, Value][], node.groups);
}

function pair([keyName, valueName]: readonly string[], key: Value, item: Value): ObjectValue {
  return { [keyName as string]: key, [valueName as string]: item };
}

/** Keys and values, in Terraform's order: objects by key, lists as they are. */
function itemsOf(source: Value): (readonly [Value, Value])[] {
  if (Array.isArray(source)) return source.map((item: Value, index) => [index, item]);
  const entries = entriesOf(source);
  if (!entries) throw new Error("Terraform: a for over something that is no list and no map");
  return entries.sort(([one], [other]) => byCodeUnit(one, other));
}

function gather(results: readonly [string, Value][], groups: boolean): Value {
  if (!groups) return Object.fromEntries(results);
  const keys = [...new Set(results.map(([key]) => key))];
  return Object.fromEntries(
    keys.map((key) => [key, results.filter(([other]) => other === key).map(([, item]) => item)]),
  );
}
