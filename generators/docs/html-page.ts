import type { Model } from "../../src/model/model.ts";
import { layers } from "./layers.ts";
import type { PageData } from "./page-data.ts";
import script from "./page/main.ts?bundle";
import { style } from "./style.ts";
import { summary } from "./summary.ts";
import render from "./topology.html.hbs";

/** One HTML page that asks for nothing else. */
export function htmlPage(model: Model, data: PageData): string {
  return render({
    title: model.id,
    summary: summary(model),
    layers: layers(model),
    style: style.trimEnd(),
    data: embedded(data),
    script: script.trimEnd(),
  });
}

/** JSON that cannot end its script element, one thing a line so that a change of one thing changes one line. */
function embedded({ things, ...data }: PageData): string {
  const lines = Object.entries(things).map(([id, thing]) => `${JSON.stringify(id)}:${JSON.stringify(thing)}`);
  const rest = Object.entries(data).map(([key, value]) => `"${key}":${JSON.stringify(value)}`);
  return `{\n${rest.join(",\n")},\n"things":{\n${lines.join(",\n")}\n}}`.replaceAll("<", "\\u003c");
}
