import type { Generator } from "../src/generated-file.ts";
import { ansible } from "./ansible/index.ts";
import { atlantis } from "./atlantis/index.ts";
import { docs } from "./docs/index.ts";
import { kubernetes } from "./kubernetes/index.ts";
import { terraform } from "./terraform/index.ts";
import { workflows } from "./workflows/index.ts";

/** Every output target. */
export const generators: readonly Generator[] = [terraform, ansible, kubernetes, workflows, atlantis, docs];
