/** The sentence that must hold, and why. */
export type Meaning = readonly [holds: string, because: string];
