import fourteenNodes from "../../topology.yaml";
import { edit } from "../edit.ts";
import { valueAt } from "../schema/tree.ts";
import { readSource } from "../source/source.ts";
import minimal from "./minimal.yml";
import { type Answers, type Question, questions } from "./questions.ts";

/** The topologies that a new platform can begin with. */
export const templates = { minimal, "14-nodes": fourteenNodes } as const;

export type TemplateName = keyof typeof templates;

const SCHEMA_LINE = "# yaml-language-server: $schema=./node_modules/topogen/schema/topology.schema.json";

/** A template with the answers in the places of its examples, and every comment kept. */
export function topologyText(template: TemplateName, answers: Answers): string {
  const text = templates[template].replace(/^# yaml-language-server: .*/, SCHEMA_LINE);
  return questions.reduce((soFar, { option, path, valueIn = String }) => {
    const answer = answers[option];
    const edited = answer === undefined ? { text: soFar } : edit(soFar, path, valueIn(answer));
    return "text" in edited ? edited.text : soFar;
  }, text);
}

/** What the template itself says, as the answer of those who have none. */
export function exampleOf(template: TemplateName, { path }: Question): string {
  const value = valueAt(readSource("template", templates[template]).value, path);
  return String(Array.isArray(value) ? value[0] : value);
}
