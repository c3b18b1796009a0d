import base from "./page/style/base.css";
import cards from "./page/style/cards.css";
import facts from "./page/style/facts.css";
import flow from "./page/style/flow.css";
import layers from "./page/style/layers.css";
import narrow from "./page/style/narrow.css";
import print from "./page/style/print.css";
import tools from "./page/style/tools.css";
import zones from "./page/style/zones.css";

/** The page's style sheet. What fits the sheet to a narrow screen or to paper comes last. */
export const style = [base, tools, cards, flow, zones, layers, facts, narrow, print].join("\n");
