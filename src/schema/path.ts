import { lookup } from "../lookup.ts";
import { root, settled, type Subschema } from "./tree.ts";

/** What the schema says of the values at a path, whatever the other values are. */
export interface Known {
  readonly schema: Subschema;
  readonly isRequired: boolean;
  /** Whether the path's last key is a name that the user chooses, or a place in a list. */
  readonly isNamedByUser: boolean;
}

/** The first key of a path that the schema does not know, and those that it knows there. */
export interface Unknown {
  readonly unknown: string;
  readonly depth: number;
  readonly keys: readonly string[];
}

/** `services.auth.image.tag` is looked up in the short form and the long form of `image`. */
export function declarationOf(path: readonly string[]): Known | Unknown {
  let schema = settled(root, undefined);
  let isRequired = true;
  let isNamedByUser = false;
  for (const [depth, key] of path.entries()) {
    const forms = formsOf(schema);
    const parent = forms.find((form) => childOf(form, key));
    if (!parent) return { unknown: key, depth, keys: forms.flatMap(({ properties }) => Object.keys(properties ?? {})) };
    isRequired = parent.required?.includes(key) ?? false;
    isNamedByUser = lookup(parent.properties, key) === undefined;
    schema = settled(childOf(parent, key) ?? {}, undefined);
  }
  return { schema, isRequired, isNamedByUser };
}

/** The schema itself, or the forms that it offers. */
export function formsOf(schema: Subschema): readonly Subschema[] {
  return schema.oneOf ? schema.oneOf.map((form) => settled(form, undefined)) : [schema];
}

function childOf({ properties, additionalProperties, items }: Subschema, key: string): Subschema | undefined {
  return lookup(properties, key) ?? (/^\d+$/.test(key) && items ? items : additionalProperties || undefined);
}
