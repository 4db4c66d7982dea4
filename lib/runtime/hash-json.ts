import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import type { JsonValue } from "../core/json.ts";

/** The SHA-256, in lower-case hex, of a value's canonical JSON (RFC 8785): the same however its keys are ordered. */
export function hashJson(value: JsonValue): string {
  return createHash("sha256")
    .update(canonicalize(value) ?? "null", "utf8")
    .digest("hex");
}
