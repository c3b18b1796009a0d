import type { ThingId } from "../page-data.ts";
import type { Card } from "./cards.ts";

const SVG = "http://www.w3.org/2000/svg";

/** Between two columns, in pixels: what is further away has another between. */
const WIDEST_GAP = 100;
/** Where nothing else is: over the columns' titles. */
const ABOVE = -5;
/** More lines that begin or end at one card share a trunk: a fan of hundreds shows nothing, and takes long to draw. */
const FAN = 40;

interface Line {
  readonly from: Card;
  readonly to: Card;
  readonly path: SVGPathElement;
}

/** What the lines have in common that all begin, or all end, at one card. */
interface Trunk {
  readonly lines: readonly Line[];
  readonly shared: "from" | "to";
  readonly path: SVGPathElement;
  /** How far it stands from the column of the many, in pixels: no two stand in one place. */
  readonly distance: number;
}

interface Drawing {
  readonly canvas: SVGSVGElement;
  /** Those that go all the way alone. */
  readonly lines: readonly Line[];
  readonly trunks: readonly Trunk[];
}

/** The lines from each card to what it sends requests to. `lay` puts them where the cards are now. */
export interface Lines {
  readonly lay: () => void;
  /** Shows the lines that begin or end at the thing more clearly than the others. */
  readonly emphasise: (id: ThingId | null) => void;
}

export function drawLines(cards: readonly Card[], canvas: SVGSVGElement): Lines {
  const drawing = draw(cards, canvas);
  return { lay: unhurried(() => lay(drawing), canvas), emphasise: (id) => emphasise(drawing, id) };
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

function draw(cards: readonly Card[], canvas: SVGSVGElement): Drawing {
  const cardOf = new Map(cards.map((card) => [card.id, card]));
  const all = cards.flatMap((from) => (from.thing.to ?? []).flatMap((id) => drawLine(from, cardOf.get(id), canvas)));
  const [ending, others] = fans(Map.groupBy(all, ({ from, to }) => `${from.thing.kind} ${to.id}`));
  const [beginning, lines] = fans(Map.groupBy(others, ({ from, to }) => `${from.id} ${to.thing.kind}`));
  const trunks = [
    ...ending.map((fan, at) => drawTrunk(fan, "to", at, canvas)),
    ...beginning.map((fan, at) => drawTrunk(fan, "from", at, canvas)),
  ];
  return { canvas, lines, trunks };
}

/** The groups that are too large to be drawn line by line, and the lines of all others. */
function fans(groups: ReadonlyMap<string, readonly Line[]>): [fans: (readonly Line[])[], others: Line[]] {
  const all = [...groups.values()];
  return [all.filter(({ length }) => length > FAN), all.filter(({ length }) => length <= FAN).flat()];
}

function drawLine(from: Card, to: Card | undefined, canvas: SVGSVGElement): Line[] {
  return to ? [{ from, to, path: drawPath(canvas) }] : [];
}

function drawTrunk(lines: readonly Line[], shared: Trunk["shared"], at: number, canvas: SVGSVGElement): Trunk {
  return { lines, shared, path: drawPath(canvas), distance: 12 + 6 * (at % 6) };
}

function drawPath(canvas: SVGSVGElement): SVGPathElement {
  const path = document.createElementNS(SVG, "path");
  canvas.append(path);
  return path;
}

interface Course {
  readonly path: SVGPathElement;
  readonly d: string;
}

/** All boxes are measured before the first path is written: the browser lays the page out once. */
function lay({ canvas, lines, trunks }: Drawing): void {
  const origin = canvas.getBoundingClientRect();
  const courses = [
    ...lines.map(({ path, from, to }) => ({ path, d: course(placeOf(from, origin), placeOf(to, origin)) })),
    ...trunks.flatMap((trunk) => trunkCourses(trunk, origin)),
  ];
  for (const { path, d } of courses) path.setAttribute("d", d);
}

/** A card's edges and its middle, in the canvas; null while it is hidden. */
interface Place {
  readonly left: number;
  readonly right: number;
  readonly y: number;
}

function placeOf({ box }: Card, origin: DOMRect): Place | null {
  if (box.hidden) return null;
  const { left, right, top, height } = box.getBoundingClientRect();
  return { left: left - origin.left, right: right - origin.left, y: top + height / 2 - origin.top };
}

/** From the right edge of one box to the left edge of the other; within a column, around its right side; above those between. */
function course(from: Place | null, to: Place | null): string {
  if (!from || !to) return "";
  const isSameColumn = to.left < from.right;
  const [x1, y1] = [from.right, from.y];
  const [x2, y2] = [isSameColumn ? to.right : to.left, to.y];
  const bend = isSameColumn ? 18 : (x2 - x1) / 2;
  const back = isSameColumn ? x2 + bend : x2 - bend;
  if (x2 - x1 > WIDEST_GAP)
    return `M${x1} ${y1}C${x1 + 30} ${y1} ${x1} ${ABOVE} ${x1 + 60} ${ABOVE}H${x2 - 60}C${x2} ${ABOVE} ${x2 - 30} ${y2} ${x2} ${y2}`;
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${back} ${y2} ${x2} ${y2}`;
}

/** A short way between each of the many and the trunk; the trunk passes all of them, and leads to the one they share. */
function trunkCourses({ lines, shared, path, distance }: Trunk, origin: DOMRect): Course[] {
  const isInto = shared === "to";
  const one = placeOf(lines[0]![shared], origin);
  const ends = lines.map((line) => ({ path: line.path, place: one && placeOf(line[isInto ? "from" : "to"], origin) }));
  const places = ends.flatMap(({ place }) => place ?? []);
  const [first, last] = [places.at(0), places.at(-1)];
  if (!one || !first || !last) return [...ends, { path }].map(({ path }) => ({ path, d: "" }));
  const edge = isInto ? first.right : first.left;
  const x = isInto ? edge + distance : edge - distance;
  const isFar = (isInto ? one.left - x : x - one.right) > WIDEST_GAP;
  const joint = { left: x, right: x, y: isFar ? first.y : Math.min(Math.max(one.y, first.y), last.y) };
  return [
    ...ends.map(({ path, place }) => ({ path, d: place ? `M${edge} ${place.y}H${x}` : "" })),
    { path, d: `M${x} ${first.y}V${last.y}${isInto ? course(joint, one) : course(one, joint)}` },
  ];
}

function emphasise({ lines, trunks }: Drawing, id: ThingId | null): void {
  const touches = ({ from, to }: Line): boolean => id !== null && (from.id === id || to.id === id);
  const all = [...lines, ...trunks.flatMap((trunk) => trunk.lines)];
  for (const line of all) line.path.classList.toggle("on", touches(line));
  for (const trunk of trunks) trunk.path.classList.toggle("on", trunk.lines.some(touches));
}
