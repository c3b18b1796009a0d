import type { PageData, Thing, ThingId } from "./page-data.ts";

/** What GitHub's Mermaid draws at most: 500 edges and 50,000 characters, of which it may count some twice. */
const MOST_EDGES = 450;
const MOST_CHARACTERS = 45_000;

/** The way of a request, as a Markdown block. */
export function drawFlow({ stages, things }: PageData): string {
  const boxes = stages.flatMap(({ title, lists }) => {
    const ids = lists.flatMap((list) => list.things);
    const drawn = ids.flatMap((id) => (things[id] ? [`    ${box(id, things[id])}`] : []));
    return drawn.length > 1 ? [`  subgraph ${text(title)}`, ...drawn, "  end"] : drawn.map((line) => line.slice(2));
  });
  const known = new Set(stages.flatMap(({ lists }) => lists.flatMap((list) => list.things)));
  const edges = [...known].flatMap((from) =>
    (things[from]?.to ?? []).filter((to) => known.has(to)).map((to) => `  ${name(from)} --> ${name(to)}`),
  );
  return edges.length > MOST_EDGES
    ? tooLarge(`${edges.length} connections`)
    : block(["flowchart LR", ...boxes, ...edges]);
}

/** The nodes in their zones, as a Markdown block. Mermaid puts parts without edges from right to left. */
export function drawZones({ zones, things }: PageData): string {
  const lines = zones
    .toReversed()
    .flatMap((zone) => [
      `  subgraph ${text(zone.name)}`,
      ...zone.nodes.flatMap((id) => (things[id] ? [`    ${box(id, things[id])}`] : [])),
      "  end",
    ]);
  return block(["flowchart TB", ...lines]);
}

function block(lines: readonly string[]): string {
  const drawing = lines.join("\n");
  return drawing.length > MOST_CHARACTERS ? tooLarge("this platform") : `\`\`\`mermaid\n${drawing}\n\`\`\``;
}

function tooLarge(what: string): string {
  return `A drawing of ${what} would be larger than Mermaid draws: see topology.html.`;
}

/** Datastores and buckets are drawn as cylinders. */
function box(id: ThingId, { name: title, note, kind }: Thing): string {
  const label = text(`${title}<br>${note}`);
  return kind === "datastore" || kind === "bucket" ? `${name(id)}[(${label})]` : `${name(id)}[${label}]`;
}

/** `service/scan-worker` as Mermaid names a box: names of the topology have no underscore, so that no two become one. */
function name(id: ThingId): string {
  return id.replace(/[^A-Za-z0-9]/g, "_");
}

function text(words: string): string {
  return `"${words.replaceAll("#", "#35;").replaceAll('"', "#quot;")}"`;
}
