import { createHash } from "node:crypto";

/** The database's indexes take no long texts. */
const MAX_LENGTH = 200;

/** A key made of somebody's values, as an index can hold it: a long one becomes its hash. */
export function shortKey(text: string): string {
  return text.length <= MAX_LENGTH ? text : createHash("sha256").update(text).digest("hex");
}
