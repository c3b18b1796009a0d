import type { Check } from "./contradiction.ts";
import { type Owner, type Pool, pools } from "./pools.ts";
import { mayRunOn, schedule } from "./scheduler.ts";
import { show } from "./wording.ts";

/**
 * The scheduler finds room for each pod on those nodes that are open to it, as Terraform makes them, and then for any one of the
 * tasks that come and go.
 */
export const requestsFit: Check = (facts) =>
  pools(facts).flatMap((pool) => {
    const owners = pool.owners.filter((owner) => isOpenTo(owner, pool));
    return [...withoutPlace(owners, pool), ...tasksWithoutPlace(owners, pool)];
  });

/** What selects no node, or does not tolerate it, is another check's. */
function isOpenTo({ owner, pod }: Owner, { rooms }: Pool): boolean {
  return rooms.some(({ node }) => mayRunOn({ owner, ...pod }, node));
}

function withoutPlace(owners: readonly Owner[], { nodeSelector, placed: { waiting } }: Pool) {
  return owners.flatMap(({ file, owner, count }) => {
    const left = waiting.filter((pod) => pod.owner === owner).length;
    if (left === 0) return [];
    return [{ file, message: `of ${count} pods of ${owner}, ${left} find no place on ${show(nodeSelector)}` }];
  });
}

function tasksWithoutPlace(owners: readonly Owner[], { nodeSelector, placed: { rooms } }: Pool) {
  return owners
    .filter(({ count }) => count === 0)
    .filter(({ owner, pod }) => schedule(rooms, [{ owner, ...pod }]).waiting.length > 0)
    .map(({ file, owner }) => ({
      file,
      message: `${owner} finds no place on ${show(nodeSelector)} beside the others`,
    }));
}
