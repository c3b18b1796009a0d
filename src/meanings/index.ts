/** What each code means: the sentence that must hold, and why. Rules are named here first: none can be without its meaning. */
import { change, form } from "./form.ts";
import type { Meaning } from "./meaning.ts";
import { nodes, outages } from "./nodes.ts";
import { platform } from "./platform.ts";
import { traffic } from "./traffic.ts";

const rules = { ...platform, ...nodes, ...traffic };

/** The code of a rule. */
export type RuleCode = keyof typeof rules;

/** By code. */
export const meanings: Readonly<Record<string, Meaning>> = { ...form, ...rules, ...outages, ...change };
