import type { PageData, ZoneView } from "../page-data.ts";
import { drawCards, type Card } from "./cards.ts";
import { element } from "./dom.ts";

/** Draws each zone with its subnets and nodes, and returns the nodes' cards. */
export function drawZones(data: PageData, into: HTMLElement): Card[] {
  return data.zones.flatMap((zone) => {
    const cards = drawCards(data, zone.nodes);
    into.append(drawZone(zone, cards));
    return cards;
  });
}

function drawZone({ name, subnets }: ZoneView, cards: readonly Card[]): HTMLElement {
  const heading = element("h3", {}, name);
  const ranges = subnets.map(([label, text]) => element("div", {}, element("dt", {}, label), element("dd", {}, text)));
  const nodes = element("ul", { class: "nodes", "aria-label": `Nodes in ${name}` }, ...cards.map(({ box }) => box));
  return element("section", { class: "zone" }, heading, element("dl", { class: "subnets" }, ...ranges), nodes);
}
