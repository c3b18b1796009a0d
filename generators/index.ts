import type { Generator } from "../src/generated-file.ts";

/** Every output target. */
export const generators: readonly Generator[] = [];
