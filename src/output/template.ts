/**
 * What a template may call. A template is compiled by build.mjs, in which a plain `{{x}}` becomes `{{identifier x}}` and a
 * `{{{x}}}` becomes `{{verbatim x}}`. Handlebars' own strict mode lets a missing argument of a helper pass, so every helper
 * here checks what it is given.
 */
import Handlebars from "handlebars/runtime.js";
import { hcl, hclKey, html, ini, json, md, sh } from "./quote.ts";

/** What Handlebars passes to a helper as the last argument. */
interface Call {
  readonly name: string;
  readonly loc: { readonly start: { readonly line: number } };
  readonly data: object;
  readonly fn: (context: unknown, frame?: object) => string;
  readonly inverse: (context: unknown) => string;
}

type Helper = (...parameters: unknown[]) => string;

function refuse(call: Call, reason: string): never {
  throw new Error(`line ${call.loc.start.line}: {{${call.name} …}} ${reason}`);
}

/** A helper of one argument. Throws, with the line of the template, where that is missing, undefined or null. */
function ofOne(render: (value: never) => string): Helper {
  return (...parameters) => {
    const call = parameters.pop() as Call;
    if (parameters.length !== 1) refuse(call, "takes one argument");
    const [value] = parameters;
    if (value === undefined || value === null) refuse(call, `was given ${value}`);
    return render(value as never);
  };
}

/** A number or a name, written as it is. Anything else needs the quoting helper of its language. */
function identifier(value: unknown): string {
  const text = String(value);
  if (!/^[A-Za-z0-9_.:/@-]+$/.test(text))
    throw new Error(`{{…}} writes identifiers only, not ${JSON.stringify(value)}`);
  return text;
}

/** Text of the template's own language that was rendered before. */
function verbatim(value: unknown): string {
  if (typeof value !== "string")
    throw new Error(`{{{…}}} writes text that is rendered already, not ${JSON.stringify(value)}`);
  return value;
}

/** The condition of `if` and `unless`: a boolean of the model, so that an empty list or text is never taken for one. */
function truth(condition: unknown, call: Call): boolean {
  if (typeof condition !== "boolean") refuse(call, `asks for a boolean, not ${JSON.stringify(condition)}`);
  return condition;
}

function renderIf(this: unknown, condition: unknown, call: Call): string {
  return truth(condition, call) ? call.fn(this) : call.inverse(this);
}

function renderUnless(this: unknown, condition: unknown, call: Call): string {
  return truth(condition, call) ? call.inverse(this) : call.fn(this);
}

function renderEach(this: unknown, items: unknown, call: Call): string {
  if (!Array.isArray(items)) refuse(call, `asks for a list, not ${JSON.stringify(items)}`);
  if (items.length === 0) return call.inverse(this);
  const last = items.length - 1;
  const renderItem = (item: unknown, index: number): string => {
    const data = { ...Handlebars.createFrame(call.data), index, first: index === 0, last: index === last };
    return call.fn(item, { data, blockParams: [item, index] });
  };
  return items.map(renderItem).join("");
}

/** Every name that a template may call. */
export const helpers = {
  hcl: ofOne(hcl),
  hclKey: ofOne(hclKey),
  ini: ofOne(ini),
  sh: ofOne(sh),
  md: ofOne(md),
  html: ofOne(html),
  json: ofOne(json),
  identifier: ofOne(identifier),
  verbatim: ofOne(verbatim),
  if: renderIf as Helper,
  unless: renderUnless as Helper,
  each: renderEach as Helper,
};

const environment = Handlebars.create();
for (const name of Object.keys(environment.helpers)) environment.unregisterHelper(name);
environment.registerHelper(helpers);

/** Makes the function that renders a compiled template. An error in it names the template. */
export function template(name: string, specification: object): (data: object) => string {
  const render = environment.template(specification);
  return (data) => {
    try {
      return render(data);
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
    }
  };
}
