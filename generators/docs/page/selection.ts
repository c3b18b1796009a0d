import type { PageData, ThingId } from "../page-data.ts";
import type { Card } from "./cards.ts";
import { byId } from "./dom.ts";
import { showThing } from "./panel.ts";
import { relations } from "./relations.ts";

interface Page {
  readonly data: PageData;
  readonly cards: readonly Card[];
  /** Shows the lines of one thing more clearly than the others. */
  readonly emphasise: (id: ThingId | null) => void;
}

/** Chooses a thing when its button gets the focus or is pressed, or a link leads to it. Returns what chooses one. */
export function watchSelection(page: Page): (id: ThingId | null) => void {
  let chosen: ThingId | null = null;
  const select = (id: ThingId | null): void => {
    if (id === chosen) return;
    chosen = id !== null && page.data.things[id] ? id : null;
    mark(page, chosen);
    history.replaceState(null, "", chosen ? `#${chosen}` : location.pathname + location.search);
  };
  document.addEventListener("focusin", ({ target }) => idOf(target) && select(idOf(target)));
  document.addEventListener("click", (event) => follow(event, select));
  byId("close").addEventListener("click", () => select(null));
  return select;
}

/** A press on a button by key leads on to the facts; a click on a link in them chooses what it names. */
function follow(event: MouseEvent, select: (id: ThingId | null) => void): void {
  const link = (event.target as Element).closest("#facts a");
  const id = link ? (link.getAttribute("href")?.slice(1) as ThingId) : idOf(event.target);
  if (!id) return;
  event.preventDefault();
  select(id);
  if (link || event.detail === 0) byId("facts").querySelector("h2")?.focus();
}

function idOf(target: EventTarget | null): ThingId | null {
  return (target instanceof HTMLButtonElement ? (target.dataset["id"] as ThingId | undefined) : undefined) ?? null;
}

function mark({ data, cards, emphasise }: Page, id: ThingId | null): void {
  const related = new Set(id ? relations(data, id).flatMap(({ things }) => things) : []);
  for (const { id: other, box, button } of cards) {
    box.classList.toggle("related", related.has(other));
    box.classList.toggle("current", other === id);
    if (other === id) button.setAttribute("aria-current", "true");
    else button.removeAttribute("aria-current");
  }
  emphasise(id);
  document.body.classList.toggle("chosen", id !== null);
  if (id) showThing(data, id, byId("facts"));
}
