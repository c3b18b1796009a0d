import type { Generator } from "../../src/generated-file.ts";
import { htmlPage } from "./html-page.ts";
import { markdownPage } from "./markdown-page.ts";
import { pageData } from "./page-model.ts";

/** What people read: the topology as a page, and as Markdown with drawings. */
export const docs: Generator = (model) => {
  const data = pageData(model);
  return [
    { path: `${model.paths.docs}/topology.html`, text: htmlPage(model, data) },
    { path: `${model.paths.docs}/topology.md`, text: markdownPage(model, data) },
  ];
};
