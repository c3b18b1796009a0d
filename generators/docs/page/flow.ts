import type { PageData, Stage } from "../page-data.ts";
import { drawCards, type Card } from "./cards.ts";
import { element } from "./dom.ts";

/** Draws the way of a request, one column a stage, and returns the cards in it. */
export function drawFlow(data: PageData, into: HTMLElement): Card[] {
  return data.stages.flatMap((stage) => {
    const lists = stage.lists.map(({ title, things }) => ({ title, cards: drawCards(data, things) }));
    into.append(drawStage(stage, lists));
    return lists.flatMap(({ cards }) => cards);
  });
}

interface List {
  readonly title: string;
  readonly cards: readonly Card[];
}

function drawStage({ title }: Stage, lists: readonly List[]): HTMLElement {
  const parts = lists.flatMap((list) => [
    ...(list.title ? [element("h4", {}, list.title)] : []),
    element("ul", { "aria-label": list.title || title }, ...list.cards.map(({ box }) => box)),
  ]);
  return element("section", { class: "stage" }, element("h3", {}, title), ...parts);
}
