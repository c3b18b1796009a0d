import type { Carried, Load, PageData, Thing, ThingId } from "../page-data.ts";
import { element } from "./dom.ts";

/** A thing as it stands on the page: the button in it chooses it. */
export interface Card {
  readonly id: ThingId;
  readonly thing: Thing;
  readonly box: HTMLLIElement;
  readonly button: HTMLButtonElement;
  /** What a search looks through, in lower case. */
  readonly words: string;
}

/** Draws things as the items of a list. */
export function drawCards({ things }: PageData, ids: readonly ThingId[]): Card[] {
  return ids.flatMap((id) => {
    const thing = things[id];
    return thing ? [drawCard(things, id, thing)] : [];
  });
}

function drawCard(things: PageData["things"], id: ThingId, thing: Thing): Card {
  const button = element("button", { type: "button", "data-id": id }, thing.name);
  const box = element("li", { class: `card ${thing.kind}` }, button, element("p", { class: "note" }, thing.note));
  if (thing.role) box.dataset["role"] = thing.role;
  if (thing.node) drawNode(box, things, thing);
  else if (thing.to?.length) box.append(uses(things, thing.to));
  return { id, thing, box, button, words: searchWords(id, thing) };
}

function searchWords(id: ThingId, { name, note, role = "", facts, node }: Thing): string {
  const carried = node?.carries.map(({ thing }) => thing) ?? [];
  return [id, name, note, role, ...facts.flat(), ...carried].join("\n").toLowerCase();
}

/** What it sends requests to, in words: for screens and paper without room for the lines. */
function uses(things: PageData["things"], ids: readonly ThingId[]): HTMLElement {
  const names = ids.map((id) => things[id]?.name ?? id);
  return element("p", { class: "uses" }, `→ ${names.join(", ")}`);
}

function drawNode(box: HTMLElement, things: PageData["things"], { role = "", node }: Thing): void {
  if (!node) return;
  const badge = element("p", { class: "role" }, role);
  if (node.draining) badge.append(" · draining");
  box.append(badge, element("div", { class: "loads" }, bar(node.cpu), bar(node.memory)));
  box.append(element("ul", { class: "pods", "aria-label": "Pods" }, ...pods(things, node.carries)));
}

/** Those that every node carries are counted only. */
function pods(things: PageData["things"], carries: readonly Carried[]): HTMLElement[] {
  const own = carries
    .filter(({ everywhere }) => !everywhere)
    .map(({ thing, pods: count }) => {
      const { name = thing, kind = "component" } = things[thing] ?? {};
      return element("li", { class: kind }, count > 1 ? `${name} ×${count}` : name);
    });
  const common = carries.reduce((sum, { everywhere, pods: count }) => sum + (everywhere ? count : 0), 0);
  return common > 0 ? [...own, element("li", { class: "component" }, `${common} system`)] : own;
}

/** How much of the allocatable is asked for. */
function bar({ share, text }: Load): HTMLElement {
  const fill = element("span", { class: share > 1 ? "fill over" : share > 0.85 ? "fill high" : "fill" });
  fill.style.width = `${Math.min(share, 1) * 100}%`;
  return element("div", { class: "load" }, text, element("span", { class: "bar" }, fill));
}
