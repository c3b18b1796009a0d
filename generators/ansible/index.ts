import type { Generator } from "../../src/generated-file.ts";
import { hook } from "./hook/index.ts";
import { inventory } from "./inventory.ts";
import { manifests } from "./manifests/index.ts";
import { site } from "./site.ts";
import { staticFiles } from "./static-files.ts";
import { values } from "./values/index.ts";

/**
 * The playbooks, which are the same for every topology, and all that they read: the inventory with its variables, the Helm
 * values of the components and the objects that Ansible owns. Beside them, what lets Argo CD run them.
 */
export const ansible: Generator = (model) => {
  const tree = [...staticFiles, site(model), ...inventory(model), ...values(model), ...manifests(model)];
  return [...tree, ...hook(model, tree)].map((file) => ({ ...file, path: `${model.paths.ansible}/${file.path}` }));
};
