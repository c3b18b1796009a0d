import type { Resources } from "../model/model.ts";
import type { Check } from "./contradiction.ts";
import { type Owner, type Pool, pools } from "./pools.ts";
import { show } from "./wording.ts";

/**
 * What the pods of some nodes ask for together fits these nodes, as Terraform makes them, beside the largest task that comes and
 * goes; and each of them fits one node. Nodes that are draining take none.
 */
export const requestsFit: Check = (facts) =>
  pools(facts).flatMap((pool) => (pool.rooms.length > 0 ? [...tooLarge(pool), ...overfull(pool)] : []));

function tooLarge({ owners, rooms }: Pool) {
  return owners
    .filter(({ pod }) => !rooms.some((room) => fits(pod, room)))
    .map(({ file, owner }) => ({ file, message: `a pod of ${owner} fits none of its nodes` }));
}

function overfull({ nodeSelector, owners, rooms }: Pool) {
  const tasks = owners.filter(isTask).map(({ pod }) => pod);
  const largest = {
    cpu: Math.max(0, ...tasks.map(({ cpu }) => cpu)),
    memory: Math.max(0, ...tasks.map(({ memory }) => memory)),
  };
  const asked = sum([...owners.flatMap(({ count, pod }) => Array.from({ length: count }, () => pod)), largest]);
  const given = sum(rooms);
  if (fits(asked, given)) return [];
  const message = `${show(nodeSelector)}: ${display(asked)} are asked for, ${display(given)} are there`;
  return [{ file: owners[0].file, message }];
}

function isTask({ count }: Owner): boolean {
  return count === 0;
}

function sum(all: readonly Resources[]): Resources {
  return all.reduce<Resources>((total, one) => ({ cpu: total.cpu + one.cpu, memory: total.memory + one.memory }), {
    cpu: 0,
    memory: 0,
  });
}

function fits(asked: Resources, given: Resources): boolean {
  return asked.cpu <= given.cpu && asked.memory <= given.memory;
}

function display({ cpu, memory }: Resources): string {
  return `${cpu}m and ${memory}Mi`;
}
