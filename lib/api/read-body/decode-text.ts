import { validationFailure } from "#lib/core/validation-failure.ts";

/** Decodes UTF-8 strictly and keeps every character, a byte order mark, too; invalid bytes are a 422 at `loc`. */
export function decodeText(bytes: Uint8Array, loc: (string | number)[]): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const issue = { type: "string_unicode", loc, msg: "Text must be valid UTF-8", input: null };
    throw validationFailure([issue]);
  }
}
