import validate from "#schema-validator";
import type { Finding } from "../diagnostic.ts";
import { findingsOf } from "./findings.ts";
import type { Topology } from "../topology.ts";

/** Whether a value has the shape of a topology, as schema/topology.schema.json defines it; if not, all that is wrong with it. */
export function checkSchema(value: unknown): readonly Finding[] {
  return validate(value) ? [] : findingsOf(value, validate.errors ?? []);
}

/** A value without findings is a topology. */
export function asTopology(value: unknown): Topology {
  return value as Topology;
}
