import type { Labels } from "../model/model.ts";

/** Whether labels have all that a selector asks for. */
export function includes(labels: Labels, selector: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

/** Makes the function that finds the things that a selector selects. Of many things it looks at those with its rarest label. */
export function selection<Thing>(
  things: Iterable<Thing>,
  labelsOf: (thing: Thing) => Labels,
): (selector: Labels) => readonly Thing[] {
  const all = [...things];
  const byLabel = new Map<string, Thing[]>();
  for (const thing of all) {
    for (const label of Object.entries(labelsOf(thing)).map(String)) {
      const others = byLabel.get(label);
      if (others) others.push(thing);
      else byLabel.set(label, [thing]);
    }
  }
  return (selector) => {
    const candidates = Object.entries(selector).map((label) => byLabel.get(String(label)) ?? []);
    const fewest = candidates.reduce((one, other) => (other.length < one.length ? other : one), all);
    return fewest.filter((thing) => includes(labelsOf(thing), selector));
  };
}
