import type { ThingId } from "../page-data.ts";
import type { Card } from "./cards.ts";

const SVG = "http://www.w3.org/2000/svg";

/** Between two columns, in pixels: what is further away has another between. */
const WIDEST_GAP = 100;
/** Where nothing else is: over the columns' titles. */
const ABOVE = -5;

interface Line {
  readonly from: Card;
  readonly to: Card;
  readonly path: SVGPathElement;
}

/** The lines from each card to what it sends requests to. `lay` puts them where the cards are now. */
export interface Lines {
  readonly lay: () => void;
  /** Shows the lines that begin or end at the thing more clearly than the others. */
  readonly emphasise: (id: ThingId | null) => void;
}

export function drawLines(cards: readonly Card[], canvas: SVGSVGElement): Lines {
  const cardOf = new Map(cards.map((card) => [card.id, card]));
  const lines = cards.flatMap((from) => (from.thing.to ?? []).flatMap((id) => drawLine(from, cardOf.get(id), canvas)));
  return { lay: unhurried(() => lay(lines, canvas), canvas), emphasise: (id) => emphasise(lines, id) };
}

/** Lets the cards move first. Until they have stood still for a moment, lines in wrong places are not shown. */
function unhurried(action: () => void, canvas: SVGSVGElement): () => void {
  let timer: number | undefined;
  return () => {
    canvas.classList.add("moving");
    clearTimeout(timer);
    timer = setTimeout(() => {
      action();
      canvas.classList.remove("moving");
    }, 120);
  };
}

function drawLine(from: Card, to: Card | undefined, canvas: SVGSVGElement): Line[] {
  if (!to) return [];
  const path = document.createElementNS(SVG, "path");
  canvas.append(path);
  return [{ from, to, path }];
}

/** All boxes are measured before the first path is written: the browser lays the page out once. */
function lay(lines: readonly Line[], canvas: SVGSVGElement): void {
  const origin = canvas.getBoundingClientRect();
  const courses = lines.map(({ from, to }) => course(from.box, to.box, origin));
  for (const [at, { path }] of lines.entries()) path.setAttribute("d", courses[at] ?? "");
}

/** From the right edge of one box to the left edge of the other; within a column, around its right side; above those between. */
function course(from: HTMLElement, to: HTMLElement, origin: DOMRect): string {
  if (from.hidden || to.hidden) return "";
  const [a, b] = [from.getBoundingClientRect(), to.getBoundingClientRect()];
  const [y1, y2] = [a.top + a.height / 2 - origin.top, b.top + b.height / 2 - origin.top];
  const x1 = a.right - origin.left;
  const isSameColumn = b.left < a.right;
  const x2 = (isSameColumn ? b.right : b.left) - origin.left;
  const bend = isSameColumn ? 18 : (x2 - x1) / 2;
  const back = isSameColumn ? x2 + bend : x2 - bend;
  if (x2 - x1 > WIDEST_GAP)
    return `M${x1} ${y1}C${x1 + 30} ${y1} ${x1} ${ABOVE} ${x1 + 60} ${ABOVE}H${x2 - 60}C${x2} ${ABOVE} ${x2 - 30} ${y2} ${x2} ${y2}`;
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${back} ${y2} ${x2} ${y2}`;
}

function emphasise(lines: readonly Line[], id: ThingId | null): void {
  for (const { from, to, path } of lines) path.classList.toggle("on", id !== null && (from.id === id || to.id === id));
}
