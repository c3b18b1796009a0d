import type { Generator } from "../src/generated-file.ts";
import { docs } from "./docs/index.ts";

/** Every output target. */
export const generators: readonly Generator[] = [docs];
