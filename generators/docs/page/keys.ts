import type { Card } from "./cards.ts";
import { byId } from "./dom.ts";

type Direction = readonly [x: number, y: number];

const ARROWS: Readonly<Record<string, Direction>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** `/` leads to the search, arrow keys from card to card, Escape back to where nothing is chosen. */
export function watchKeys(cards: readonly Card[], unselect: () => void): void {
  const cardOf = new Map<EventTarget | null, Card>(cards.map((card) => [card.button, card]));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const isTyping = event.target instanceof HTMLInputElement;
    const next = isTyping ? firstFound(cards, event.key) : step(cards, cardOf.get(event.target), event.key);
    if (event.key === "Escape") leave(unselect);
    else if (event.key === "/" && !isTyping) byId("search").focus();
    else if (next) next.button.focus();
    else return;
    event.preventDefault();
  });
}

function leave(unselect: () => void): void {
  const search = byId("search") as HTMLInputElement;
  search.value = "";
  search.dispatchEvent(new Event("input"));
  const chosen = document.querySelector<HTMLElement>("[aria-current]");
  chosen?.focus(); // which chooses it, so this comes first
  unselect();
}

function firstFound(cards: readonly Card[], key: string): Card | undefined {
  return key === "Enter" || key === "ArrowDown" ? cards.find(({ box }) => !box.hidden) : undefined;
}

function step(cards: readonly Card[], from: Card | undefined, key: string): Card | undefined {
  return from && neighbour(cards, from, key);
}

/** The card that an arrow key leads to from this one, among those that are shown. */
function neighbour(cards: readonly Card[], from: Card, key: string): Card | undefined {
  const direction = ARROWS[key];
  if (!direction) return undefined;
  const start = middle(from);
  const distances = cards
    .filter((card) => card !== from && !card.box.hidden)
    .map((card) => ({ card, distance: distance(start, middle(card), direction) }));
  return distances.reduce<{ card?: Card; distance: number }>(
    (best, one) => (one.distance < best.distance ? one : best),
    {
      distance: Infinity,
    },
  ).card;
}

function middle({ box }: Card): Direction {
  const { left, top, width, height } = box.getBoundingClientRect();
  return [left + width / 2, top + height / 2];
}

/** Along the arrow, and thrice as much across it. Infinite behind the start. */
function distance([x1, y1]: Direction, [x2, y2]: Direction, [dx, dy]: Direction): number {
  const along = (x2 - x1) * dx + (y2 - y1) * dy;
  const across = Math.abs((x2 - x1) * dy) + Math.abs((y2 - y1) * dx);
  return along > 1 ? along + 3 * across : Infinity;
}
