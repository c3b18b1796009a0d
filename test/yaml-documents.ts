import type { YamlValue } from "../src/output/yaml.ts";
import { random, randomTexts } from "./random.ts";

const words = String.raw`
  y n Y N yes no Yes NO on off On OFF true false True FALSE null Null NULL ~ nan NaN .nan .NaN .inf -.inf +.INF inf
  0 1 -1 +1 1e3 1E3 1.5e3 1.e+3 .5 -.5 +.5 1. 1_000 0x1f 0X1F -0x1f 0o17 0O17 017 0123 08 09 0b11 -0b1 12:30 1:30:00 1:30.5
  190:20:30 2001-12-14 2001-12-14t21:59:43.10-05:00 1,000 1.2 1.2.3 1.2.3.4 10.0.0.0/16 1e 1e- 12e45 7d 0x 0o _1 1_ - -- ---
  --- ... .. . = << < > | & * ! % @ , ? : [ ] { } # ' " \ -a --a ?a :a *a &a !a %a @a =a <<a ~a ~/a a: a:b a# #a
  \" '\ a' 'a' "a" back\slash __proto__ é 한글`;

const phrases = [
  `2001-12-14 21:59:43.10 -5|2001-12-14 21:59:43|a: b|a :b|a #b|- a|? a|: a|--- a|... a|[a]|{a: b}|{{ a }}|it's`,
  `say "x"|both ' and "|^\\d+$: x|| |  | a|a |\t|\ta|a\t|\n|\n\n|a\n|a\nb|a\nb\n|a\n\n|\na| a\nb|a \nb|a\n b\n|a\n\n\n\nb`,
  `a\n\nb\n|a\tb\n\tc\n|# a\nb|---\na\n|a\r\nb|a\rb|a\u0085b|a\u2028b|\ufeffa|a\ufeff\nb|\x7f|\x01|\x1b[0m|\u00a0|a\u00a0b`,
  `한글\n두 줄\n|👩‍💻|\u{10ffff}|\u{1f600}|\ufffe|\u200b`,
];

/** Texts that some reader or formatter of YAML takes for something else. */
export const traps: readonly string[] = [
  "`",
  "`a",
  "x".repeat(300),
  "long words ".repeat(30).trim(),
  ...words.trim().split(/\s+/),
  ...phrases.join("|").split("|"),
];

/** Documents that hold the traps and so many random texts, as keys, values and items at several depths. */
export function documents(texts: number): YamlValue[] {
  const next = random(7);
  const list = [...traps, ...traps, ...randomTexts(texts, 11)];
  const made: YamlValue[] = [];
  for (let at = 0; at < list.length; at += 8) made.push(nest(list.slice(at, at + 8), next));
  return made;
}

function nest(texts: string[], next: () => number): YamlValue {
  const [a = "", b = "", c = "", d = "", e = "", f = "", g = "", h = ""] = texts;
  return next() < 0.5
    ? { [`k${a}`]: b, x: { [`k${c}`]: [d, { [`k${e}`]: [[f], g, h] }] } }
    : [a, { [`k${b}`]: c, y: [[d, [e]], { [`k${f}`]: { [`k${g}`]: h } }] }];
}
