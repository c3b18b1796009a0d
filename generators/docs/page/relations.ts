import type { PageData, ThingId } from "../page-data.ts";

export interface Relation {
  readonly title: string;
  readonly things: readonly ThingId[];
}

/** What a thing stands in connection with. What every node carries is left out: it says nothing of this one. */
export function relations({ things }: PageData, id: ThingId): readonly Relation[] {
  const ids = Object.keys(things) as ThingId[];
  const ownOn = (node: ThingId) =>
    (things[node]?.node?.carries ?? []).filter(({ everywhere }) => !everywhere).map(({ thing }) => thing);
  return [
    { title: "Carries", things: ownOn(id) },
    { title: "Runs on", things: ids.filter((node) => ownOn(node).includes(id)) },
    { title: "Uses", things: things[id]?.to ?? [] },
    { title: "Used by", things: ids.filter((other) => things[other]?.to?.includes(id)) },
  ];
}
