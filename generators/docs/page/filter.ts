import type { RoleCount } from "../page-data.ts";
import type { Card } from "./cards.ts";
import { byId, element } from "./dom.ts";

/** One button a role; pressed ones are shown, all where none is pressed. */
export function drawRoles(roles: readonly RoleCount[], into: HTMLElement): void {
  for (const { name, nodes } of roles) {
    const count = element("small", {}, String(nodes));
    into.append(element("button", { type: "button", "aria-pressed": "false", "data-role": name }, name, " ", count));
  }
}

/** Shows the cards that match the search and the roles, while the user types and presses. */
export function watchFilter(cards: readonly Card[], afterwards: () => void): void {
  const search = byId("search") as HTMLInputElement;
  const roles = byId("roles");
  const apply = (): void => {
    const shown = filter(cards, { words: search.value.toLowerCase().split(/\s+/), roles: pressed(roles) });
    byId("found").textContent = summary(cards, shown);
    afterwards();
  };
  search.addEventListener("input", apply);
  roles.addEventListener("click", ({ target }) => {
    const button = (target as Element).closest("button");
    button?.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    apply();
  });
}

function pressed(roles: HTMLElement): ReadonlySet<string> {
  return new Set(
    [...roles.querySelectorAll<HTMLElement>("[aria-pressed=true]")].map(({ dataset }) => dataset["role"] ?? ""),
  );
}

interface Wanted {
  /** All of these must occur. */
  readonly words: readonly string[];
  readonly roles: ReadonlySet<string>;
}

/** Hides the cards that are not wanted, and returns the others. */
function filter(cards: readonly Card[], wanted: Wanted): readonly Card[] {
  return cards.filter((card) => {
    const isShown = matches(card, wanted);
    if (card.box.hidden === isShown) card.box.hidden = !isShown;
    return isShown;
  });
}

function matches({ words, thing }: Card, wanted: Wanted): boolean {
  if (wanted.roles.size > 0 && !wanted.roles.has(thing.role ?? "")) return false;
  return wanted.words.every((word) => words.includes(word));
}

/** `3 of 14 nodes, 1 of 8 services`; nothing while everything is shown. */
function summary(cards: readonly Card[], shown: readonly Card[]): string {
  if (cards.length === shown.length) return "";
  return (["node", "service"] as const)
    .map((kind) => {
      const count = (list: readonly Card[]) => list.filter(({ thing }) => thing.kind === kind).length;
      return `${count(shown)} of ${count(cards)} ${kind}s`;
    })
    .join(", ");
}
