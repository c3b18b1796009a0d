/** Draws the page from the data in it, and answers to the search, to clicks and to keys. */
import type { PageData, ThingId } from "../page-data.ts";
import { byId } from "./dom.ts";
import { drawRoles, watchFilter } from "./filter.ts";
import { drawFlow } from "./flow.ts";
import { watchKeys } from "./keys.ts";
import { drawLines } from "./lines.ts";
import { watchSelection } from "./selection.ts";
import { drawZones } from "./zones.ts";

const data = JSON.parse(byId("data").textContent ?? "") as PageData;
const cards = [...drawFlow(data, byId("flow")), ...drawZones(data, byId("zones"))];
const lines = drawLines(cards, byId("lines") as unknown as SVGSVGElement);

drawRoles(data.roles, byId("roles"));
const select = watchSelection({ data, cards, emphasise: lines.emphasise });
watchFilter(cards, lines.lay);
watchKeys(cards, () => select(null));

new ResizeObserver(lines.lay).observe(byId("flow"));
select(decodeURIComponent(location.hash.slice(1)) as ThingId);
