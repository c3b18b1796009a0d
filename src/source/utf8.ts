import { isUtf8 } from "node:buffer";

/** The text of a file's bytes. Throws, with a sentence for the user, where they are in another encoding. */
export function utf8(path: string, bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString("utf8");
  throw Object.assign(new Error(`${path} is not UTF-8: save it as UTF-8`), { code: "ERR_NOT_UTF8" });
}
