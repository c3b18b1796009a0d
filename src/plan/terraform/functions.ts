import { byCodeUnit } from "../../order.ts";
import { entriesOf, type ObjectValue, type Value } from "./value.ts";

type List = readonly Value[];
type Function = (...values: Value[]) => Value;

/**
 * Functions whose outcome is needed to know which instances there are. Others, such as jsonencode, stay as they are written:
 * their outcomes are alike where their inputs are.
 */
export const functions: Readonly<Record<string, Function>> = {
  toset: (list) => sorted(unique(listOf(list))),
  tolist: (list) => listOf(list),
  tomap: (map) => map,
  tostring: (value) => String(value),
  tonumber: (value) => Number(value),
  distinct: (list) => unique(listOf(list)),
  sort: (list) => sorted(listOf(list)),
  reverse: (list) => listOf(list).toReversed(),
  flatten: (list) => flatten(listOf(list)),
  compact: (list) => listOf(list).filter((item) => item !== null && item !== ""),
  concat: (...lists) => lists.flatMap(listOf),
  setunion: (...lists) => sorted(unique(lists.flatMap(listOf))),
  setsubtract: (one, other) => listOf(one).filter((item) => !listOf(other).includes(item)),
  merge: (...maps) => Object.assign({}, ...maps.map((map) => map ?? {})) as ObjectValue,
  keys: (map) => sorted(Object.keys(map as ObjectValue)),
  values: (map) => sortedEntries(map).map(([, item]) => item),
  lookup: (map, key, otherwise) => new Map(entriesOf(map)).get(String(key)) ?? otherwise ?? null,
  contains: (list, item) => listOf(list).includes(item),
  length: (value) => (typeof value === "string" ? [...value].length : (entriesOf(value) ?? listOf(value)).length),
  one: (list) => listOf(list)[0] ?? null,
  coalesce: (...values) => values.find((value) => value !== null && value !== "") ?? null,
  element: (list, index) => listOf(list)[Number(index) % listOf(list).length] ?? null,
  join: (separator, list) => listOf(list).join(String(separator)),
  split: (separator, text) => String(text).split(String(separator)),
  replace: (text, from, to) => String(text).replaceAll(String(from), String(to)),
  lower: (text) => String(text).toLowerCase(),
  upper: (text) => String(text).toUpperCase(),
  zipmap: (keys, values) =>
    Object.fromEntries(listOf(keys).map((key, index) => [String(key), listOf(values)[index] ?? null])),
};

function listOf(value: Value): List {
  if (Array.isArray(value)) return value;
  throw new Error("Terraform: a function was given something that is no list");
}

function unique(list: List): List {
  return [...new Set(list)];
}

/** Sets are in the order of their texts. */
function sorted(list: List): List {
  return list.toSorted((one, other) => byCodeUnit(String(one), String(other)));
}

function flatten(list: List): List {
  return list.flatMap((item) => (Array.isArray(item) ? flatten(item) : [item]));
}

function sortedEntries(map: Value): [string, Value][] {
  return (entriesOf(map) ?? []).sort(([one], [other]) => byCodeUnit(one, other));
}
