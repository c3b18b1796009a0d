import { textAt } from "../read/at.ts";
import type { Data } from "../read/yaml.ts";
import type { Taint, Toleration } from "./facts.ts";

export function toleration(item: Data): Toleration {
  return {
    key: textAt(item, "key"),
    value: textAt(item, "value"),
    effect: textAt(item, "effect"),
    operator: textAt(item, "operator") || "Equal",
  };
}

/** https://kubernetes.io/docs/concepts/scheduling-eviction/taint-and-toleration/ */
export function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect !== "" && toleration.effect !== taint.effect) return false;
  if (toleration.operator === "Exists") return toleration.key === "" || toleration.key === taint.key;
  return toleration.key === taint.key && toleration.value === taint.value;
}
