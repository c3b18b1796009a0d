import { createHash } from "node:crypto";

/**
 * The first ten hexadecimal digits of the content's SHA-256. An object that carries it in its name is another object when its
 * content changes: whatever refers to it changes too, and its pods are replaced.
 */
export function contentHash(content: Readonly<Record<string, string>>): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("hex").slice(0, 10);
}
