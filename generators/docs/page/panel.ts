import type { Fact, PageData, ThingId } from "../page-data.ts";
import { element } from "./dom.ts";
import { relations } from "./relations.ts";

const KINDS = {
  node: "Node",
  service: "Service",
  datastore: "Datastore",
  bucket: "Bucket",
  component: "Component",
  edge: "Edge",
} as const;

/** Shows everything that is known of a thing. */
export function showThing(data: PageData, id: ThingId, panel: HTMLElement): void {
  const thing = data.things[id];
  if (!thing) return;
  const heading = element("h2", { tabindex: "-1" }, thing.name, element("small", {}, KINDS[thing.kind]));
  const related = relations(data, id).flatMap(({ title, things }) => drawLinks(data, title, things));
  panel.replaceChildren(heading, ...related, drawFacts(thing.facts), ...drawOutputLines(data, id));
  // With the next picture: done now, it would have the browser lay the page out twice.
  requestAnimationFrame(() => panel.closest("aside")?.scrollTo(0, 0));
}

function drawFacts(facts: readonly Fact[]): HTMLElement {
  return element(
    "dl",
    {},
    ...facts.flatMap(([label, text]) => [
      element("dt", {}, label),
      element("dd", text.includes("\n") ? { class: "list" } : {}, ...breakable(text)),
    ]),
  );
}

/** Addresses and images break behind the signs that end their parts, where a line is too short for them. */
function breakable(text: string): readonly (Node | string)[] {
  const [first = "", ...parts] = text.split(/(?<=[/:=])(?![/]|$)/);
  return [first, ...parts.flatMap((part) => [element("wbr"), part])];
}

/** So many are taken in at a glance; the others are drawn when they are asked for. */
const AT_A_GLANCE = 24;

function drawLinks(data: PageData, title: string, ids: readonly ThingId[]): HTMLElement[] {
  if (ids.length === 0) return [];
  const [first, others] = [ids.slice(0, AT_A_GLANCE), ids.slice(AT_A_GLANCE)];
  const heading = element("h3", {}, title);
  if (others.length === 0) return [heading, links(data, first)];
  const more = element("details", {}, element("summary", {}, `${others.length} more`));
  more.addEventListener("toggle", () => more.append(links(data, others)), { once: true });
  return [heading, links(data, first), more];
}

function links({ things }: PageData, ids: readonly ThingId[]): HTMLElement {
  const items = ids.map((id) => {
    const { name = id, kind = "" } = things[id] ?? {};
    return element("li", {}, element("a", { href: `#${id}`, class: kind }, name));
  });
  return element("ul", { class: "links" }, ...items);
}

/** The lines of the outputs that would be gone or other ones without the thing, file by file. */
function drawOutputLines({ lines }: PageData, id: ThingId): HTMLElement[] {
  const title = element("h3", {}, "Lines of the outputs");
  if (!lines) return [title, element("p", {}, element("code", {}, "topogen view"), " writes this page with them.")];
  const found = lines.of[id] ?? [];
  const byFile = Map.groupBy(found, ([file]) => file);
  const files = [...byFile].map(([file, inFile]) =>
    element(
      "details",
      {},
      element("summary", {}, lines.files[file] ?? "", element("small", {}, ` ${inFile.length}`)),
      element(
        "ol",
        {},
        ...inFile.map(([, line, text]) => element("li", { value: String(line) }, element("code", {}, text))),
      ),
    ),
  );
  title.append(`: ${found.length}`);
  return [title, ...files];
}
