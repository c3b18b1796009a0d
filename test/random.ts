/** Random values that are the same in every run. */

/** A generator of numbers from 0 to 1 (mulberry32). */
export function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const alphabets: readonly ((next: () => number) => string)[] = [
  (next) => pick(next, [..."abcxyzABCXYZ0123456789"]),
  (next) => pick(next, [..." \n\t:#-?,[]{}&*!|>'\"%@`~=+.\\/<_$"]),
  (next) =>
    pick(next, ["0x", "1e", "12:", ": ", " #", "- ", "\n\n", "no", "on", "{{", "${", "%{", "\r\n", "---", "...", "<<"]),
  (next) => String.fromCodePoint(1 + Math.floor(next() * 0xff)),
  (next) => codePoint(Math.floor(next() * 0x11_0000)),
];

function pick<Item>(next: () => number, items: readonly Item[]): Item {
  return items[Math.floor(next() * items.length)] as Item;
}

/** A character of any plane; the surrogates, which are none, become a blank. */
function codePoint(code: number): string {
  return code === 0 || (code >= 0xd800 && code < 0xe000) ? " " : String.fromCodePoint(code);
}

/** Texts of up to 12 pieces: words, signs of the languages, controls, characters of all planes. */
export function randomTexts(count: number, seed: number): string[] {
  const next = random(seed);
  return Array.from({ length: count }, () => {
    const usual = alphabets.slice(0, 1 + Math.floor(next() * alphabets.length));
    return Array.from({ length: Math.floor(next() * 13) }, () => pick(next, usual)(next)).join("");
  });
}
