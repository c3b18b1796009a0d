import { compile, type Tree } from "../compile.ts";
import type { Path } from "../diagnostic.ts";
import { type Leaf, leavesOf } from "../explore/leaves.ts";
import { otherValues, withValues } from "../explore/other-value.ts";
import { groupedBy } from "../grouped-by.ts";
import { declarationOf } from "../schema/path.ts";
import { valueAt } from "../schema/tree.ts";
import type { Source } from "../source/source.ts";
import { plan } from "./plan.ts";
import type { Section } from "./section.ts";
import { sheetOf } from "./sheet.ts";

interface Compiled {
  readonly source: Source;
  readonly tree: Tree;
}

/** How many values of one kind are changed, `resources.cpu` of one service and of another, until one of them can be. */
const MOST_ALIKE = 3;

const UNKNOWN = "it depends on the rest of the topology. Edit it, and `topogen plan` says who acts.";
const NOBODY = "Nobody acts: what differs are files that no tool reads.";
const CONSTANT = "There is nothing else that it could be.";

/**
 * Who acts, in order, when what stands at a path of the topology changes, or comes to stand there. It is changed in memory
 * to something else that is valid, and the difference is planned. Of a map, what is below it is changed, kind by kind.
 */
export function actorsOn(compiled: Compiled, path: Path): readonly string[] {
  const value = valueAt(compiled.source.value, path);
  if (isMap(value)) return actorsBelow(compiled, path, value);
  const known = declarationOf(path.map(String));
  if ("schema" in known && known.schema.const !== undefined) return [CONSTANT];
  const sections = reaction(compiled, path);
  if (!sections) return [sentence(UNKNOWN)];
  return sections.length > 0 ? sections.map(({ title }, at) => `${at + 1}. ${title}`) : [NOBODY];
}

/** A list counts as one value. */
function isMap(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
}

/** For each tool, what it acts on. How much it does differs from one to the other. */
function actorsBelow(compiled: Compiled, path: Path, map: object): readonly string[] {
  const alike: ReadonlyMap<string, readonly Leaf[]> = groupedBy(leavesOf(map), (leaf) => kindOf(path, leaf.path));
  const acts = new Map<string, string[]>();
  const open: string[] = [];
  for (const [kind, leaves] of alike) {
    const paths = leaves.slice(0, MOST_ALIKE).map((leaf) => [...path, ...leaf.path]);
    const found = firstOf(paths, (each) => reaction(compiled, each));
    if (!found) open.push(kind);
    for (const tool of new Set(found?.map(toolOf))) acts.set(tool, [...(acts.get(tool) ?? []), kind]);
  }
  const inOrder = [...acts].toSorted(([one], [other]) => TOOLS.indexOf(one) - TOOLS.indexOf(other));
  const lines = inOrder.map(([tool, kinds], at) => `${at + 1}. ${tool}: ${kinds.join(", ")}`);
  if (lines.length === 0) return [sentence(UNKNOWN)];
  return open.length > 0 ? [...lines, `Of ${open.join(", ")}: ${UNKNOWN}`] : lines;
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** In the order of a plan. */
const TOOLS = ["An administrator", "Atlantis", "A person", "Images", "Ansible", "GitHub Actions", "Argo CD"];

/** `Atlantis, on the pull request, before the merge: backend-prod, 1 to add` is Atlantis. */
function toolOf({ title }: Section): string {
  return TOOLS.find((tool) => title.startsWith(tool)) ?? title;
}

/** A path below another without the names that the user chooses, and without places in lists: `image.tag`. */
function kindOf(above: Path, path: Path): string {
  const chosen = path.filter((_, at) => {
    const known = declarationOf([...above, ...path.slice(0, at + 1)].map(String));
    return "schema" in known && !known.isNamedByUser;
  });
  return (chosen.length > 0 ? chosen : path).join(".");
}

/** What the tools do about the first other value that is valid and that they have something to do about; null where none is. */
function reaction(compiled: Compiled, path: Path): readonly Section[] | null {
  const { value: topology } = compiled.source;
  const known = declarationOf(path.map(String));
  const value = valueAt(topology, path);
  const canGo = "schema" in known && !known.isRequired && value !== undefined;
  const others = [...otherValues(topology, { path, value }), ...(canGo ? [undefined] : [])];
  let quiet: readonly Section[] | null = null;
  return (
    firstOf(others, (other) => {
      const sections = reactionTo(compiled, path, other);
      quiet ??= sections;
      return sections?.length ? sections : null;
    }) ?? quiet
  );
}

/** Null where the value is not valid, or means what was meant before: then no file differs. */
function reactionTo({ source, tree }: Compiled, path: Path, value: unknown): readonly Section[] | null {
  const changed = withValues(source.value, [{ path, value }]);
  const after = compile(source.file, JSON.stringify(changed)).tree;
  if (!after) return null;
  const difference = plan({ topology: null, files: tree.files, output: tree.output }, { topology: null, tree: after });
  return difference.files.length > 0 ? sheetOf(difference).sections : null;
}

/** What is made of the first item of which something can be made. */
function firstOf<Item, Made>(items: readonly Item[], make: (item: Item) => Made | null): Made | null {
  for (const item of items) {
    const made = make(item);
    if (made !== null) return made;
  }
  return null;
}
