import { Expression, type Body, type HclObject, type HclValue } from "../../read/hcl.ts";
import { lookup } from "../../lookup.ts";

/** The resources that a block's expressions name, as `aws_vpc.main`; those that a local value names count as its own. */
export function referencesOf(body: Body, locals: HclObject): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set<string>();
  const visit = (value: HclValue): void => {
    if (value instanceof Expression) {
      for (const [, type, name] of value.source.matchAll(/\b(aws_\w+|local)\.([\w-]+)/g))
        enter(type as string, name as string);
    } else if (typeof value === "object" && value !== null) Object.values(value).forEach(visit);
  };
  const enter = (type: string, name: string): void => {
    if (type !== "local") found.add(`${type}.${name}`);
    else if (!seen.has(name)) visit((seen.add(name), lookup(locals, name) ?? null));
  };
  const visitBody = ({ attributes, blocks }: Body): void => {
    visit(attributes);
    blocks.forEach((block) => visitBody(block.body));
  };
  visitBody(body);
  return found;
}
