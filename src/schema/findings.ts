/** Says in words what the compiled schema found: each mistake once, with what to do about it. */
import type { ErrorObject } from "ajv";
import type { Finding, Path } from "../diagnostic.ts";
import { nearest } from "../nearest.ts";
import { discreet } from "./discreet.ts";
import { explanations, explainName, explainOther, type Mistake } from "./explanations.ts";
import { partsOf } from "./meant.ts";
import { formsAt, isOfType, schemaAt, settled, valueAt } from "./tree.ts";

/** The findings that a failed validation amounts to. */
export function findingsOf(topology: unknown, errors: readonly ErrorObject[]): readonly Finding[] {
  const causes = errors.filter(({ keyword }) => keyword !== "propertyNames");
  return onePerValue(withoutMisspelt(withoutOtherForms(topology, causes))).map((error) => {
    const path = pathOf(topology, error.instancePath);
    const mistake = { error, path, value: valueAt(topology, path), schema: schemaAt(topology, path) };
    return { path, ...discreet(mistake, explain(mistake)) };
  });
}

function explain(mistake: Mistake): ReturnType<typeof explainOther> {
  if (mistake.error.propertyName !== undefined) return explainName(mistake, mistake.error.propertyName);
  return (explanations[mistake.error.keyword] ?? explainOther)(mistake);
}

/** `/nodes/auth/zones/0` as a path. List indexes become numbers. */
function pathOf(topology: unknown, pointer: string): Path {
  const path: (string | number)[] = [];
  for (const part of pointer.split("/").slice(1)) {
    const key = part.replaceAll("~1", "/").replaceAll("~0", "~");
    path.push(Array.isArray(valueAt(topology, path)) ? Number(key) : key);
  }
  return path;
}

/**
 * Where a value has a short and a long form (`oneOf`), the validator complains about both. What counts is the form whose type
 * the value has; without one, the complaint about the value itself.
 */
function withoutOtherForms(topology: unknown, errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const dropped = new Set<ErrorObject>();
  for (const choice of errors.filter(({ keyword }) => keyword === "oneOf")) {
    const path = pathOf(topology, choice.instancePath);
    const forms = formsAt(topology, path).map((form, at) => ({
      type: settled(form, undefined).type ?? "",
      errorsStartWith: `${form.$ref ?? `${choice.schemaPath}/${at}`}/`,
    }));
    const fitting = forms.find(({ type }) => isOfType(valueAt(topology, path), type));
    if (fitting) dropped.add(choice);
    for (const error of errors) {
      const isOfOther = forms.some((form) => form !== fitting && error.schemaPath.startsWith(form.errorsStartWith));
      if (error.instancePath === choice.instancePath && isOfOther) dropped.add(error);
    }
  }
  return errors.filter((error) => !dropped.has(error));
}

/** A misspelt key is not reported as a missing one as well. */
function withoutMisspelt(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  return errors.filter(({ keyword, instancePath, params }) => {
    const isUnknownBeside = (other: ErrorObject): boolean =>
      other.keyword === "additionalProperties" &&
      other.instancePath === instancePath &&
      isMeant(other.params.additionalProperty, params.missingProperty);
    return keyword !== "required" || !errors.some(isUnknownBeside);
  });
}

function isMeant(key: string, missing: string): boolean {
  return nearest(key, [missing]) !== undefined || partsOf(key)?.[0] === missing;
}

/** A value of the wrong type or form breaks several rules at once: the first in this order is reported. */
const aboutTheWholeValue = [
  "type",
  "oneOf",
  "const",
  "enum",
  "maxLength",
  "minLength",
  "pattern",
  "maximum",
  "minimum",
];

function onePerValue(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const first = new Map<string, ErrorObject>();
  const others: ErrorObject[] = [];
  for (const error of errors) {
    if (!aboutTheWholeValue.includes(error.keyword)) others.push(error);
    else {
      const value = `${error.instancePath}\n${error.propertyName ?? ""}`;
      const known = first.get(value);
      if (!known || rank(error) < rank(known)) first.set(value, error);
    }
  }
  return [...first.values(), ...others];
}

function rank({ keyword }: ErrorObject): number {
  return aboutTheWholeValue.indexOf(keyword);
}
