/** What the command line asks for cannot be meant: a path that is none, a commit that git does not know. Told in a sentence. */
export class Misuse extends Error {}
