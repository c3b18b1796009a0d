import type { Model } from "../../src/model/model.ts";
import { layers } from "./layers.ts";
import { drawFlow, drawZones } from "./mermaid.ts";
import type { PageData } from "./page-data.ts";
import { summary } from "./summary.ts";
import render from "./topology.md.hbs";

/** What a repository's web page shows: two drawings and the layers. */
export function markdownPage(model: Model, data: PageData): string {
  return render({
    title: model.id,
    summary: summary(model).join(", "),
    flow: drawFlow(data),
    zones: drawZones(data),
    layers: layers(model),
  });
}
