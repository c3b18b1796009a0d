import type { Node } from "../../src/model/model.ts";
import { hcl } from "../../src/output/quote.ts";

export interface Move {
  readonly from: string;
  readonly to: string;
}

/**
 * Where an instance was before, whatever the topology said then: in the other protection class, or under the name of its
 * group before that was renamed. A place can be reached from one other place only, so the moves of a node are a chain.
 */
export function moves(nodes: readonly Node[]): readonly Move[] {
  return nodes.flatMap((node) => {
    const places = [...earlierPlaces(node), ...placesOf(node.name, node)];
    return places.slice(1).map((to, index) => ({ from: places[index] as string, to }));
  });
}

function earlierPlaces(node: Node): readonly string[] {
  return node.renamedFrom === null ? [] : placesOf(node.renamedFrom, node);
}

/** The addresses of a name in both classes, its own class last. */
function placesOf(name: string, { protected: isProtected }: Node): readonly string[] {
  const classes = isProtected ? ["unprotected", "protected"] : ["protected", "unprotected"];
  return classes.map((one) => `aws_instance.${one}[${hcl(name)}]`);
}
