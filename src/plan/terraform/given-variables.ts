import type { GeneratedFile } from "../../generated-file.ts";
import { byCodeUnit } from "../../order.ts";
import { readHcl, type HclObject } from "../../read/hcl.ts";

/**
 * The values that a root's files give to its variables. What is read later wins: first `terraform.tfvars`, then what ends in
 * `.auto.tfvars`, by name. https://developer.hashicorp.com/terraform/language/values/variables#variable-definition-precedence
 */
export function givenVariables(files: readonly GeneratedFile[]): HclObject {
  const given = files.filter(({ path }) => /\.tfvars(?:\.json)?$/.test(path));
  const inOrder = given.toSorted((one, other) => rank(one) - rank(other) || byCodeUnit(one.path, other.path));
  return Object.assign({}, ...inOrder.map(valuesIn)) as HclObject;
}

function rank({ path }: GeneratedFile): number {
  return ["/terraform.tfvars", "/terraform.tfvars.json"].findIndex((name) => path.endsWith(name)) === -1 ? 1 : 0;
}

function valuesIn({ path, text }: GeneratedFile): HclObject {
  return path.endsWith(".json") ? (JSON.parse(text) as HclObject) : readHcl(text).attributes;
}
